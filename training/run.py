"""What one start of the training program is told."""

import argparse
import dataclasses
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from training.optimizers import multiplies_bf16
from training.recipe import Recipe, Schedule, load_recipe
from training.storage import DATA, RUNS


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
    #: Where a run begins that has no checkpoint of its own.
    origin: Path | None = None


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
    parser.add_argument(
        "--from",
        dest="origin",
        type=Path,
        help="the checkpoint of another run of this shape, to go on with other shards",
    )
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
        origin=options.origin,
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
