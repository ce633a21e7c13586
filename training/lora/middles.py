"""Which part of a window is asked for. Half of the cuts stand in front of indentation or inside it."""

import random
import re

from training.cuts import Cut, Task, cut
from training.lora.recipe import Mix

#: What an answer can be, besides `cuts.Task`: whole lines.
LINES = "lines"
_MOST_LINES = 8
_MOST_CHARACTERS = 500


def draw_middle(text: str, mix: Mix, randomness: random.Random) -> tuple[str, Cut]:
    """Name of the task, and the window in three parts."""
    draw = randomness.random()
    if draw < mix.lines_share:
        found = whole_lines(text, randomness)
        if found is not None:
            return LINES, found
    draw -= mix.lines_share
    task = Task.LINE if draw < mix.line_share else Task.BLOCK if draw < mix.line_share + mix.block_share else Task.SPAN
    return task.value, cut(text, task, randomness)


def whole_lines(text: str, randomness: random.Random) -> Cut | None:
    """
    One to eight lines, more often few. They start behind the last character of the line before, at a line's first
    column, inside its indentation, or behind it; they end in front of a line end.
    """
    lines = list(re.finditer(r"[^\n]+", text))
    written = [at for at, line in enumerate(lines) if line[0].strip() and line.start() > 0]
    if not written:
        return None
    first = randomness.choice(written)
    last = first
    for _ in range(min(_MOST_LINES - 1, int(randomness.expovariate(0.7)))):
        following = last + 1
        if following == len(lines) or lines[following].end() - lines[first].start() > _MOST_CHARACTERS:
            break
        last = following
    line = lines[first]
    indent = len(line[0]) - len(line[0].lstrip(" \t"))
    place = randomness.choice((line.start() - 1, line.start(), line.start() + randomness.randint(0, indent)))
    end = lines[last].start() + len(lines[last][0].rstrip())
    return Cut(text[:place], text[place:end], text[end:]) if end > place else None
