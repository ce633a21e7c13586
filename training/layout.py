"""
The prompt, token for token as `src/core/prompt/layout.ts` lays it out for the family `sotto`;
`tests/golden/layout.json` holds both to the same answers. Limits are in tokens and must not drift from that file.
"""

import re
from dataclasses import dataclass

from training import vocabulary as ids
from training.tokenizer import Tokenizer

MOST_SUFFIX = 256
SUFFIX_SHARE = 0.25
PIECES_SHARE = 0.3
LEAST_PIECE = 16
LONGEST_PATH = 120
MOST_PATH = 40
CHARACTERS_PER_TOKEN = 12
FRESH_SHARE = 0.75

_LINE_STARTS = re.compile(r"(?<=\n)(?=[^\S\n]*\S)")


@dataclass(frozen=True)
class Piece:
    """Some lines of another file."""

    path: str
    text: str


@dataclass(frozen=True)
class Cursor:
    """What is known at the cursor."""

    path: str
    prefix: str
    suffix: str
    pieces: tuple[Piece, ...] = ()


def completion_prompt(tokenizer: Tokenizer, cursor: Cursor, budget: int) -> list[int]:
    """BOS, pieces, current path, SUF, text after the cursor, PRE, text before it; the answer follows directly."""
    header = _file_header(tokenizer, cursor.path)
    context = _pieces(tokenizer, cursor.pieces, int(budget * PIECES_SHARE))
    suffix = window_after(tokenizer, cursor.suffix, min(MOST_SUFFIX, int(budget * SUFFIX_SHARE)))
    fixed = 3 + len(header) + len(context) + len(suffix)
    prefix = window_before(tokenizer, cursor.prefix, max(0, budget - fixed))
    return [ids.BOS, *context, *header, ids.FIM_SUFFIX, *suffix, ids.FIM_PREFIX, *prefix]


def explanation_prompt(tokenizer: Tokenizer, path: str, code: str, budget: int) -> list[int]:
    """BOS, path, EXPLAIN, as many lines of the code as fit, ANSWER; one sentence and EOS follow."""
    header = _file_header(tokenizer, path)
    lines = window_after(tokenizer, code, max(0, budget - len(header) - 3))
    return [ids.BOS, *header, ids.EXPLAIN, *lines, ids.ANSWER]


def window_after(tokenizer: Tokenizer, text: str, budget: int) -> list[int]:
    """The start of a text: whole lines while they fit; of a first line that does not fit, its start."""
    tokens: list[int] = []
    for part in tokenizer.encode_all(split_at_lines(text[: max(0, budget) * CHARACTERS_PER_TOKEN])):
        if len(tokens) + len(part) > budget:
            return tokens or part[:budget]
        tokens += part
    return tokens


def window_before(tokenizer: Tokenizer, text: str, budget: int) -> list[int]:
    """The whole text where it fits, else its last lines, with room left to type into, as in a freshly opened editor."""
    tail = text[max(0, len(text) - budget * CHARACTERS_PER_TOKEN) :]
    is_whole = len(tail) == len(text)
    parts = tokenizer.encode_all(split_at_lines(tail))
    if is_whole and sum(map(len, parts)) <= budget:
        return [token for part in parts for token in part]
    left = int(budget * FRESH_SHARE)
    taken: list[list[int]] = []
    for part in reversed(parts if is_whole else parts[1:]):
        if len(part) > left:
            break
        left -= len(part)
        taken.append(part)
    return [token for part in reversed(taken) for token in part]


def split_at_lines(text: str) -> list[str]:
    """Splits in front of each line that has something on it. Joined, the parts are the text again."""
    return _LINE_STARTS.split(text) if text else []


def _pieces(tokenizer: Tokenizer, pieces: tuple[Piece, ...], budget: int) -> list[int]:
    tokens: list[int] = []
    for piece in pieces:
        header = _file_header(tokenizer, piece.path)
        left = budget - len(tokens) - len(header)
        if left < LEAST_PIECE:
            break
        text = piece.text if piece.text.endswith("\n") else f"{piece.text}\n"
        tokens += [*header, *window_after(tokenizer, text, left)]
    return tokens


def _file_header(tokenizer: Tokenizer, path: str) -> list[int]:
    line = path.replace("\n", " ")[-LONGEST_PATH:] + "\n"
    return [ids.FILE_SEPARATOR, *tokenizer.encode(line)[-MOST_PATH:]]
