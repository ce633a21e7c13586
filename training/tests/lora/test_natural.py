import dataclasses

import pytest

from training.examples import Example
from training.layout import Piece
from training.lora.bpe import BpeTokenizer
from training.lora.natural import Layout, TokenExample
from training.lora.recipe import TokenWeights

BASIS = Example(
    "lines", "python", "a.py", "if x:\n  ", "\n\nx = f\n", (Piece("b.py", "y = x = 1\n" * 3),), "  return x"
)


def changed(**changes: object) -> Example:
    return dataclasses.replace(BASIS, **changes)  # type: ignore[arg-type]


def test_the_prompt_has_other_files_the_path_the_suffix_and_the_prefix(layout: Layout, bpe: BpeTokenizer) -> None:
    found = layout.tokens_of(BASIS)
    assert bpe.decode(found.tokens[: found.text]) == (
        "<file>b.py\ny = x = 1\ny = x = 1\ny = x = 1\n<file>a.py\n<suffix>\n\nx = f\n<prefix>"
    )
    assert bpe.decode(found.tokens[found.text :]) == "if x:\n    return x<end>"


def test_a_cut_inside_a_token_leaves_the_whole_token_to_the_answer(layout: Layout, bpe: BpeTokenizer) -> None:
    found = layout.tokens_of(BASIS)
    natural = bpe.encode("if x:\n    return x")
    assert list(found.tokens[found.text : -1]) == natural
    assert bpe.decode(found.tokens[found.answer :]) == "\n    return x<end>"


def test_a_cut_between_tokens_leaves_none(layout: Layout, bpe: BpeTokenizer) -> None:
    found = layout.tokens_of(changed(prefix="if x:", answer="\n    return x"))
    assert bpe.decode(found.tokens[found.text : found.answer]) == "if x:"


def test_plain_text_stands_alone_and_has_no_end(layout: Layout, bpe: BpeTokenizer) -> None:
    found = layout.tokens_of(changed(task="plain", prefix="", suffix="", pieces=(), answer="def f:\n    return x\n"))
    assert list(found.tokens) == bpe.encode("def f:\n    return x\n")
    assert (found.text, found.answer, found.has_end) == (0, 0, False)


def test_a_sentence_follows_its_code_without_marks(layout: Layout, bpe: BpeTokenizer) -> None:
    found = layout.tokens_of(changed(task="explain", prefix="x = 1\n\n# The x above", suffix="", answer=" is one."))
    assert bpe.decode(found.tokens) == "x = 1\n\n# The x above is one.<end>"
    assert bpe.decode(found.tokens[found.answer :]) == " is one.<end>"


@pytest.mark.parametrize("task", ["plain", "forward", "lines", "explain"])
def test_no_example_is_longer_than_it_may_be(task: str, layout: Layout) -> None:
    long = changed(task=task, prefix="abc = 1\n" * 50, suffix="xyz = 3\n" * 50, answer="uvw = 4\n" * 50)
    found = layout.tokens_of(long)
    assert len(found.tokens) <= 96 and not found.has_end


def test_of_a_long_text_the_end_before_the_cursor_is_kept(layout: Layout, bpe: BpeTokenizer) -> None:
    found = layout.tokens_of(changed(prefix="abc = 1\n" * 50 + "if x:", pieces=(), answer="\n    return x"))
    assert len(found.tokens) == 96 and found.has_end
    assert bpe.decode(found.tokens[found.answer - 5 :]) == "1\nif x:\n    return x<end>"


def test_a_suffix_ends_in_front_of_a_line_end(layout: Layout, bpe: BpeTokenizer) -> None:
    found = layout.tokens_of(changed(suffix="\nabc = 1" * 40, pieces=()))
    suffix = bpe.decode(found.tokens[: found.text]).partition("<suffix>")[2].removesuffix("<prefix>")
    assert suffix == "\nabc = 1" * 3


def test_weights_are_by_place() -> None:
    example = TokenExample("line", "python", (9, 8, 7, 6, 5, 4), text=2, answer=3, has_end=True)
    weights = TokenWeights(answer=1, prefix=0.5, suffix=0.1, end=3)
    assert example.weights(weights) == [0, 0.1, 0.5, 1, 1, 3]
    assert dataclasses.replace(example, text=0, answer=0, has_end=False).weights(weights) == [0, 1, 1, 1, 1, 1]
