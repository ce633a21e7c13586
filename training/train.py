"""
`python -m training.train`: shards → weights. The same on a CPU and on a GPU; every run goes on where the last stopped.

A run ends after `--minutes`, or when the recipe's plan is through. It writes a checkpoint every few seconds of the
recipe, at its end, and on SIGTERM, so that a run that is cut off loses no more than that.
"""

import argparse
import dataclasses
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training import checkpoint
from training.checkpoint import Progress
from training.curve import Curve, Point, draw, read_points
from training.memory import keep_memory
from training.model import Llama
from training.optimizers import make_optimizers, multiplies_bf16, set_rates
from training.recipe import Recipe, Schedule, load_recipe
from training.rows import Position, Rows, ShardFolder
from training.storage import DATA, RUNS
from training.tokenizer import PADDING


@dataclass(frozen=True)
class Run:
    """What one start of the program is told. Times in seconds."""

    recipe: Recipe
    shards: Path
    folder: Path
    device: torch.device
    precision: torch.dtype
    limit: float
    steps: int
    compiled: bool
    pause_file: Path | None


def rate_factor(schedule: Schedule, progress: Progress) -> float:
    """Up over the warm-up, one, and down in a line to nothing at the end of the plan."""
    warm = min(1.0, (progress.step + 1) / schedule.warmup_steps)
    return warm * min(1.0, (1 - share_done(schedule, progress)) / schedule.decay_share)


def share_done(schedule: Schedule, progress: Progress) -> float:
    """Of the plan, 0 to 1: by tokens or by time, whichever is further."""
    by_time = progress.seconds / (60 * schedule.total_minutes)
    return min(1.0, max(progress.tokens / schedule.total_tokens, by_time))


class Trainer:
    """Owns the network, its optimisers and how far they are."""

    def __init__(self, run: Run) -> None:
        self.run = run
        torch.manual_seed(run.recipe.seed)
        self.model = Llama(run.recipe.model).to(run.device)
        schedule = run.recipe.schedule
        self._optimizers = make_optimizers(
            self.model, schedule.matrix_rate, schedule.vector_rate, schedule.weight_decay
        )
        self.progress = Progress()
        self.latest = run.folder / "latest.pt"
        if self.latest.exists():
            self.progress = checkpoint.restore(self.latest, self.model, self._optimizers)
        self._losses = torch.compile(self.model.losses) if run.compiled else self.model.losses

    def step(self, rows: Rows, position: Position) -> Tensor:
        """One step of the optimisers. Returns the mean loss, still on the device."""
        schedule = self.run.recipe.schedule
        set_rates(self._optimizers, rate_factor(schedule, self.progress))
        batch = torch.from_numpy(rows.astype("int32")).to(self.run.device).long()
        counted = (batch[:, 1:] != PADDING).sum()
        total = torch.zeros((), device=self.run.device)
        for start in range(0, len(batch), schedule.micro_rows):
            with self.precision():
                loss = self._losses(batch[start : start + schedule.micro_rows]).sum() / counted
            loss.backward()  # type: ignore[no-untyped-call]
            total += loss.detach()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), schedule.gradient_limit)
        for optimizer in self._optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.tokens += int((rows[:, 1:] != PADDING).sum())
        self.progress.position = position
        return total

    def precision(self) -> AbstractContextManager[None]:
        """Mixed precision where the run has it."""
        if self.run.precision is torch.float32:
            return nullcontext()
        return torch.autocast(self.run.device.type, dtype=self.run.precision)

    @torch.no_grad()
    def held_out_loss(self, rows: Rows) -> float:
        """Nats per token of rows that are never trained on."""
        total, count = 0.0, 0
        for start in range(0, len(rows), self.run.recipe.schedule.micro_rows):
            part = torch.from_numpy(rows[start : start + self.run.recipe.schedule.micro_rows].astype("int64"))
            with self.precision():
                total += float(self.model.losses(part.to(self.run.device)).sum())
            count += int((part[:, 1:] != PADDING).sum())
        return total / max(1, count)

    def save(self) -> None:
        """Writes the checkpoint that the next run goes on from."""
        recipe = self.run.recipe
        index = ShardFolder(self.run.shards / "train", recipe.seed).index
        about = {
            "recipe": recipe.name,
            "seed": recipe.seed,
            "shape": dataclasses.asdict(recipe.model),
            "tokenizer_sha256": index["tokenizer_sha256"],
            "shards_sha256": [shard["sha256"] for shard in index["shards"]],
            "torch": str(torch.__version__),
        }
        checkpoint.save(self.latest, self.model, self._optimizers, self.progress, about)


class _Clock:
    """Counts the time that is trained in; pauses do not count."""

    def __init__(self, pause_file: Path | None) -> None:
        self._pause_file = pause_file
        self._last = time.monotonic()

    def lap(self) -> float:
        """Seconds since the last lap. Waits first for as long as the pause file is there."""
        now = time.monotonic()
        seconds = now - self._last
        while self._pause_file is not None and self._pause_file.exists():
            time.sleep(2)
        self._last = time.monotonic()
        return seconds


def train(run: Run, log: bool = True) -> Trainer:
    """Trains until the run's limit or the end of the plan, writes the last checkpoint and returns the trainer."""
    trainer = Trainer(run)
    schedule = run.recipe.schedule
    data = ShardFolder(run.shards / "train", run.recipe.seed)
    held_out = ShardFolder(run.shards / "held_out", run.recipe.seed).load(0)[: max(16, schedule.micro_rows)]
    curve = Curve(run.folder / "loss.csv", trainer.progress.step)
    clock = _Clock(run.pause_file)
    spent = since_save = 0.0
    steps = 0
    for rows, position in _until_signal(data.batches(trainer.progress.position, schedule.rows_per_step)):
        loss = trainer.step(rows, position)
        is_measured = trainer.progress.step % schedule.evaluate_steps == 0
        is_logged = is_measured or trainer.progress.step % 10 == 0
        value = float(loss) if is_logged or run.device.type == "cpu" else 0.0
        seconds = clock.lap()
        spent, since_save, steps = spent + seconds, since_save + seconds, steps + 1
        trainer.progress.seconds += seconds
        if is_logged:
            point = _point(trainer, value, trainer.held_out_loss(held_out) if is_measured else None, seconds)
            curve.add(point)
            if log:
                _report(point)
        if since_save >= schedule.checkpoint_seconds:
            trainer.save()
            since_save = 0.0
        if spent >= run.limit or steps >= run.steps or share_done(schedule, trainer.progress) >= 1:
            break
    trainer.save()
    return trainer


def _report(point: Point) -> None:
    held_out = "" if point.held_out is None else f" held-out {point.held_out:.3f}"
    rate = f"{point.tokens_per_second:.0f} tokens/s"
    print(f"step {point.step} {point.tokens / 1e6:.2f}M tokens loss {point.loss:.3f}{held_out} {rate}", flush=True)


def _point(trainer: Trainer, loss: float, held_out: float | None, seconds: float) -> Point:
    progress = trainer.progress
    tokens = trainer.run.recipe.schedule.rows_per_step * trainer.run.recipe.model.context
    return Point(progress.step, progress.tokens, progress.seconds, loss, held_out, tokens / max(1e-9, seconds))


def _until_signal(batches: Iterator[tuple[Rows, Position]]) -> Iterator[tuple[Rows, Position]]:
    """Stops after the step during which SIGTERM or SIGINT came."""
    stopped: list[int] = []
    before = {
        number: signal.signal(number, lambda got, _: stopped.append(got)) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        for batch in batches:
            if stopped:
                return
            yield batch
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def pick_precision(wanted: str, device: torch.device) -> torch.dtype:
    """bf16 on a GPU and on CPUs that multiply it in hardware, else 32 bits."""
    if wanted != "auto":
        return torch.bfloat16 if wanted == "bf16" else torch.float32
    return torch.bfloat16 if multiplies_bf16(device) else torch.float32


def parse(arguments: list[str] | None) -> Run:
    """The command line."""
    parser = argparse.ArgumentParser(prog="training.train", description=__doc__)
    parser.add_argument("--config", default="mini-cpu")
    parser.add_argument("--shards", type=Path, help="default: the recipe's folder in data/shards")
    parser.add_argument("--out", type=Path, help="default: the recipe's folder in runs")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="of this run")
    parser.add_argument("--steps", type=int, default=sys.maxsize, help="of this run")
    parser.add_argument(
        "--threads", type=int, default=0, help="one less than there are free cores; 0 leaves it to torch"
    )
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--precision", choices=("auto", "bf16", "fp32"), default="auto")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--pause-file", type=Path, help="waits while this file is there")
    parser.add_argument("--plan", nargs="*", default=[], metavar="KEY=VALUE", help="changes to the recipe's schedule")
    options = parser.parse_args(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    recipe = with_plan(load_recipe(options.config), options.plan)
    device = torch.device(options.device)
    return Run(
        recipe=recipe,
        shards=options.shards or DATA / "shards" / recipe.name,
        folder=options.out or RUNS / recipe.name,
        device=device,
        precision=pick_precision(options.precision, device),
        limit=60 * options.minutes,
        steps=options.steps,
        compiled=options.compile,
        pause_file=options.pause_file,
    )


def with_plan(recipe: Recipe, changes: list[str]) -> Recipe:
    """The recipe with fields of its schedule changed, each given as `key=value`. Raises `ValueError` for others."""
    values: dict[str, Any] = {}
    kinds = {field.name: field.type for field in dataclasses.fields(Schedule)}
    for change in changes:
        key, _, value = change.partition("=")
        if key not in kinds:
            raise ValueError(f"--plan {change}: the schedule has {', '.join(kinds)}")
        values[key] = int(value) if kinds[key] is int else float(value)
    return dataclasses.replace(recipe, schedule=dataclasses.replace(recipe.schedule, **values))


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
