"""Reads shards one after the other, from a given place on, without holding more than two of them."""

import lzma
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.storage import read_json, sha256_of_bytes

Rows = NDArray[np.uint16]


@dataclass(frozen=True)
class Position:
    """The next row: pass over the data, number of the shard in the index, row of its order."""

    epoch: int = 0
    shard: int = 0
    row: int = 0

    def as_dict(self) -> dict[str, int]:
        """For a checkpoint."""
        return asdict(self)


class ShardFolder:
    """A folder with `index.json` and those of its shards that are there: they may be carried in bit by bit."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self._seed = seed
        self.index: dict[str, Any] = read_json(folder / "index.json")
        self.row_length = int(self.index["context"]) + 1

    def present(self) -> list[int]:
        """Numbers of the shards that are there now."""
        return [number for number, shard in enumerate(self.index["shards"]) if (self.folder / shard["name"]).exists()]

    def load(self, number: int) -> Rows:
        """The rows of a shard, as written. Raises `ValueError` when it is not the file that the index speaks of."""
        shard = self.index["shards"][number]
        packed = (self.folder / shard["name"]).read_bytes()
        if sha256_of_bytes(packed) != shard["sha256"]:
            raise ValueError(f"{shard['name']} is damaged: carry it again")
        return np.frombuffer(lzma.decompress(packed), dtype="<u2").reshape(-1, self.row_length)

    def ordered(self, number: int, epoch: int) -> Rows:
        """The rows in the order of this pass."""
        rows = self.load(number)
        return rows[np.random.default_rng([self._seed, epoch, number]).permutation(len(rows))]

    def following(self, position: Position) -> Position:
        """Where the next shard starts: the next that is there, else the first of the next pass."""
        later = [number for number in self.present() if number > position.shard]
        return Position(position.epoch, later[0]) if later else Position(position.epoch + 1, self.present()[0])

    def batches(self, position: Position, size: int) -> Iterator[tuple[Rows, Position]]:
        """Without end: `size` rows and the position after them. The end of a shard that fills no batch is left out."""
        present = self.present()
        if not present:
            raise FileNotFoundError(f"no shard of {self.folder / 'index.json'} is there: carry one")
        if position.shard not in present:
            position = self.following(position)
        with ThreadPoolExecutor(max_workers=1) as reader:
            rows = self.ordered(position.shard, position.epoch)
            while True:
                if len(rows) < size:
                    raise ValueError(f"a shard of {len(rows)} rows fills no batch of {size}: make fewer, larger shards")
                following = self.following(position)
                waiting: Future[Rows] = reader.submit(self.ordered, following.shard, following.epoch)
                for start in range(position.row, len(rows) - size + 1, size):
                    yield rows[start : start + size], Position(position.epoch, position.shard, start + size)
                rows, position = waiting.result(), following
