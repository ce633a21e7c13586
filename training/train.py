"""
`python -m training.train`: shards → weights. The same on a CPU and on a GPU; every run goes on where the last stopped.

A run ends after `--minutes`, or when the recipe's plan is through. It writes a checkpoint every few seconds of the
recipe, at its end, and on SIGTERM, so that a run that is cut off loses no more than that.
"""

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from training.curve import Curve, Point, draw, read_points
from training.memory import keep_memory
from training.rows import Position, Rows, ShardFolder
from training.run import Run, parse
from training.trainer import Trainer, share_done

#: Steps between two lines of the log. Each line waits for a GPU to catch up.
_LOG_STEPS = 10
#: Between two looks at the pause file.
_PAUSE_SECONDS = 0.5


class _Clock:
    """Counts the time that is trained in; pauses do not count."""

    def __init__(self, pause_file: Path | None) -> None:
        self._pause_file = pause_file
        self._last = time.monotonic()

    def lap(self) -> float:
        """Seconds since the last lap, without pauses."""
        before, self._last = self._last, time.monotonic()
        return self._last - before

    def wait(self, stopped: list[int]) -> None:
        """Waits for as long as the pause file is there and nothing asks the run to stop."""
        started = time.monotonic()
        while self._pause_file is not None and self._pause_file.exists() and not stopped:
            time.sleep(_PAUSE_SECONDS)
        self._last += time.monotonic() - started


class _Journal:
    """Writes the loss curve of a run and prints it."""

    def __init__(self, trainer: Trainer, log: bool) -> None:
        run = trainer.run
        self._trainer = trainer
        self._log = log
        self._curve = Curve(run.folder / "loss.csv", trainer.progress.step)
        rows = ShardFolder(run.shards / "held_out", run.recipe.seed).load(0)
        self._held_out = rows[: max(16, run.recipe.schedule.micro_rows)]
        self._before = (trainer.progress.tokens, trainer.progress.seconds)

    def note(self, loss: Tensor) -> None:
        """After each step; does something after every tenth, and after those at which the held-out loss is due."""
        progress = self._trainer.progress
        is_measured = progress.step % self._trainer.run.recipe.schedule.evaluate_steps == 0
        if not is_measured and progress.step % _LOG_STEPS != 0:
            return
        value = float(loss)
        tokens, seconds = progress.tokens - self._before[0], progress.seconds - self._before[1]
        self._before = (progress.tokens, progress.seconds)
        held_out = self._trainer.held_out_loss(self._held_out) if is_measured else None
        rate = tokens / max(1e-9, seconds)
        point = Point(progress.step, progress.tokens, progress.seconds, value, held_out, rate)
        self._curve.add(point)
        if self._log:
            print(_line(point), flush=True)


def _line(point: Point) -> str:
    held_out = "" if point.held_out is None else f" held-out {point.held_out:.3f}"
    rate = f"{point.tokens_per_second:.0f} tokens/s"
    return f"step {point.step} {point.tokens / 1e6:.2f}M tokens loss {point.loss:.3f}{held_out} {rate}"


def train(run: Run, log: bool = True) -> Trainer:
    """Trains until the run's limit or the end of the plan, writes the last checkpoint and returns the trainer."""
    trainer = Trainer(run)
    schedule, progress = run.recipe.schedule, trainer.progress
    data = ShardFolder(run.shards / "train", run.recipe.seed)
    journal = _Journal(trainer, log)
    clock = _Clock(run.pause_file)
    first_step, spent, since_save = progress.step, 0.0, 0.0
    for rows, position in _until_signal(data.batches(progress.position, schedule.rows_per_step), clock):
        loss = trainer.step(rows, position)
        seconds = clock.lap()
        spent, since_save = spent + seconds, since_save + seconds
        progress.seconds += seconds
        journal.note(loss)
        if since_save >= schedule.checkpoint_seconds:
            trainer.save()
            since_save = 0.0
        if spent >= run.limit or progress.step - first_step >= run.steps or share_done(schedule, progress) >= 1:
            break
    trainer.save()
    return trainer


def _until_signal(batches: Iterator[tuple[Rows, Position]], clock: _Clock) -> Iterator[tuple[Rows, Position]]:
    """Stops after the step, or in the pause, during which SIGTERM or SIGINT came."""
    stopped: list[int] = []
    before = {
        number: signal.signal(number, lambda got, _: stopped.append(got)) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        for batch in batches:
            clock.wait(stopped)
            if stopped:
                return
            yield batch
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    keep_memory()
    run = parse(arguments)
    if run.device.type == "cuda":
        torch.set_float32_matmul_precision("high")
    started = time.monotonic()
    trainer = train(run)
    points = read_points(run.folder / "loss.csv")
    if points:
        draw(
            points, f"{run.recipe.name}: {run.recipe.model.parameters / 1e6:.1f} M parameters", run.folder / "loss.svg"
        )
    done = share_done(run.recipe.schedule, trainer.progress)
    progress = trainer.progress
    cost = run.recipe.model.flops_per_token() / 1e9
    print(f"{progress.step} steps, {progress.tokens / 1e6:.2f}M tokens, {done:.1%} of the plan")
    print(f"{time.monotonic() - started:.0f} s in this run, {cost:.3f} GFLOP per token")
    return 0


if __name__ == "__main__":
    sys.exit(main())
