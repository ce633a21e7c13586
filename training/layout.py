"""
The prompt, token for token as `src/core/prompt/layout.ts` lays it out for the family `sotto`, and for others whose
order a model can be trained in to measure with (where the text fits, and from the cursor: the product's anchor is for
typing). `tests/golden/layout.json` holds both to the same answers. Limits are in tokens and must not drift from that
file.
"""

import re
from dataclasses import dataclass
from enum import Enum

from training import vocabulary as ids
from training.tokenizer import Tokenizer

MOST_SUFFIX = 256
SUFFIX_SHARE = 0.25
PIECES_SHARE = 0.3
LEAST_PIECE = 16
LONGEST_PATH = 120
CHARACTERS_PER_TOKEN = 12
FRESH_SHARE = 0.75


class Order(Enum):
    """How the texts around the cursor follow each other. The last two end with a middle token."""

    SUFFIX_FIRST = "suffix-first"
    PREFIX_SUFFIX_MIDDLE = "prefix-suffix-middle"
    SUFFIX_PREFIX_MIDDLE = "suffix-prefix-middle"


#: Families of `src/core/prompt/fim/families.ts`: their order, and how they mark a file where that is plain text inside
#: the text before the cursor; where it is a token, that stands in front. A recipe's `families` names them.
FAMILIES: dict[str, tuple[Order, str | None]] = {
    "sotto": (Order.SUFFIX_FIRST, None),
    "qwen2.5-coder": (Order.PREFIX_SUFFIX_MIDDLE, None),
    "deepseek-coder": (Order.PREFIX_SUFFIX_MIDDLE, "#"),
    "mellum": (Order.SUFFIX_PREFIX_MIDDLE, None),
}

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


def completion_prompt(tokenizer: Tokenizer, cursor: Cursor, budget: int, family: str = "sotto") -> list[int]:
    """
    BOS, pieces, current path, SUF, text after the cursor, PRE, text before it; the answer follows directly. Other
    families have their own order, and a middle token at the end.
    """
    order, mark = FAMILIES[family]
    header = _file_header(tokenizer, cursor.path, mark)
    context = _pieces(tokenizer, cursor.pieces, int(budget * PIECES_SHARE), mark)
    suffix = window_after(tokenizer, cursor.suffix, min(MOST_SUFFIX, int(budget * SUFFIX_SHARE)))
    middle = [] if order is Order.SUFFIX_FIRST else [ids.MIDDLE]
    fixed = 3 + len(middle) + len(header) + len(context) + len(suffix)
    prefix = window_before(tokenizer, cursor.prefix, max(0, budget - fixed))
    files = [*context, *header]
    front, inside = (files, []) if mark is None else ([], files)
    before, after = [ids.FIM_PREFIX, *inside, *prefix], [ids.FIM_SUFFIX, *suffix]
    body = [*before, *after] if order is Order.PREFIX_SUFFIX_MIDDLE else [*after, *before]
    return [ids.BOS, *front, *body, *middle]


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


def _pieces(tokenizer: Tokenizer, pieces: tuple[Piece, ...], budget: int, mark: str | None) -> list[int]:
    tokens: list[int] = []
    for piece in pieces:
        header = _file_header(tokenizer, piece.path, mark)
        left = budget - len(tokens) - len(header)
        if left < LEAST_PIECE:
            break
        text = piece.text if piece.text.endswith("\n") else f"{piece.text}\n"
        tokens += [*header, *window_after(tokenizer, text, left)]
    return tokens


def _file_header(tokenizer: Tokenizer, path: str, mark: str | None = None) -> list[int]:
    line = path.replace("\n", " ")[-LONGEST_PATH:] + "\n"
    if mark is not None:
        return tokenizer.encode(mark + line)
    return [ids.FILE_SEPARATOR, *tokenizer.encode(line)]
