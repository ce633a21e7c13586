"""Examples in the order of a pass, from a given place on."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.lora.natural import TokenExample
from training.lora.shard import HELD_OUT, INDEX, TRAIN
from training.storage import read_json, read_lines


@dataclass(frozen=True)
class Place:
    """The next example: the pass over the data, and how many of it are done."""

    epoch: int = 0
    example: int = 0


def read_examples(path: Path) -> list[TokenExample]:
    """What `shard` wrote."""
    return [TokenExample(**{**record, "tokens": tuple(record["tokens"])}) for record in read_lines(path)]


class Dataset:
    """A folder that `shard` wrote, in memory."""

    def __init__(self, folder: Path, seed: int) -> None:
        files = {file["name"]: file for file in read_json(folder / INDEX)["files"]}
        #: Digest of the text of the examples that are trained on.
        self.sha256: str = files[TRAIN]["text_sha256"]
        self.train = read_examples(folder / TRAIN)
        self.held_out = read_examples(folder / HELD_OUT)
        self._seed = seed

    def steps(self, place: Place, tokens: int) -> Iterator[tuple[list[TokenExample], Place]]:
        """Without end: examples that have so many tokens between them, or a few more, and the place behind them."""
        taken: list[TokenExample] = []
        while True:
            order = np.random.default_rng([self._seed, place.epoch]).permutation(len(self.train))
            for at in range(place.example, len(order)):
                taken.append(self.train[order[at]])
                if sum(len(example.tokens) for example in taken) >= tokens:
                    yield taken, Place(place.epoch, at + 1)
                    taken = []
            place = Place(place.epoch + 1)
