"""What a run needs to go on as if it had never been cut off, and the weights alone in pieces that travel."""

import dataclasses
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.recipe import ModelShape
from training.rows import Position
from training.storage import read_json, sha256_of_bytes, sha256_of_file, write_atomically, write_json

#: Bytes. A file on the way back may have 16 MiB; this leaves room for a mistake in counting.
PIECE = 15 * 2**20


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


def restore(path: Path, model: torch.nn.Module, optimizers: list[torch.optim.Optimizer]) -> Progress:
    """Puts everything back and says how far the run was."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(saved)
    torch.set_rng_state(state["random"])
    progress = state["progress"]
    return Progress(progress["step"], progress["tokens"], progress["seconds"], Position(**progress["position"]))


def load_weights(path: Path) -> tuple[ModelShape, dict[str, Tensor], dict[str, Any]]:
    """Shape, weights and what is known about them, from a checkpoint or from a folder of pieces."""
    if path.is_dir():
        return _join(path)
    state = torch.load(path, map_location="cpu", weights_only=True)
    return ModelShape(**state["about"]["shape"]), state["model"], {**state["about"], "progress": state["progress"]}


def split(checkpoint: Path, folder: Path) -> list[Path]:
    """
    Writes the weights in bf16 as pieces that travel and a list with their digests; optimiser state stays behind.
    The digest of the whole is in the list, so that joined pieces are the weights that were sent or an error.
    """
    _, weights, about = load_weights(checkpoint)
    tensors = [
        {"name": name, "shape": list(tensor.shape), "bytes": 2 * tensor.numel()} for name, tensor in weights.items()
    ]
    whole = io.BytesIO()
    for tensor in weights.values():
        whole.write(tensor.bfloat16().contiguous().view(torch.int16).numpy().astype("<i2").tobytes())
    content = whole.getvalue()
    pieces: list[dict[str, object]] = []
    paths: list[Path] = []
    for number, start in enumerate(range(0, len(content), PIECE)):
        part = content[start : start + PIECE]
        path = folder / f"weights-{number:03d}.bin"
        write_atomically(path, part)
        pieces.append({"name": path.name, "bytes": len(part), "sha256": sha256_of_bytes(part)})
        paths.append(path)
    listing = {"about": about, "sha256": sha256_of_bytes(content), "tensors": tensors, "pieces": pieces}
    write_json(folder / "weights.json", listing)
    return [*paths, folder / "weights.json"]


def _join(folder: Path) -> tuple[ModelShape, dict[str, Tensor], dict[str, Any]]:
    listing = read_json(folder / "weights.json")
    missing = [piece["name"] for piece in listing["pieces"] if not (folder / piece["name"]).exists()]
    if missing:
        raise FileNotFoundError(f"{folder} lacks {', '.join(missing)}: fetch these as well")
    content = b"".join((folder / piece["name"]).read_bytes() for piece in listing["pieces"])
    if sha256_of_bytes(content) != listing["sha256"]:
        bad = [
            piece["name"] for piece in listing["pieces"] if sha256_of_file(folder / piece["name"]) != piece["sha256"]
        ]
        raise ValueError(f"{', '.join(bad) or 'the joined pieces'} are not what was sent: fetch again")
    weights: dict[str, Tensor] = {}
    start = 0
    for tensor in listing["tensors"]:
        raw = np.frombuffer(content, dtype="<i2", count=tensor["bytes"] // 2, offset=start).astype(np.int16)
        weights[tensor["name"]] = torch.from_numpy(raw).view(torch.bfloat16).view(tensor["shape"]).float()
        start += tensor["bytes"]
    return ModelShape(**listing["about"]["shape"]), weights, listing["about"]


def describe(path: Path) -> str:
    """What a checkpoint is, in one line."""
    _, _, about = load_weights(path)
    return json.dumps({key: value for key, value in about.items() if key != "shape"})
