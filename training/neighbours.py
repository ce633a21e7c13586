"""Pieces of other files of the same package, chosen as the editor does: by words in common with the current text."""

import random
import re
from functools import lru_cache

from training.collect import SourceFile
from training.layout import Piece

#: As in `src/core/context/pieceIndex.ts`.
_LINES = 30
_LONGEST = 2400
#: How many files are looked at for one cursor; an editor has about so many open.
_CANDIDATES = 12
_MOST_PIECES = 3
_LEAST_SCORE = 0.08

_WORD = re.compile(r"[A-Za-z_$][\w$]{2,}")


@lru_cache(maxsize=20_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


def pick_pieces(package: list[SourceFile], own: SourceFile, text: str, randomness: random.Random) -> tuple[Piece, ...]:
    """Up to three pieces, the most alike first; none when nothing in the package is like the text."""
    others = [file for file in package if file.language == own.language and file.path != own.path]
    wanted = _words(text)
    scored: list[tuple[float, Piece]] = []
    for file in randomness.sample(others, min(_CANDIDATES, len(others))):
        piece = Piece(file.path, _some_lines(file.text, randomness))
        words = _words(piece.text)
        score = len(words & wanted) / max(1, len(words | wanted))
        if score >= _LEAST_SCORE and len(piece.text) <= _LONGEST:
            scored.append((score, piece))
    scored.sort(key=lambda pair: -pair[0])
    return tuple(piece for _, piece in scored[: randomness.randint(1, _MOST_PIECES)])


def _some_lines(text: str, randomness: random.Random) -> str:
    lines = text.split("\n")
    steps = max(1, (len(lines) - _LINES // 2) // (_LINES // 2))
    start = randomness.randrange(steps) * (_LINES // 2)
    return "\n".join(lines[start : start + _LINES]).strip("\n")
