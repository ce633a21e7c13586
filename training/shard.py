"""
`python -m training.shard`: corpus → shuffled rows of tokens in files that travel, and held-out examples as text.

A row holds whole examples, packed to `context + 1` tokens; what is left over is padding. A shard is rows as
little-endian uint16, xz. Names carry a digest; `index.json` says what belongs together.
"""

import argparse
import dataclasses
import lzma
import multiprocessing
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.collect import SourceFile
from training.examples import Example, examples_of, tokens_of
from training.recipe import Recipe, load_recipe
from training.storage import DATA, HERE, sha256_of_bytes, sha256_of_file, write_atomically, write_json, write_lines
from training.tokenizer import SentencePieceTokenizer, load_tokenizer, read_split
from training.vocabulary import PADDING

Rows = NDArray[np.uint16]

#: Bytes. The limit of what travels at once is 64 MiB, with everything else that has to come along.
LARGEST_SHARD = 48 * 2**20
#: Rows that wait for an example that fills them.
_OPEN_ROWS = 64


@dataclass(frozen=True)
class Job:
    """One file to be cut; the number of the pass makes each pass different."""

    package: int
    file: int
    number: int


@dataclass(frozen=True)
class _Work:
    """What a worker process needs. Shared by fork: never sent."""

    packages: list[list[SourceFile]]
    recipe: Recipe
    tokenizer: SentencePieceTokenizer


_work: list[_Work] = []


def plan(packages: list[list[SourceFile]], recipe: Recipe) -> list[Job]:
    """Every file as often as its language's passes say, in an order that the seed decides."""
    randomness = random.Random(recipe.seed)
    jobs = [
        Job(package, file, number)
        for package, files in enumerate(packages)
        for file, source in enumerate(files)
        for number in range(_rounded(recipe.data.passes.get(source.language, 1), randomness))
    ]
    randomness.shuffle(jobs)
    return jobs


def _rounded(passes: float, randomness: random.Random) -> int:
    """Up as often as the part behind the point says; whole numbers draw nothing."""
    whole = int(passes)
    return whole + (passes > whole and randomness.random() < passes - whole)


def examples_for(job: Job, packages: list[list[SourceFile]], recipe: Recipe) -> Iterator[Example]:
    """The examples of one job; the same on every machine."""
    file = packages[job.package][job.file]
    seed = f"{recipe.seed}/{job.package}/{file.path}/{job.number}"
    return examples_of(file, packages[job.package], recipe.data, seed)


def _tokens_for(job: Job) -> list[list[int]]:
    work = _work[0]
    length = work.recipe.model.context + 1
    found = examples_for(job, work.packages, work.recipe)
    return [tokens_of(work.tokenizer, example, length)[0] for example in found]


def pack(examples: Iterable[list[int]], length: int) -> Iterator[Rows]:
    """Packs examples into rows: each goes where it leaves the least room. None is split."""
    open_rows: list[list[int]] = []
    for tokens in examples:
        fitting = [row for row in open_rows if len(row) + len(tokens) <= length]
        if fitting:
            max(fitting, key=len).extend(tokens)
            continue
        open_rows.append(list(tokens))
        if len(open_rows) > _OPEN_ROWS:
            fullest = max(open_rows, key=len)
            open_rows.remove(fullest)
            yield _row(fullest, length)
    for row in open_rows:
        yield _row(row, length)


def _row(tokens: list[int], length: int) -> Rows:
    row = np.full(length, PADDING, dtype=np.uint16)
    row[: len(tokens)] = tokens
    return row


def write_shards(
    rows: Rows, folder: Path, recipe: Recipe, tokenizer: SentencePieceTokenizer, sources: str | None = None
) -> None:
    """
    Shuffles the rows, writes them in shards and then the index. Raises `ValueError` for one too big to travel.
    :param sources: digest of the manifest of sources, for the card.
    """
    order = np.random.default_rng(recipe.seed).permutation(len(rows))
    shards: list[dict[str, object]] = []
    for start in range(0, len(rows), recipe.data.shard_rows):
        part = np.ascontiguousarray(rows[order[start : start + recipe.data.shard_rows]]).astype("<u2")
        packed = lzma.compress(part.tobytes(), preset=3)
        if len(packed) > LARGEST_SHARD:
            raise ValueError(f"a shard of {len(packed) >> 20} MiB cannot travel: lower shard_rows in the recipe")
        digest = sha256_of_bytes(packed)
        name = f"{len(shards):04d}-{digest[:12]}.u16.xz"
        write_atomically(folder / name, packed)
        tokens = int((part != PADDING).sum())
        shards.append({"name": name, "rows": len(part), "tokens": tokens, "bytes": len(packed), "sha256": digest})
    index = {
        "recipe": recipe.name,
        "seed": recipe.seed,
        "context": recipe.model.context,
        "vocabulary": tokenizer.size,
        "tokenizer_sha256": tokenizer.sha256,
        "sources_sha256": sources,
        "shards": shards,
    }
    write_json(folder / "index.json", index)


def gather(jobs: Iterable[Job], work: _Work, most_tokens: int, workers: int) -> Rows:
    """Rows of the jobs' examples, until there are enough tokens."""
    length = work.recipe.model.context + 1
    _work[:] = [work]
    if workers <= 1:
        return _take(pack((tokens for job in jobs for tokens in _tokens_for(job)), length), length, most_tokens)
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        lists = pool.imap(_tokens_for, jobs, chunksize=16)
        return _take(pack((tokens for list_ in lists for tokens in list_), length), length, most_tokens)


def _take(rows: Iterator[Rows], length: int, most_tokens: int) -> Rows:
    taken: list[Rows] = []
    tokens = 0
    for row in rows:
        taken.append(row)
        tokens += int((row != PADDING).sum())
        if tokens >= most_tokens:
            break
    return np.stack(taken) if taken else np.empty((0, length), dtype=np.uint16)


def held_out_examples(jobs: Iterable[Job], packages: list[list[SourceFile]], recipe: Recipe) -> list[Example]:
    """The same number of text examples for each language and task, as far as there are any."""
    taken: dict[tuple[str, str], list[Example]] = {}
    for job in jobs:
        # Few of each file, so that the examples come from many.
        of_file: dict[str, int] = {}
        for example in examples_for(job, packages, recipe):
            group = taken.setdefault((example.language, example.task), [])
            of_file[example.task] = of_file.get(example.task, 0) + 1
            if example.answer.strip() and of_file[example.task] <= 3 and len(group) < recipe.data.held_out_examples:
                group.append(example)
    return [example for _, group in sorted(taken.items()) for example in group]


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.shard", description=__doc__)
    parser.add_argument("--config", default="mini-cpu")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--tokens", type=int, default=sys.maxsize, help="stop at so many")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(arguments)
    recipe = load_recipe(options.config)
    tokenizer = load_tokenizer(options.data, recipe)
    folder = options.data / "shards" / recipe.name
    held_out = read_split(options.data, "held_out")
    jobs = plan(held_out, recipe)
    examples = held_out_examples(jobs, held_out, recipe)
    write_lines(folder / "held_out.jsonl.gz", (dataclasses.asdict(example) for example in examples))
    most = recipe.data.held_out_rows * recipe.model.context
    manifest = HERE / "manifest.json"
    sources = sha256_of_file(manifest) if manifest.exists() else None
    rows = gather(jobs, _Work(held_out, recipe, tokenizer), most, 1)
    write_shards(rows, folder / "held_out", recipe, tokenizer, sources)
    packages = read_split(options.data, "train")
    rows = gather(plan(packages, recipe), _Work(packages, recipe, tokenizer), options.tokens, options.workers)
    write_shards(rows, folder / "train", recipe, tokenizer, sources)
    tokens = int((rows != PADDING).sum())
    full = tokens / max(1, rows.size)
    print(f"{len(examples)} held-out examples; {len(rows)} rows, {tokens / 1e6:.1f}M tokens, {full:.1%} full")
    return 0


if __name__ == "__main__":
    sys.exit(main())
