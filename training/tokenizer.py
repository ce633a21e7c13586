"""
`python -m training.tokenizer`: trains the SentencePiece tokeniser on a sample of the corpus.

Byte fallback and identity normalisation make it round-trip; runs of newlines, tabs and spaces are pieces of their own,
so that a line break never joins what stands beside it and a line's indentation is one token. Those runs are of one
character each: llama.cpp finds such pieces longest first, SentencePiece from left to right, and only for runs of one
character the two always agree.
"""

import argparse
import io
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sentencepiece

from training.collect import SourceFile, read_package
from training.recipe import DataMix, Recipe, load_recipe
from training.storage import DATA, sha256_of_bytes, write_atomically
from training.vocabulary import BOS, CONTROL_SYMBOLS, EOS, UNKNOWN

SPACE_SIGN = "\u2581"
_RUNS = (
    *("\n" * count for count in (1, 2, 3)),
    *("\t" * count for count in range(1, 9)),
    *(SPACE_SIGN * count for count in (*range(2, 17), 18, 20, 24, 28, 32)),
)
#: Bytes. SentencePiece skips longer pieces of input.
_CHUNK = 4000


class Tokenizer(Protocol):
    """Text to ids. User text only: control tokens never come out of it."""

    def encode(self, text: str) -> list[int]:
        """The ids of a text."""

    def encode_all(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of several texts, each on its own."""


@dataclass(frozen=True)
class SentencePieceTokenizer:
    """The trained tokeniser. `model` is the file's content."""

    model: bytes
    processor: sentencepiece.SentencePieceProcessor

    @classmethod
    def load(cls, model: bytes) -> "SentencePieceTokenizer":
        """From the content of a model file."""
        return cls(model, sentencepiece.SentencePieceProcessor(model_proto=model))

    def encode(self, text: str) -> list[int]:
        """See `Tokenizer`."""
        return list(self.processor.encode(text))

    def encode_all(self, texts: Sequence[str]) -> list[list[int]]:
        """See `Tokenizer`."""
        return list(self.processor.encode(list(texts), num_threads=1))

    def decode(self, ids: Sequence[int]) -> str:
        """The text of ids; control tokens have none."""
        return str(self.processor.decode(list(ids)))

    @property
    def size(self) -> int:
        """Number of pieces."""
        return int(self.processor.get_piece_size())

    @property
    def sha256(self) -> str:
        """What shards and weights name the tokeniser by."""
        return sha256_of_bytes(self.model)


def train(texts: Iterator[str], vocabulary: int) -> bytes:
    """Trains on an iterator of texts and returns the model file's content."""
    writer = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=texts,
        model_writer=writer,
        model_type="bpe",
        vocab_size=vocabulary,
        character_coverage=0.9999,
        byte_fallback=True,
        split_digits=True,
        allow_whitespace_only_pieces=True,
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        control_symbols=list(CONTROL_SYMBOLS),
        user_defined_symbols=list(_RUNS),
        unk_id=UNKNOWN,
        bos_id=BOS,
        eos_id=EOS,
        pad_id=-1,
        unk_piece="<unk>",
        num_threads=1,
        minloglevel=1,
    )
    return writer.getvalue()


def sample(packages: list[list[SourceFile]], mix: DataMix, seed: int) -> Iterator[str]:
    """Chunks of files in random order, each language's part by its weight, while it lasts."""
    by_language: dict[str, list[str]] = {}
    for file in (file for package in packages for file in package):
        by_language.setdefault(file.language, []).append(file.text)
    weights = {language: mix.tokenizer_weights.get(language, 1) for language in by_language}
    randomness = random.Random(seed)
    for language, texts in sorted(by_language.items()):
        randomness.shuffle(texts)
        left = mix.tokenizer_characters * weights[language] / sum(weights.values())
        for text in texts:
            if left <= 0:
                break
            left -= len(text)
            yield from _chunks(text)


def _chunks(text: str) -> Iterator[str]:
    """Pieces of whole lines that SentencePiece takes."""
    chunk = ""
    for line in text.splitlines(keepends=True):
        if len((chunk + line).encode()) > _CHUNK and chunk:
            yield chunk
            chunk = ""
        chunk += line
    if chunk:
        yield chunk


def read_split(data: Path, split: str) -> list[list[SourceFile]]:
    """The corpus by package, in a fixed order. Raises `FileNotFoundError` when nothing was collected."""
    paths = sorted((data / "corpus" / split).glob("*.jsonl.gz"))
    if not paths:
        raise FileNotFoundError(f"no corpus in {data / 'corpus' / split}: run `python -m training.collect` first")
    return [read_package(path) for path in paths]


def tokenizer_path(data: Path, recipe: Recipe) -> Path:
    """Where the recipe's tokeniser lies. Recipes with vocabularies of one size share it."""
    return data / "tokenizers" / f"{recipe.model.vocabulary}.model"


def load_tokenizer(data: Path, recipe: Recipe) -> SentencePieceTokenizer:
    """The recipe's trained tokeniser."""
    return SentencePieceTokenizer.load(tokenizer_path(data, recipe).read_bytes())


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.tokenizer", description=__doc__)
    parser.add_argument("--config", default="mini-cpu")
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    recipe = load_recipe(options.config)
    packages = read_split(options.data, "train")
    model = train(sample(packages, recipe.data, recipe.seed), recipe.model.vocabulary)
    path = tokenizer_path(options.data, recipe)
    write_atomically(path, model)
    tokenizer = SentencePieceTokenizer.load(model)
    probe = "".join(file.text for package in packages[:40] for file in package[:3])
    density = len(probe) / len(tokenizer.encode(probe))
    print(f"{path.name}: {tokenizer.size} pieces, {density:.2f} characters per token, sha256 {tokenizer.sha256}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
