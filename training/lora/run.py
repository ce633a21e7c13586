"""What one start of the training program is told."""

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch

from training.lora.recipe import LoraRecipe, changed, load_lora_recipe
from training.run import pick_precision
from training.storage import DATA, RUNS


@dataclass(frozen=True)
class LoraRun:
    """What one start of the program is told. Times in seconds."""

    recipe: LoraRecipe
    base: Path
    data: Path
    folder: Path
    device: torch.device
    precision: torch.dtype
    seconds: float = float("inf")
    #: In all, the runs before included.
    tokens: float = float("inf")
    origin: Path | None = None


def parse(arguments: list[str] | None) -> LoraRun:
    """The command line."""
    parser = argparse.ArgumentParser(prog="training.lora.train", description=__doc__)
    parser.add_argument("--config", default="smollm2")
    parser.add_argument("--base", type=Path, required=True, help="the GGUF that the recipe starts from")
    parser.add_argument("--data", type=Path, help="default: the recipe's folder in data/lora")
    parser.add_argument("--out", type=Path, help="default: the recipe's folder in runs/lora")
    parser.add_argument("--from", dest="origin", type=Path, help="the state of another run to begin with")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="of this run")
    parser.add_argument("--tokens", type=float, default=float("inf"), help="in all, earlier runs included")
    parser.add_argument("--threads", type=int, default=0, help="one less than there are free cores; 0: torch decides")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--precision", choices=("auto", "bf16", "fp32"), default="auto")
    parser.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE", help="changes to numbers of the recipe")
    options = parser.parse_args(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    recipe = changed(load_lora_recipe(options.config), options.set)
    device = torch.device(options.device)
    return LoraRun(
        recipe=recipe,
        base=options.base,
        data=options.data or DATA / "lora" / recipe.name,
        folder=options.out or RUNS / "lora" / recipe.name,
        device=device,
        precision=pick_precision(options.precision, device),
        seconds=60 * options.minutes,
        tokens=options.tokens,
        origin=options.origin,
    )
