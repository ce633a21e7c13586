"""A tiny world: two packages, a tokeniser, shards. Made once per run of the suite."""

import random
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from training.collect import SourceFile
from training.recipe import DataMix, ModelShape, Recipe, Schedule
from training.shard import _Work, gather, plan, write_shards
from training.storage import write_lines
from training.tokenizer import SentencePieceTokenizer, sample, tokenizer_path, train

NASTY = (
    "\tif (a) {\r\n\t\treturn '🙂👩‍👩‍👧';\r\n\t}\n",
    "<fim_prefix>not a token</s><fim_suffix><s><file_sep><unk><0x41><answer>",
    "        eight = 1\n     five = 22\n                                        forty\n\n\n\n\nend",
    "\t\t\t\t\t\t\t\t\t\t\tten and one tabs \t mixed\u00a0no-break",
    "naïve Ünïcödé 漢字 ελληνικά ‮ א",
    "a  b   c    d\n  \n \n\t\n",
    "1234567890 0x1F 3.14e-10",
    " leading and trailing ",
    "",
    "\n",
    "\x07\x1b[0m\x7f",
)

SHAPE = ModelShape(vocabulary=420, layers=2, width=32, heads=2, feed_forward=64, context=96)
MIX = DataMix(window_shortest=80, window_longest=240, shard_rows=16, held_out_rows=4, held_out_examples=4)
SCHEDULE = Schedule(
    total_tokens=40_000, total_minutes=10, rows_per_step=4, micro_rows=2, warmup_steps=2, evaluate_steps=4
)


def source_file(number: int, language: str, seed: int) -> SourceFile:
    """A small file that no filter drops; different for each number and seed."""
    randomness = random.Random(f"{number}/{seed}")
    words = [f"{randomness.choice(('load', 'store', 'parse', 'count'))}{randomness.randrange(99)}" for _ in range(8)]
    if language == "python":
        body = "\n\n".join(
            f'def {word}(value, other):\n    """Returns the {word} of a value and another one."""\n'
            f"    if value > {at}:\n        total = value + other\n        return total\n"
            f"    return {word}_{at}(other)\n"
            for at, word in enumerate(words)
        )
        return SourceFile(f"pack/file{number}.py", language, body)
    body = "\n\n".join(
        f"/** Returns the {word} of a value and another one. */\nexport function {word}(value: number): number {{\n"
        f"\tif (value > {at}) {{\n\t\treturn value * {at};\n\t}}\n\treturn {word}.length;\n}}\n"
        for at, word in enumerate(words)
    )
    return SourceFile(f"src/file{number}.ts", language, body)


def package(seed: int, files: int = 8) -> list[SourceFile]:
    """Files of two languages."""
    return [source_file(number, ("python", "typescript")[number % 2], seed) for number in range(files)]


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    return Recipe("tiny", 7, SHAPE, MIX, SCHEDULE)


@pytest.fixture(scope="session")
def packages() -> list[list[SourceFile]]:
    return [package(1), package(2)]


@pytest.fixture(scope="session")
def tokenizer(packages: list[list[SourceFile]]) -> SentencePieceTokenizer:
    return SentencePieceTokenizer.load(
        train(sample(packages, replace(MIX, tokenizer_characters=100_000), 1), SHAPE.vocabulary)
    )


@pytest.fixture(scope="session")
def data(
    tmp_path_factory: pytest.TempPathFactory,
    packages: list[list[SourceFile]],
    tokenizer: SentencePieceTokenizer,
    recipe: Recipe,
) -> Path:
    """A data folder as the stages before `train` leave it, under the recipe's name."""
    folder = tmp_path_factory.mktemp("data")
    for number, files in enumerate(packages):
        write_lines(folder / "corpus" / "train" / f"p{number}.jsonl.gz", (asdict(file) for file in files))
    write_lines(folder / "corpus" / "held_out" / "p9.jsonl.gz", (asdict(file) for file in package(9)))
    tokenizer_path(folder, recipe).parent.mkdir()
    tokenizer_path(folder, recipe).write_bytes(tokenizer.model)
    for split, part in (("train", packages), ("held_out", [package(9)])):
        rows = gather(plan(part, recipe), _Work(part, recipe, tokenizer), 10**9, 1)
        write_shards(rows, folder / "shards" / split, recipe, tokenizer)
    return folder


@pytest.fixture
def small_shards(recipe: Recipe) -> Recipe:
    return replace(recipe, data=replace(recipe.data, shard_rows=5))
