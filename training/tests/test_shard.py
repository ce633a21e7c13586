import dataclasses
import lzma
from pathlib import Path

import numpy as np
import pytest

from training.collect import SourceFile
from training.recipe import Recipe
from training.rows import Position, ShardFolder
from training.shard import LARGEST_SHARD, _Work, gather, held_out_examples, pack, plan, write_shards
from training.tokenizer import SentencePieceTokenizer
from training.vocabulary import PADDING

Packages = list[list[SourceFile]]


def make(folder: Path, packages: Packages, recipe: Recipe, tokenizer: SentencePieceTokenizer) -> ShardFolder:
    rows = gather(plan(packages, recipe), _Work(packages, recipe, tokenizer), 10**9, 1)
    write_shards(rows, folder, recipe, tokenizer)
    return ShardFolder(folder, recipe.seed)


def test_packing_splits_no_example_and_loses_none() -> None:
    examples = [[number + 1] * (1 + number * 7 % 19) for number in range(300)]
    rows = list(pack(iter(examples), 20))
    found: dict[int, int] = {}
    for row in rows:
        tokens = row[row != PADDING]
        assert list(row[: len(tokens)]) == list(tokens)
        starts = [at for at in range(len(tokens)) if at == 0 or tokens[at] != tokens[at - 1]]
        assert len(starts) == len(set(tokens.tolist()))
        for token in tokens.tolist():
            found[token] = found.get(token, 0) + 1
    assert found == {number + 1: len(example) for number, example in enumerate(examples)}
    assert sum((row != PADDING).sum() for row in rows) / (20 * len(rows)) > 0.9


def test_the_same_seed_makes_the_same_files(
    tmp_path: Path, packages: Packages, small_shards: Recipe, tokenizer: SentencePieceTokenizer
) -> None:
    first = make(tmp_path / "a", packages, small_shards, tokenizer).index
    assert make(tmp_path / "b", packages, small_shards, tokenizer).index == first
    other = dataclasses.replace(small_shards, seed=8)
    assert make(tmp_path / "c", packages, other, tokenizer).index["shards"] != first["shards"]


def test_two_workers_make_what_one_makes(packages: Packages, recipe: Recipe, tokenizer: SentencePieceTokenizer) -> None:
    work = _Work(packages, recipe, tokenizer)
    one, two = (gather(plan(packages, recipe), work, 10**9, workers) for workers in (1, 2))
    assert np.array_equal(one, two)


def test_it_stops_at_the_tokens_asked_for(
    packages: Packages, recipe: Recipe, tokenizer: SentencePieceTokenizer
) -> None:
    rows = gather(plan(packages, recipe), _Work(packages, recipe, tokenizer), 500, 1)
    assert 500 <= (rows != PADDING).sum() < 500 + recipe.model.context + 1


def test_more_passes_of_a_language_make_more_rows(packages: Packages, recipe: Recipe) -> None:
    twice = dataclasses.replace(recipe, data=dataclasses.replace(recipe.data, passes={"python": 3}))
    files = sum(len(files) for files in packages)
    assert len(plan(packages, twice)) == files + 2 * files // 2


def test_a_part_of_a_pass_takes_that_part_of_the_files(packages: Packages, recipe: Recipe) -> None:
    def planned(share: float) -> int:
        mix = dataclasses.replace(recipe.data, passes={"python": share, "typescript": 0})
        return len(plan(packages * 20, dataclasses.replace(recipe, data=mix)))

    whole = planned(1)
    assert planned(0) == 0
    assert 0.15 * whole < planned(0.3) < 0.45 * whole
    assert 1.15 * whole < planned(1.3) < 1.45 * whole


def test_shards_are_named_by_their_content_and_small_enough(
    tmp_path: Path, packages: Packages, small_shards: Recipe, tokenizer: SentencePieceTokenizer
) -> None:
    index = make(tmp_path, packages, small_shards, tokenizer).index
    assert len(index["shards"]) > 2
    for shard in index["shards"]:
        assert shard["sha256"][:12] in shard["name"]
        assert (tmp_path / shard["name"]).stat().st_size == shard["bytes"] < LARGEST_SHARD < 64 * 2**20
    assert sum(shard["tokens"] for shard in index["shards"]) > 1000


def test_held_out_examples_are_of_every_language_and_task(packages: Packages, recipe: Recipe) -> None:
    examples = held_out_examples(plan(packages, recipe), packages, recipe)
    groups = {(example.language, example.task) for example in examples}
    assert {language for language, _ in groups} == {"python", "typescript"}
    assert all(example.answer.strip() for example in examples)
    assert len(examples) <= len(groups) * recipe.data.held_out_examples


@pytest.fixture
def folder(tmp_path: Path, packages: Packages, small_shards: Recipe, tokenizer: SentencePieceTokenizer) -> ShardFolder:
    return make(tmp_path, packages, small_shards, tokenizer)


def test_reading_goes_on_from_any_position_with_the_same_rows(folder: ShardFolder) -> None:
    stream = folder.batches(Position(), 2)
    read = [next(stream) for _ in range(12)]
    for number in (0, 4, 7):
        again = folder.batches(read[number][1], 2)
        assert np.array_equal(next(again)[0], read[number + 1][0])


def test_each_pass_has_every_row_once_in_another_order(folder: ShardFolder) -> None:
    first, second = (np.concatenate([folder.ordered(shard, epoch) for shard in folder.present()]) for epoch in (0, 1))
    assert not np.array_equal(first, second)
    assert np.array_equal(first[np.lexsort(first.T)], second[np.lexsort(second.T)])


def test_shards_may_come_one_after_the_other(folder: ShardFolder) -> None:
    hidden = folder.folder / folder.index["shards"][1]["name"]
    content = hidden.read_bytes()
    hidden.unlink()
    assert folder.present()[:2] == [0, 2]
    assert folder.following(Position()).shard == 2
    hidden.write_bytes(content)
    assert folder.following(Position()).shard == 1


def test_a_damaged_shard_is_named(folder: ShardFolder) -> None:
    name = folder.index["shards"][0]["name"]
    (folder.folder / name).write_bytes(lzma.compress(b"\0\0"))
    with pytest.raises(ValueError, match=f"{name} is damaged: carry it again"):
        folder.load(0)


def test_no_shard_at_all_is_an_error_not_a_wait(folder: ShardFolder) -> None:
    for number in folder.present():
        (folder.folder / folder.index["shards"][number]["name"]).unlink()
    with pytest.raises(FileNotFoundError, match="carry one"):
        next(folder.batches(Position(), 2))


def test_a_batch_larger_than_a_shard_is_an_error_not_a_wait(folder: ShardFolder) -> None:
    with pytest.raises(ValueError, match="fills no batch"):
        next(folder.batches(Position(), 6))
