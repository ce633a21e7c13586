import dataclasses
import json
import lzma
import os
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest
import torch

from training.checkpoint import Progress, load_weights
from training.curve import Curve, Point, draw, read_points
from training.memory import keep_memory
from training.recipe import Recipe, load_recipe
from training.rows import Position, Rows, ShardFolder
from training.run import Run, parse, pick_precision, with_plan
from training.storage import sha256_of_bytes
from training.train import train
from training.trainer import Trainer, rate_factor, share_done

CPU = torch.device("cpu")


@pytest.fixture
def run(data: Path, recipe: Recipe, tmp_path: Path) -> Run:
    return Run(recipe, data / "shards", tmp_path / "run", CPU, torch.float32, 600, 6, False, None)


def test_two_halves_are_the_same_as_the_whole_to_the_bit(run: Run, tmp_path: Path) -> None:
    whole = train(dataclasses.replace(run, steps=12, folder=tmp_path / "whole"), log=False)
    train(run, log=False)
    halves = train(run, log=False)
    assert halves.progress.step == whole.progress.step == 12
    assert (halves.progress.tokens, halves.progress.position) == (whole.progress.tokens, whole.progress.position)
    for name, tensor in whole.model.state_dict().items():
        assert torch.equal(tensor, halves.model.state_dict()[name]), name
    curves = [[(point.step, point.loss, point.held_out) for point in read_points(folder / "loss.csv")]
              for folder in (tmp_path / "whole", run.folder)]  # fmt: skip
    assert curves[0] == curves[1] and len(curves[0]) == 4


def test_a_run_goes_on_from_another_with_other_shards(run: Run, tmp_path: Path) -> None:
    rows = ShardFolder(run.shards / "train", run.recipe.seed).load(0)
    shutil.copytree(run.shards, tmp_path / "others")
    rewrite_shards(rows[: len(rows) // 2], tmp_path / "others")
    onward = dataclasses.replace(run, shards=tmp_path / "others", folder=tmp_path / "onward", steps=2)
    fresh = train(dataclasses.replace(onward, folder=tmp_path / "fresh"), log=False)
    first = train(run, log=False)
    second = train(dataclasses.replace(onward, origin=first.latest), log=False)
    assert second.progress.step == first.progress.step + 2
    assert second.progress.tokens == first.progress.tokens + fresh.progress.tokens
    assert second.progress.position == fresh.progress.position
    seen = [load_weights(trainer.latest)[2]["shards_sha256"] for trainer in (first, fresh, second)]
    assert seen[2] == seen[0] + seen[1]
    third = train(dataclasses.replace(onward, origin=first.latest), log=False)
    assert third.progress.step == first.progress.step + 4
    assert load_weights(third.latest)[2]["shards_sha256"] == seen[2]


def rewrite_shards(rows: Rows, folder: Path) -> None:
    """Puts other rows in the place of those in the folder."""
    index = json.loads((folder / "train/index.json").read_text())
    packed = lzma.compress(rows.astype("<u2").tobytes())
    digest = sha256_of_bytes(packed)
    (folder / "train/others.xz").write_bytes(packed)
    shard = {**index["shards"][0], "name": "others.xz", "sha256": digest, "rows": len(rows)}
    (folder / "train/index.json").write_text(json.dumps({**index, "shards": [shard]}))


def test_what_was_done_after_the_last_checkpoint_is_done_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    train(run, log=False)
    saved = (run.folder / "latest.pt").read_bytes()

    class CutOffError(Exception):
        pass

    def cut_off(trainer: Trainer) -> None:
        raise CutOffError

    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "save", cut_off)
        with pytest.raises(CutOffError):
            train(run, log=False)
    assert (run.folder / "latest.pt").read_bytes() == saved
    assert train(dataclasses.replace(run, steps=2), log=False).progress.step == 8
    assert [point.step for point in read_points(run.folder / "loss.csv")] == [4, 8]


def test_the_loss_falls(run: Run) -> None:
    trainer = train(dataclasses.replace(run, steps=60), log=False)
    points = [point for point in read_points(run.folder / "loss.csv") if point.held_out]
    assert trainer.progress.tokens > 10_000
    first, last = points[0].held_out, points[-1].held_out
    assert first is not None and last is not None and last < first - 1


def test_a_signal_ends_the_run_with_a_checkpoint(run: Run) -> None:
    timer = threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGTERM))
    timer.start()
    trainer = train(
        dataclasses.replace(run, steps=10**9, recipe=with_plan(run.recipe, ["total_tokens=1000000000"])), log=False
    )
    timer.join()
    assert 0 < trainer.progress.step < 10**9
    assert Trainer(run).progress == trainer.progress


def test_the_pause_file_stops_the_clock_and_the_work(run: Run, tmp_path: Path) -> None:
    pause = tmp_path / "pause"
    pause.touch()
    timer = threading.Timer(1.0, pause.unlink)
    started = time.monotonic()
    timer.start()
    trainer = train(dataclasses.replace(run, steps=1, pause_file=pause), log=False)
    timer.join()
    assert not pause.exists() and trainer.progress.step == 1
    assert trainer.progress.seconds < time.monotonic() - started


def test_a_signal_ends_a_pause_with_a_checkpoint(run: Run, tmp_path: Path) -> None:
    pause = tmp_path / "pause"
    pause.touch()
    timer = threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGTERM))
    timer.start()
    trainer = train(dataclasses.replace(run, pause_file=pause), log=False)
    timer.join()
    assert pause.exists() and trainer.progress.step == 0
    assert (run.folder / "latest.pt").exists()


def test_the_rates_rise_stay_and_fall_to_nothing() -> None:
    schedule = load_recipe("mini").schedule
    at = [Progress(step, int(share * schedule.total_tokens), 0, Position())
          for step, share in ((0, 0), (49, 0.01), (999, 0.5), (1999, 0.8), (2999, 1))]  # fmt: skip
    factors = [rate_factor(schedule, progress) for progress in at]
    assert factors == pytest.approx([0.01, 0.5, 1, 0.5, 0])


def test_the_plan_ends_by_time_when_that_comes_first() -> None:
    schedule = load_recipe("mini").schedule
    half = Progress(10, schedule.total_tokens // 10, schedule.total_minutes * 30)
    assert share_done(schedule, half) == pytest.approx(0.5)
    assert share_done(schedule, Progress(10, 2 * schedule.total_tokens, 0)) == 1


def test_bf16_trains_as_well(run: Run) -> None:
    trainer = train(dataclasses.replace(run, precision=torch.bfloat16), log=False)
    assert trainer.progress.step == 6
    assert all(parameter.dtype is torch.float32 for parameter in trainer.model.parameters())


def test_the_command_line_changes_the_plan(tmp_path: Path) -> None:
    run = parse(
        ["--config", "toy", "--minutes", "2", "--out", str(tmp_path), "--plan", "micro_rows=4", "matrix_rate=0.01"]
    )
    assert (run.recipe.schedule.micro_rows, run.recipe.schedule.matrix_rate, run.limit) == (4, 0.01, 120)
    with pytest.raises(ValueError, match="--plan speed=2: the schedule has total_tokens"):
        with_plan(run.recipe, ["speed=2"])


def test_precision_is_what_is_asked_for() -> None:
    assert pick_precision("fp32", torch.device("cuda")) is torch.float32
    assert pick_precision("auto", torch.device("cuda")) is torch.bfloat16
    assert pick_precision("bf16", CPU) is torch.bfloat16


def test_memory_is_kept_where_there_is_glibc() -> None:
    assert keep_memory() is (os.name == "posix" and os.uname().sysname == "Linux")


def test_a_resumed_curve_has_no_line_twice(tmp_path: Path) -> None:
    path = tmp_path / "loss.csv"
    curve = Curve(path, 0)
    for step in (10, 20, 30):
        curve.add(Point(step, step * 100, step, 5 - step / 10, 4.5 if step == 20 else None, 1000))
    Curve(path, 20).add(Point(30, 3000, 31, 2.5, None, 1000))
    assert [(point.step, point.loss) for point in read_points(path)] == [(10, 4), (20, 3), (30, 2.5)]
    draw(read_points(path), "a run", tmp_path / "loss.svg")
    picture = (tmp_path / "loss.svg").read_text()
    assert picture.count("<circle") == 1 and "a run" in picture and "0.00 million tokens" in picture
