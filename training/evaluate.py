"""
`python -m training.evaluate`: loss and bits per character of any model of the family on text held out of training.

Every model is asked the same text in its own tokens, so bits per character compare models with different
vocabularies; nats per token do not. Exact means that greedy decoding would write the answer. The end token that follows
is counted apart, because models end differently.
"""

import argparse
import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from training.examples import Example, tokens_of
from training.export import load_any
from training.gguf_file import read_gguf
from training.layout import Piece
from training.memory import keep_memory
from training.model import Llama
from training.recipe import load_recipe
from training.storage import DATA, read_lines, sha256_of_file, write_json
from training.tokenizer import SentencePieceTokenizer, load_tokenizer
from training.vocabulary import EOS


@dataclass
class Score:
    """Sums over answers. Characters are those of the answer as text."""

    examples: int = 0
    tokens: int = 0
    characters: int = 0
    nats: float = 0.0
    exact: int = 0
    ends: int = 0
    end_nats: float = 0.0

    def add(self, other: "Score") -> None:
        """Adds another sum to this one."""
        self.examples += other.examples
        self.tokens += other.tokens
        self.characters += other.characters
        self.nats += other.nats
        self.exact += other.exact
        self.ends += other.ends
        self.end_nats += other.end_nats

    def as_dict(self) -> dict[str, float]:
        """What is reported."""
        return {
            "examples": self.examples,
            "tokens": self.tokens,
            "nats_per_token": round(self.nats / max(1, self.tokens), 4),
            "bits_per_character": round(self.nats / math.log(2) / max(1, self.characters), 4),
            "exact": round(self.exact / max(1, self.examples), 4),
            "nats_of_end": round(self.end_nats / max(1, self.ends), 4),
        }


def load_model(path: Path, data: Path) -> tuple[Llama, SentencePieceTokenizer]:
    """A GGUF, a checkpoint or a folder of pieces, with its tokeniser."""
    if path.suffix == ".gguf":
        network, tokenizer = read_gguf(path)
        shape, weights = network.shape, network.weights
    else:
        shape, weights, about = load_any(path)
        tokenizer = load_tokenizer(data, load_recipe(about["recipe"]))
    model = Llama(shape)
    model.load_state_dict(weights)
    return model.eval(), tokenizer


def read_examples(path: Path) -> list[Example]:
    """The held-out examples that `shard` wrote."""
    return [
        Example(**{**record, "pieces": tuple(Piece(**piece) for piece in record["pieces"])})
        for record in read_lines(path)
    ]


@torch.no_grad()
def score(model: Llama, tokenizer: SentencePieceTokenizer, example: Example) -> Score:
    """How well a model foretells one answer."""
    tokens, start = tokens_of(tokenizer, example, model.shape.context)
    if start >= len(tokens):
        return Score()
    row = torch.tensor([tokens])
    logits: Tensor = model(row[:, :-1])[0, start - 1 :].float()
    targets = row[0, start:]
    nats = torch.nn.functional.cross_entropy(logits, targets, reduction="none")
    is_text = targets != EOS
    is_exact = bool((logits.argmax(-1) == targets)[is_text].all())
    ends = int((~is_text).sum())
    characters = len(tokenizer.decode(tokens[start:]))
    text_nats, end_nats = float(nats[is_text].sum()), float(nats[~is_text].sum())
    return Score(1, len(targets) - ends, characters, text_nats, int(is_exact), ends, end_nats)


def evaluate(model: Llama, tokenizer: SentencePieceTokenizer, examples: list[Example]) -> dict[str, dict[str, float]]:
    """Scores by language and task, and of all."""
    groups: dict[str, Score] = {}
    for example in examples:
        one = score(model, tokenizer, example)
        for group in (f"{example.language}/{example.task}", f"*/{example.task}", f"{example.language}/*", "*/*"):
            groups.setdefault(group, Score()).add(one)
    return {name: groups[name].as_dict() for name in sorted(groups)}


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = held_out_parser("training.evaluate", __doc__)
    parser.add_argument("--tasks", nargs="*", help="default: all")
    options = parser.parse_args(arguments)
    keep_memory()
    torch.set_num_threads(options.threads)
    model, tokenizer = load_model(options.model, options.data)
    source = options.data / "shards" / options.config / "held_out.jsonl.gz"
    examples = first_of_each(read_examples(source), options.most, options.tasks)
    result = {**digests(options.model, source), "scores": evaluate(model, tokenizer, examples)}
    if options.out is not None:
        write_json(options.out, result)
    print(json.dumps(result, indent=2))
    return 0


def held_out_parser(program: str, description: str | None) -> argparse.ArgumentParser:
    """The options of a stage that asks a model held-out examples."""
    parser = argparse.ArgumentParser(prog=program, description=description)
    parser.add_argument("--model", type=Path, required=True, help="GGUF, checkpoint or folder of pieces")
    parser.add_argument("--config", default="mini-cpu", help="the recipe whose held-out examples are taken")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--most", type=int, default=sys.maxsize, help="examples per language and task")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path)
    return parser


def digests(model: Path, examples: Path) -> dict[str, str | None]:
    """What was asked of what, for the result's head. No digest for a folder of pieces."""
    return {
        "model": model.name,
        "model_sha256": sha256_of_file(model) if model.is_file() else None,
        "examples_sha256": sha256_of_file(examples),
    }


def first_of_each(examples: list[Example], most: int, tasks: list[str] | None) -> list[Example]:
    """The first so many of each language and task."""
    counts: dict[tuple[str, str], int] = {}
    taken: list[Example] = []
    for example in examples:
        group = (example.language, example.task)
        counts[group] = counts.get(group, 0) + 1
        if counts[group] <= most and (not tasks or example.task in tasks):
            taken.append(example)
    return taken


if __name__ == "__main__":
    sys.exit(main())
