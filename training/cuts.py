"""Where a window of code is cut to be filled in: the rest of a line, a block, or any span. Character level."""

import random
import re
from dataclasses import dataclass
from enum import Enum

#: Characters and lines. What is asked of a model in an editor is no longer.
LONGEST_BLOCK, MOST_BLOCK_LINES = 1000, 20
LONGEST_SPAN = 300
_SHORTEST_LINE = 4


class Task(Enum):
    """What a model learns from an example."""

    LINE = "line"
    BLOCK = "block"
    SPAN = "span"
    FORWARD = "forward"
    EXPLAIN = "explain"


@dataclass(frozen=True)
class Cut:
    """A text in three parts, of which the middle is asked for."""

    prefix: str
    middle: str
    suffix: str


def cut_windows(text: str, shortest: int, longest: int, randomness: random.Random) -> list[str]:
    """A whole file as windows of whole lines, one after the other, each with a length drawn anew."""
    windows: list[str] = []
    window = ""
    target = randomness.randint(shortest, longest)
    for line in text.splitlines(keepends=True):
        window += line
        if len(window) >= target:
            windows.append(window)
            window, target = "", randomness.randint(shortest, longest)
    if len(window) >= shortest // 2 or not windows:
        windows.append(window)
    return windows


def cut(text: str, task: Task, randomness: random.Random) -> Cut:
    """Cuts a window for a task; where it has no place for that task, a random span."""
    found = {Task.LINE: _line, Task.BLOCK: _block}.get(task, _span)(text, randomness)
    return found or _span(text, randomness)


def _at(text: str, start: int, end: int) -> Cut:
    return Cut(text[:start], text[start:end], text[end:])


def _line(text: str, randomness: random.Random) -> Cut | None:
    """The rest of a line from its first character, or from any later one; what an editor closed by itself may stay."""
    lines = [match for match in re.finditer(r"[^\n]+", text) if len(match[0].strip()) >= _SHORTEST_LINE]
    if not lines:
        return None
    line = randomness.choice(lines)
    first = line.start() + len(line[0]) - len(line[0].lstrip())
    end = line.start() + len(line[0].rstrip())
    start = first if randomness.random() < 0.3 else randomness.randrange(first + 1, end)
    closers = re.search(r"[\])}'\"`>;,]+$", text[start:end])
    if closers and closers.start() > 0 and randomness.random() < 0.3:
        end = start + closers.start()
    return _at(text, start, end)


def _block(text: str, randomness: random.Random) -> Cut | None:
    """The deeper indented lines below a line, from its end or from the first of them."""
    lines = list(re.finditer(r"[^\n]*\n", text))
    openers = [index for index in range(len(lines) - 1) if _opens(lines[index][0], lines[index + 1][0])]
    randomness.shuffle(openers)
    for opener in openers[:6]:
        last = _last_of_block(lines, opener)
        start, end = lines[opener].end() - 1, lines[last].end() - 1
        if randomness.random() < 0.5:
            start = lines[opener + 1].start() + _indent(lines[opener + 1][0])
        if last - opener <= MOST_BLOCK_LINES and 0 < end - start <= LONGEST_BLOCK and end < len(text) - 1:
            return _at(text, start, end)
    return None


def _opens(line: str, following: str) -> bool:
    return bool(line.strip()) and bool(following.strip()) and _indent(following) > _indent(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _last_of_block(lines: list[re.Match[str]], opener: int) -> int:
    depth, last = _indent(lines[opener][0]), opener
    for index in range(opener + 1, len(lines)):
        if lines[index][0].strip() == "":
            continue
        if _indent(lines[index][0]) <= depth:
            break
        last = index
    return last


def _span(text: str, randomness: random.Random) -> Cut:
    start = randomness.randrange(max(1, len(text) - 1))
    length = 1 + int(LONGEST_SPAN * randomness.random() ** 2)
    return _at(text, start, min(len(text), start + length))
