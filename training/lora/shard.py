"""
`python -m training.lora.shard --base GGUF`: corpus → examples as tokens, to train on and to measure with.

One JSON value a line, gzipped; `index.json` has their digests and says what they were made from.
"""

import argparse
import dataclasses
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from training.collect import SourceFile
from training.examples import Example
from training.lora.base import open_base
from training.lora.bpe import BpeTokenizer
from training.lora.examples import examples_of
from training.lora.natural import Layout, TokenExample
from training.lora.recipe import LoraRecipe, load_lora_recipe
from training.storage import DATA, HERE, sha256_of_file, write_json, write_lines
from training.tokenizer import read_split

TRAIN, HELD_OUT, INDEX = "train.jsonl.gz", "held_out.jsonl.gz", "index.json"
#: Held-out examples of each language and task.
_HELD_OUT_EACH = 4


@dataclasses.dataclass(frozen=True)
class Drawn:
    """A file to be cut; the number of the pass makes each pass different."""

    package: int
    file: SourceFile
    number: int


def draw_files(packages: list[list[SourceFile]], languages: dict[str, float], seed: int) -> Iterator[Drawn]:
    """
    Files without end: a language by its weight, a package by the root of how many files it has of it, then its next
    file.
    """
    randomness = random.Random(seed)
    names = [name for name in languages if any(file.language == name for files in packages for file in files)]
    found = {name: _of_language(packages, name) for name in names}
    places: dict[tuple[str, int], int] = {}
    orders: dict[tuple[str, int], list[SourceFile]] = {}
    while names:
        language = randomness.choices(names, [languages[name] for name in names])[0]
        owners = list(found[language])
        package = randomness.choices(owners, [len(found[language][at]) ** 0.5 for at in owners])[0]
        key = (language, package)
        files = orders.setdefault(key, randomness.sample(found[language][package], len(found[language][package])))
        place = places.get(key, 0)
        places[key] = place + 1
        yield Drawn(package, files[place % len(files)], place // len(files))


def _of_language(packages: list[list[SourceFile]], language: str) -> dict[int, list[SourceFile]]:
    of_packages = (([file for file in files if file.language == language]) for files in packages)
    return {number: files for number, files in enumerate(of_packages) if files}


def draw_examples(packages: list[list[SourceFile]], recipe: LoraRecipe) -> Iterator[Example]:
    """Examples without end; the recipe's seed decides all of them."""
    for drawn in draw_files(packages, recipe.mix.languages, recipe.seed):
        seed = f"{recipe.seed}/{drawn.package}/{drawn.file.path}/{drawn.number}"
        yield from examples_of(drawn.file, packages[drawn.package], recipe.mix, seed)


def take_tokens(examples: Iterator[Example], layout: Layout, most: int) -> list[TokenExample]:
    """As many examples as have so many tokens between them."""
    taken: list[TokenExample] = []
    tokens = 0
    while tokens < most:
        taken.append(layout.tokens_of(next(examples)))
        tokens += len(taken[-1].tokens)
    return taken


def take_evenly(
    examples: Iterator[Example], layout: Layout, languages: list[str], most_drawn: int
) -> list[TokenExample]:
    """As many of each task in each language, among so many examples."""
    taken: dict[tuple[str, str], list[TokenExample]] = {}
    for _ in range(most_drawn):
        example = next(examples)
        group = taken.setdefault((example.language, example.task), [])
        if len(group) < _HELD_OUT_EACH and example.answer.strip():
            group.append(layout.tokens_of(example))
    return [example for language in languages for (found, _), group in sorted(taken.items()) if found == language
            for example in group]  # fmt: skip


def write_examples(path: Path, examples: list[TokenExample]) -> dict[str, object]:
    """Writes them and returns what the index says of the file."""
    digest = write_lines(path, (dataclasses.asdict(example) for example in examples))
    tokens = sum(len(example.tokens) for example in examples)
    return {"name": path.name, "examples": len(examples), "tokens": tokens, "text_sha256": digest}


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.lora.shard", description=__doc__)
    parser.add_argument("--config", default="smollm2")
    parser.add_argument("--base", type=Path, required=True, help="the GGUF that the recipe starts from")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--tokens", type=int, default=4_000_000)
    options = parser.parse_args(arguments)
    recipe = load_lora_recipe(options.config)
    open_base(options.base, recipe.base_sha256)
    layout = Layout(BpeTokenizer.load(options.base), recipe.marks, recipe.plan.longest)
    folder = options.data / "lora" / recipe.name
    held_out = read_split(options.data, "held_out")
    measured = take_evenly(draw_examples(held_out, recipe), layout, list(recipe.mix.languages), 2_000)
    trained = take_tokens(draw_examples(read_split(options.data, "train"), recipe), layout, options.tokens)
    manifest = HERE / "manifest.json"
    index = {
        "recipe": recipe.name,
        "seed": recipe.seed,
        "base_sha256": recipe.base_sha256,
        "sources_sha256": sha256_of_file(manifest),
        "files": [write_examples(folder / TRAIN, trained), write_examples(folder / HELD_OUT, measured)],
    }
    write_json(folder / INDEX, index)
    for file in index["files"]:  # type: ignore[attr-defined]
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
