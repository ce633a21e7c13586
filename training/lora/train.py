"""
`python -m training.lora.train --base GGUF`: examples → additions. Every run goes on where the last stopped.

It ends after `--minutes`, at `--tokens` in all, at the end of the recipe's plan, and on SIGTERM, each time with a
checkpoint. `--from` begins with a committed state, in a folder that has none of its own.
"""

import signal
import sys
import time

from training.curve import Curve, Point, draw, read_points
from training.lora.dataset import Dataset
from training.lora.measure import evenly, summary
from training.lora.run import LoraRun, parse
from training.lora.trainer import LoraTrainer, measure
from training.memory import keep_memory
from training.storage import write_json

STATE, CURVE, SCORES = "state.npz", "loss.csv", "held_out.json"


class _Stop:
    """Whether SIGTERM or SIGINT came."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: object) -> None:
        self.asked = True


def train(run: LoraRun, log: bool = True) -> LoraTrainer:
    """Trains until a limit, writes the last checkpoint and returns the trainer."""
    stop = _Stop()
    plan = run.recipe.plan
    dataset = Dataset(run.data, run.recipe.seed)
    trainer = LoraTrainer(run.recipe, run.base, run.device, run.precision)
    _begin(trainer, run, dataset)
    progress = trainer.progress
    curve = Curve(run.folder / CURVE, progress.step)
    spent = since_save = 0.0
    for examples, place in dataset.steps(progress.place, plan.step_tokens):
        if stop.asked or spent >= run.seconds or progress.tokens >= min(run.tokens, plan.total_tokens):
            break
        before, started = progress.tokens, time.monotonic()
        loss = trainer.step(examples, place)
        seconds = time.monotonic() - started
        progress.seconds += seconds
        rate = (progress.tokens - before) / seconds
        held_out = _measure(trainer, dataset, run) if progress.step % plan.evaluate_steps == 0 else None
        point = Point(progress.step, progress.tokens, progress.seconds, loss, held_out, rate)
        curve.add(point)
        if log:
            print(_line(point), flush=True)
        since_save += time.monotonic() - started
        spent += time.monotonic() - started
        if since_save >= plan.checkpoint_seconds:
            trainer.save(run.folder / STATE)
            since_save = 0.0
    trainer.save(run.folder / STATE)
    return trainer


def _begin(trainer: LoraTrainer, run: LoraRun, dataset: Dataset) -> None:
    """Takes up the run's own checkpoint, or another run's; at other data, that one's place means nothing."""
    own = run.folder / STATE
    origin = own if own.exists() else run.origin
    if origin is not None:
        trainer.restore(origin)
    if trainer.data[-1:] != [dataset.sha256]:
        trainer.data.append(dataset.sha256)
        trainer.progress.place = type(trainer.progress.place)()


def _measure(trainer: LoraTrainer, dataset: Dataset, run: LoraRun) -> float:
    """Nats per token of held-out middles; all groups go into a file."""
    found = summary(measure(trainer.model, evenly(dataset.held_out, run.recipe.plan.measured)))
    write_json(run.folder / SCORES, {"tokens_seen": trainer.progress.tokens, **found})
    return found["middle"]["nats_per_token"]


def _line(point: Point) -> str:
    held_out = "" if point.held_out is None else f" held-out middle {point.held_out:.4f}"
    speed = f"{point.tokens_per_second:.0f} tokens/s"
    return f"step {point.step} {point.tokens / 1e6:.3f}M tokens loss {point.loss:.4f}{held_out} {speed}"


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    keep_memory()
    run = parse(arguments)
    trainer = train(run)
    points = read_points(run.folder / CURVE)
    if points:
        draw(points, f"{run.recipe.name}, rank {run.recipe.rank}", run.folder / "loss.svg")
    print(
        f"{trainer.progress.step} steps, {trainer.progress.tokens / 1e6:.3f}M tokens, {trainer.progress.seconds:.0f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
