"""
`python -m training.pieces`: the weights of a checkpoint in files small enough to come back from another machine.

Matrices travel as llama.cpp's Q8_0 (blocks of 32 bytes with one scale), so that a file exported from them as Q8_0 is
the file that the checkpoint itself would have given. Optimiser state stays behind. Needs nothing but torch and numpy.
"""

import argparse
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training import checkpoint
from training.recipe import ModelShape
from training.storage import RUNS, read_json, sha256_of_bytes, sha256_of_file, write_atomically, write_json

#: Bytes. A file on the way back may have 16 MiB; this leaves room for a mistake in counting.
PIECE = 15 * 2**20
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK


def to_blocks(matrix: NDArray[np.float32]) -> bytes:
    """Q8_0: of each 32 numbers the largest magnitude over 127 in 16 bits, then the numbers in 8."""
    blocks = matrix.reshape(-1, _BLOCK)
    scales = np.abs(blocks).max(axis=1, keepdims=True) / np.float32(127)
    with np.errstate(divide="ignore"):
        inverse = np.where(scales == 0, np.float32(0), 1 / scales)
    scaled = blocks * inverse
    # Halves away from zero, as llama.cpp rounds.
    numbers = (np.trunc(scaled + np.copysign(np.float32(0.5), scaled))).astype(np.int8)
    return np.concatenate([scales.astype("<f2").view(np.uint8), numbers.view(np.uint8)], axis=1).tobytes()


def from_blocks(content: bytes) -> NDArray[np.float32]:
    """The numbers of `to_blocks`, in one row."""
    blocks = np.frombuffer(content, dtype=np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    numbers = np.ascontiguousarray(blocks[:, 2:]).view(np.int8).astype(np.float32)
    return np.asarray(scales * numbers, dtype=np.float32).reshape(-1)


def split(path: Path, folder: Path) -> list[Path]:
    """
    Writes the pieces and a list with their digests. The digest of the whole is in the list, so that joined pieces are
    the weights that were sent or an error.
    """
    _, weights, about = checkpoint.load_weights(path)
    parts: list[bytes] = []
    tensors: list[dict[str, object]] = []
    for name, tensor in weights.items():
        values = tensor.float().contiguous().numpy()
        parts.append(to_blocks(values) if values.ndim == 2 else values.astype("<f4").tobytes())
        tensors.append({"name": name, "shape": list(values.shape), "bytes": len(parts[-1])})
    content = b"".join(parts)
    pieces: list[dict[str, object]] = []
    paths: list[Path] = []
    for number, start in enumerate(range(0, len(content), PIECE)):
        piece = folder / f"weights-{number:03d}.bin"
        write_atomically(piece, content[start : start + PIECE])
        pieces.append({"name": piece.name, "sha256": sha256_of_file(piece)})
        paths.append(piece)
    listing = {"about": about, "sha256": sha256_of_bytes(content), "tensors": tensors, "pieces": pieces}
    write_json(folder / "weights.json", listing)
    return [*paths, folder / "weights.json"]


def join(folder: Path) -> tuple[ModelShape, dict[str, Tensor], dict[str, Any]]:
    """What `checkpoint.load_weights` gives. Raises an error that names the pieces that are missing or damaged."""
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
        part = content[start : start + tensor["bytes"]]
        values = from_blocks(part) if len(tensor["shape"]) == 2 else np.frombuffer(part, dtype="<f4")
        weights[tensor["name"]] = torch.from_numpy(np.array(values).reshape(tensor["shape"]))
        start += tensor["bytes"]
    return ModelShape(**listing["about"]["shape"]), weights, listing["about"]


def send_back(path: Path, folder: Path, back: Path, chosen: str) -> list[str]:
    """Splits a checkpoint and copies the chosen pieces, `all` or `FIRST-LAST`, and the list to where the way starts."""
    paths = split(path, folder)
    first, _, last = chosen.partition("-")
    wanted = paths[:-1] if chosen == "all" else paths[:-1][int(first) : int(last or first) + 1]
    sent = [*wanted, paths[-1]]
    for piece in sent:
        shutil.copy(piece, back / piece.name)
    size = sum(piece.stat().st_size for piece in paths) / 2**20
    print(f"{len(paths) - 1} pieces, {size:.1f} MiB; copied {len(sent)} files")
    return [piece.name for piece in sent]


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.pieces", description=__doc__)
    parser.add_argument("--config", default="mini")
    parser.add_argument("--weights", type=Path, help="default: the recipe's last checkpoint")
    parser.add_argument("--back", type=Path, required=True, help="folder that is fetched from the machine")
    parser.add_argument("--pieces", default="all", help="FIRST-LAST, because only so many files come back at once")
    options = parser.parse_args(arguments)
    weights = options.weights or RUNS / options.config / "latest.pt"
    send_back(weights, RUNS / options.config / "pieces", options.back, options.pieces)
    return 0


if __name__ == "__main__":
    sys.exit(main())
