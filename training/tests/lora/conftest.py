"""A byte-level vocabulary that is small: all bytes, a few merges, and the control tokens that a prompt needs."""

import pytest

from training.lora.bpe import _SIGNS, BpeTokenizer
from training.lora.natural import Layout
from training.lora.recipe import Marks

CONTROL = ("<end>", "<file>", "<suffix>", "<prefix>")
MERGES = (
    "r e", "re t", "ret u", "retu r", "retur n", "Ġ return", "Ġ Ġ", "ĠĠ ĠĠ", "ĠĠ Ġ", "Ċ ĠĠĠ",
    "d e", "de f", "Ġ x", "i f", "Ġ =",
)  # fmt: skip
MARKS = Marks(file="<file>", suffix="<suffix>", prefix="<prefix>", end="<end>")


def vocabulary() -> list[str]:
    """Control tokens, bytes, and what the merges make."""
    return [*CONTROL, *_SIGNS.values(), *(merge.replace(" ", "") for merge in MERGES)]


@pytest.fixture(scope="session")
def bpe() -> BpeTokenizer:
    return BpeTokenizer(vocabulary(), list(MERGES), range(len(CONTROL)))


@pytest.fixture(scope="session")
def layout(bpe: BpeTokenizer) -> Layout:
    return Layout(bpe, MARKS, 96)
