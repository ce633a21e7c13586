"""
The byte-level BPE of a GGUF whose pre-tokeniser is `smollm`: GPT-2's pattern, every digit by itself.

Text becomes the tokens that llama.cpp makes of it; a text that spells a control token stays text.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from training.lora.base import field, open_base

_PRE = "smollm"
#: Words that are remembered: code repeats itself.
_REMEMBERED = 200_000
#: Unicode's White_Space; Python's `\\s` has four control characters more.
_SPACES = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CONTROL = 3


def _ranges(kind: str) -> str:
    """All characters of a general category (its first letter), as ranges of a character class."""
    found: list[str] = []
    start: int | None = None
    for point in range(sys.maxunicode + 2):
        is_in = point <= sys.maxunicode and unicodedata.category(chr(point)).startswith(kind)
        if is_in and start is None:
            start = point
        elif not is_in and start is not None:
            found.append(f"\\U{start:08x}-\\U{point - 1:08x}")
            start = None
    return "".join(found)


_LETTERS, _NUMBERS = _ranges("L"), _ranges("N")
_NUMBER = re.compile(f"([{_NUMBERS}])")
_WORD = re.compile(
    f"'s|'t|'re|'ve|'m|'ll|'d| ?[{_LETTERS}]+| ?[^{_SPACES}{_LETTERS}{_NUMBERS}]+"
    f"|[{_SPACES}]+(?![^{_SPACES}])|[{_SPACES}]+"
)


def _byte_signs() -> dict[int, str]:
    """GPT-2's printable sign of each byte: most stand for themselves, the others for 256 and up."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {byte: chr(byte) for byte in printable} | {byte: chr(256 + at) for at, byte in enumerate(others)}


_SIGNS = _byte_signs()
_BYTES = {sign: byte for byte, sign in _SIGNS.items()}


class BpeTokenizer:
    """Text to tokens and back."""

    def __init__(self, tokens: list[str], merges: list[str], control: Iterable[int]) -> None:
        self._texts = tokens
        self._ids = {text: number for number, text in enumerate(tokens)}
        self._ranks = {tuple(merge.split(" ")): rank for rank, merge in enumerate(merges)}
        self._control = frozenset(control)
        self._word = lru_cache(maxsize=_REMEMBERED)(self._merged)

    @classmethod
    def load(cls, path: Path) -> "BpeTokenizer":
        """The tokeniser of a GGUF. Raises `ValueError` for one with another pre-tokeniser."""
        reader = open_base(path)
        pre = field(reader, "tokenizer.ggml.pre")
        if pre != _PRE:
            raise ValueError(f"{path.name} splits text as “{pre}”: only {_PRE} is known here")
        kinds: list[int] = field(reader, "tokenizer.ggml.token_type")
        control = (number for number, kind in enumerate(kinds) if kind == _CONTROL)
        return cls(field(reader, "tokenizer.ggml.tokens"), field(reader, "tokenizer.ggml.merges"), control)

    def control(self, text: str) -> int:
        """The id of a control token by its text. Raises `KeyError` when there is none."""
        number = self._ids[text]
        if number not in self._control:
            raise KeyError(f"{text} is an ordinary token")
        return number

    def encode(self, text: str) -> list[int]:
        """The tokens of a text."""
        return [
            token for part in _NUMBER.split(text) for word in _split(part) for token in self._word(word.encode("utf-8"))
        ]

    def encode_spans(self, text: str) -> tuple[list[int], list[int]]:
        """The tokens of a text, and for each the place of its first byte in the text's UTF-8."""
        tokens = self.encode(text)
        starts: list[int] = []
        place = 0
        for token in tokens:
            starts.append(place)
            place += len(self._texts[token])
        return tokens, starts

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of tokens; of control tokens, their names."""
        data = b"".join(self._bytes_of(token) for token in tokens)
        return data.decode("utf-8", errors="replace")

    def _bytes_of(self, token: int) -> bytes:
        text = self._texts[token]
        return text.encode() if token in self._control else bytes(_BYTES[sign] for sign in text)

    def _merged(self, word: bytes) -> tuple[int, ...]:
        parts = [_SIGNS[byte] for byte in word]
        while len(parts) > 1:
            pairs = [self._ranks.get(pair, sys.maxsize) for pair in pairwise(parts)]
            best = min(pairs)
            if best == sys.maxsize:
                break
            at = pairs.index(best)
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return tuple(self._ids[part] for part in parts)


def _split(text: str) -> list[str]:
    return [text] if _NUMBER.fullmatch(text) else _WORD.findall(text)
