import dataclasses
from collections import Counter
from itertools import islice
from pathlib import Path

from training.lora.dataset import Dataset, Place
from training.lora.natural import Layout
from training.lora.recipe import LoraRecipe, load_lora_recipe
from training.lora.shard import (
    HELD_OUT,
    INDEX,
    TRAIN,
    draw_examples,
    draw_files,
    take_evenly,
    take_tokens,
    write_examples,
)
from training.storage import write_json

from ..conftest import package

PACKAGES = [package(1), package(2, 4)]


def recipe() -> LoraRecipe:
    found = load_lora_recipe("smollm2")
    mix = dataclasses.replace(
        found.mix, window_shortest=40, window_longest=120, languages={"python": 3, "typescript": 1}
    )
    return dataclasses.replace(found, mix=mix)


def test_languages_come_up_by_their_weights_and_files_one_after_the_other() -> None:
    drawn = list(islice(draw_files(PACKAGES, {"python": 3.0, "typescript": 1.0, "rust": 1.0}, 5), 400))
    counts = Counter(item.file.language for item in drawn)
    assert 260 < counts["python"] < 340 and counts["rust"] == 0
    first = [item for item in drawn if item.package == 0 and item.file.language == "python"]
    assert [item.number for item in first[:9]] == [0, 0, 0, 0, 1, 1, 1, 1, 2]
    assert {item.file.path for item in first[:4]} == {item.file.path for item in first[4:8]}


def test_the_seed_decides_all_examples_and_all_tasks_come_up() -> None:
    first, again = (list(islice(draw_examples(PACKAGES, recipe()), 600)) for _ in range(2))
    assert first == again
    tasks = Counter(example.task for example in first)
    assert set(tasks) == {"plain", "forward", "lines", "line", "block", "span", "explain"}
    mix = recipe().mix
    windows = sum(tasks.values()) - tasks["explain"]
    assert abs(tasks["plain"] / windows - mix.plain_share) < 0.06
    assert any(example.pieces for example in first)


def write_data(folder: Path, layout: Layout) -> None:
    examples = draw_examples(PACKAGES, recipe())
    trained = take_tokens(examples, layout, 6_000)
    measured = take_evenly(examples, layout, ["python", "typescript"], 200)
    write_json(
        folder / INDEX,
        {"files": [write_examples(folder / TRAIN, trained), write_examples(folder / HELD_OUT, measured)]},
    )


def test_what_is_read_is_what_was_written(layout: Layout, tmp_path: Path) -> None:
    write_data(tmp_path, layout)
    found = Dataset(tmp_path, 3)
    examples = draw_examples(PACKAGES, recipe())
    assert found.train == take_tokens(examples, layout, 6_000)
    groups = Counter((example.language, example.task) for example in found.held_out)
    assert max(groups.values()) == 4 and len(groups) >= 10


def test_a_pass_takes_every_example_once_and_can_be_gone_on_with_anywhere(layout: Layout, tmp_path: Path) -> None:
    write_data(tmp_path, layout)
    data = Dataset(tmp_path, 3)
    steps = list(islice(data.steps(Place(), 500), 30))
    pass_of = [example for examples, place in steps for example in examples][: len(data.train)]
    assert Counter(map(id, pass_of)) == Counter(map(id, data.train))
    assert pass_of != data.train
    assert all(sum(len(example.tokens) for example in examples) >= 500 for examples, _ in steps)
    resumed = list(islice(data.steps(steps[4][1], 500), 25))
    assert resumed == steps[5:]
