"""What a run needs to go on as if it had never been cut off."""

import dataclasses
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.recipe import ModelShape
from training.rows import Position


@dataclass
class Progress:
    """How far a run is. `seconds` counts training alone, over all runs."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    position: Position = dataclasses.field(default_factory=Position)


def save(
    path: Path,
    model: torch.nn.Module,
    optimizers: list[torch.optim.Optimizer],
    progress: Progress,
    about: dict[str, Any],
) -> None:
    """Writes everything, then renames it into place."""
    state = {
        "model": model.state_dict(),
        "optimizers": [optimizer.state_dict() for optimizer in optimizers],
        "progress": dataclasses.asdict(progress),
        "random": torch.get_rng_state(),
        "about": about,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def restore(
    path: Path, model: torch.nn.Module, optimizers: list[torch.optim.Optimizer]
) -> tuple[Progress, dict[str, Any]]:
    """Puts everything back. Returns how far the run was, and what is known about its weights."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(saved)
    torch.set_rng_state(state["random"])
    progress = state["progress"]
    position = Position(**progress["position"])
    return Progress(progress["step"], progress["tokens"], progress["seconds"], position), state["about"]


def load_weights(path: Path) -> tuple[ModelShape, dict[str, Tensor], dict[str, Any]]:
    """Shape, weights and what is known about them."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    return ModelShape(**state["about"]["shape"]), state["model"], {**state["about"], "progress": state["progress"]}
