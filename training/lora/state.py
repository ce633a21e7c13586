"""
A run's state in one file that is small enough to be committed: the additions as float16, the optimiser's two moments
as bfloat16, and how far the run is. Needs numpy alone to read.

Saving rounds what goes on in memory to what the file holds, so that a run that is cut off and goes on gives the same
bits as one that is not.
"""

import dataclasses
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.lora.dataset import Place
from training.storage import write_atomically

_ABOUT = "about"


@dataclass
class Progress:
    """How far a run is. `seconds` counts the time in steps alone, over all machines."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class State:
    """`additions` by the parameter's name, `moments` by the name and `first` or `second`; all in 32 bits."""

    additions: dict[str, NDArray[np.float32]]
    moments: dict[str, NDArray[np.float32]]
    progress: Progress
    about: dict[str, Any]


def write_state(path: Path, state: State) -> None:
    """Writes the file whole or not at all."""
    arrays: dict[str, NDArray[Any]] = {
        f"f16/{name}": value.astype(np.float16) for name, value in state.additions.items()
    }
    arrays |= {f"bf16/{name}": to_bf16(value) for name, value in state.moments.items()}
    about = json.dumps({"progress": dataclasses.asdict(state.progress), **state.about})
    arrays[_ABOUT] = np.frombuffer(about.encode(), dtype=np.uint8)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    write_atomically(path, buffer.getvalue())


def read_state(path: Path) -> State:
    """What `write_state` wrote, in 32 bits."""
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    about = json.loads(arrays.pop(_ABOUT).tobytes())
    progress = about.pop("progress")
    place = Place(**progress.pop("place"))
    additions = {name[4:]: value.astype(np.float32) for name, value in arrays.items() if name.startswith("f16/")}
    moments = {name[5:]: from_bf16(value) for name, value in arrays.items() if name.startswith("bf16/")}
    return State(additions, moments, Progress(**progress, place=place), about)


def to_bf16(values: NDArray[np.float32]) -> NDArray[np.uint16]:
    """The upper halves of the numbers, rounded to the nearest, ties to even."""
    bits = values.astype(np.float32).view(np.uint32)
    rounded = bits + np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))
    return (rounded >> np.uint32(16)).astype(np.uint16)


def from_bf16(halves: NDArray[np.uint16]) -> NDArray[np.float32]:
    """The numbers that `to_bf16` kept."""
    return (halves.astype(np.uint32) << np.uint32(16)).view(np.float32)
