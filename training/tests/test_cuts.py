import random

import pytest

from training.cuts import LONGEST_BLOCK, Task, cut, cut_windows

from .conftest import source_file

TEXTS = [source_file(number, language, 3).text for number, language in enumerate(("python", "typescript"))]
CODE = "def first(a):\n    b = a\n    if b:\n        return [b]\n    return a\n\nlast = first(2)\n"


@pytest.mark.parametrize("task", [Task.LINE, Task.BLOCK, Task.SPAN])
def test_the_parts_are_the_text_and_the_middle_is_something(task: Task) -> None:
    for seed in range(200):
        text = TEXTS[seed % 2]
        parts = cut(text, task, random.Random(seed))
        assert parts.prefix + parts.middle + parts.suffix == text
        assert parts.middle


def test_a_line_is_cut_inside_one_line() -> None:
    for seed in range(300):
        parts = cut(CODE, Task.LINE, random.Random(seed))
        assert "\n" not in parts.middle
        rest = parts.suffix.split("\n")[0]
        # What stays behind the cursor is what an editor closes by itself.
        assert rest.strip("])}'\"`>;, ") == ""


def test_a_block_ends_where_the_indentation_does() -> None:
    blocks = {cut(CODE, Task.BLOCK, random.Random(seed)).middle for seed in range(60)}
    assert blocks == {
        "\n    b = a\n    if b:\n        return [b]\n    return a",
        "b = a\n    if b:\n        return [b]\n    return a",
        "\n        return [b]",
        "return [b]",
    }


def test_a_long_block_is_not_asked_for() -> None:
    text = "def a():\n" + "    x = 1\n" * 400 + "y = 2\n"
    assert all(len(cut(text, Task.BLOCK, random.Random(seed)).middle) <= LONGEST_BLOCK for seed in range(20))


@pytest.mark.parametrize("text", ["x", "\n", "  \n", "ab"])
@pytest.mark.parametrize("task", [Task.LINE, Task.BLOCK, Task.SPAN])
def test_hardly_any_text_is_cut_without_harm(text: str, task: Task) -> None:
    parts = cut(text, task, random.Random(1))
    assert parts.prefix + parts.middle + parts.suffix == text


def test_windows_are_whole_lines_in_order() -> None:
    text = TEXTS[0]
    windows = cut_windows(text, 100, 300, random.Random(5))
    assert text.startswith("".join(windows)) and len(windows) > 3
    assert all(window.endswith("\n") and len(window) < 400 for window in windows)


def test_a_short_file_is_one_window() -> None:
    assert cut_windows("a\nb\n", 100, 300, random.Random(5)) == ["a\nb\n"]
