import random
from collections import Counter

from training.lora.middles import LINES, draw_middle, whole_lines
from training.lora.recipe import Mix

TEXT = (
    "def f(a):\n    if a:\n        return a + 1\n\n    total = a * 2\n    return total\n\n\n"
    "def g(b):\n    return f(b)\n"
)


def cuts(count: int) -> list[tuple[str, str, str]]:
    found = (whole_lines(TEXT, random.Random(seed)) for seed in range(count))
    return [(cut.prefix, cut.middle, cut.suffix) for cut in found if cut is not None]


def test_whole_lines_end_in_front_of_a_line_end_and_start_no_later_than_their_first_character() -> None:
    for prefix, middle, suffix in cuts(200):
        assert prefix + middle + suffix == TEXT
        assert suffix.startswith("\n") and not middle[-1].isspace()
        assert middle.startswith("\n") or prefix.rpartition("\n")[2].strip(" ") == ""


def test_they_start_before_the_line_end_in_the_first_column_inside_and_behind_the_indentation() -> None:
    kinds = Counter(
        "before"
        if middle.startswith("\n")
        else "column"
        if prefix.endswith("\n") and middle.startswith(" ")
        else "inside"
        if middle.startswith(" ")
        else "behind"
        for prefix, middle, _ in cuts(400)
    )
    assert all(kinds[kind] > 20 for kind in ("before", "column", "inside", "behind"))


def test_a_text_of_one_line_has_no_whole_lines() -> None:
    assert whole_lines("x = 1\n", random.Random(1)) is None


def test_half_of_the_middles_are_whole_lines() -> None:
    tasks = Counter(draw_middle(TEXT, Mix(), random.Random(seed))[0] for seed in range(1000))
    assert 450 < tasks[LINES] < 560
    assert min(tasks[name] for name in ("line", "block", "span")) > 50
