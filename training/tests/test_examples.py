import dataclasses
import random

import pytest

from training import vocabulary as ids
from training.collect import SourceFile
from training.cuts import Task
from training.examples import Example, examples_of, tokens_of
from training.layout import FAMILIES, Piece
from training.neighbours import pick_pieces
from training.tokenizer import SentencePieceTokenizer

from .conftest import MIX, SHAPE, package

FILES = package(1)


def test_the_seed_decides_everything() -> None:
    first, again, other = (list(examples_of(FILES[0], FILES, MIX, seed)) for seed in ("a", "a", "b"))
    assert first == again != other


def test_all_tasks_come_up_in_their_shares() -> None:
    found = [
        example.task for file in FILES for seed in range(40) for example in examples_of(file, FILES, MIX, f"{seed}")
    ]
    windows = [task for task in found if task != "explain"]
    assert {task.value for task in Task} == set(found)
    assert windows.count("forward") / len(windows) == pytest.approx(1 - MIX.fim_share, abs=0.05)
    assert windows.count("line") / len(windows) == pytest.approx(MIX.fim_share * MIX.line_share, abs=0.05)


def test_pieces_are_of_other_files_of_the_same_language() -> None:
    found = [
        (file, example) for file in FILES for seed in range(20) for example in examples_of(file, FILES, MIX, f"{seed}")
    ]
    with_pieces = [(file, example) for file, example in found if example.pieces]
    assert len(with_pieces) > 20
    for file, example in with_pieces:
        for piece in example.pieces:
            assert piece.path != file.path and piece.path.endswith(file.path[-3:])


def test_a_package_of_one_file_has_no_pieces() -> None:
    assert pick_pieces([FILES[0]], FILES[0], FILES[0].text, random.Random(1)) == ()


def test_the_most_alike_piece_comes_first() -> None:
    files = [SourceFile(f"{name}.py", "python", f"alpha beta {name} gamma\n" * 9) for name in ("one", "two")]
    own = SourceFile("own.py", "python", "x")
    pieces = pick_pieces([*files, own], own, "alpha beta gamma two", random.Random(3))
    assert pieces[0].path == "two.py"


def example(task: str, **changes: object) -> Example:
    basis = Example(
        task, "python", "a.py", "def f(a):\n    return ", "\n\nf(1)\n", (Piece("b.py", "g = f\n"),), "a + 1"
    )
    return dataclasses.replace(basis, **changes)  # type: ignore[arg-type]


def test_the_answer_follows_the_text_before_the_cursor_and_ends(tokenizer: SentencePieceTokenizer) -> None:
    tokens, start = tokens_of(tokenizer, example("line"), 97)
    assert tokens[-1] == ids.EOS
    assert tokenizer.decode(tokens[start:-1]) == "a + 1"
    assert tokens.index(ids.FIM_SUFFIX) < tokens.index(ids.FIM_PREFIX) < start
    assert tokenizer.decode(tokens[tokens.index(ids.FIM_PREFIX) : start]) == "def f(a):\n    return "


def test_a_forward_window_does_not_teach_to_stop(tokenizer: SentencePieceTokenizer) -> None:
    tokens, start = tokens_of(tokenizer, example("forward", prefix="", suffix="", pieces=()), 97)
    assert ids.EOS not in tokens
    assert tokens[start - 2 : start] == [ids.FIM_SUFFIX, ids.FIM_PREFIX]


@pytest.mark.parametrize("family", [family for family in FAMILIES if family != "sotto"])
def test_in_another_order_the_answer_follows_a_middle_token(family: str, tokenizer: SentencePieceTokenizer) -> None:
    tokens, start = tokens_of(tokenizer, example("line", family=family), 97)
    assert tokens[start - 1] == ids.MIDDLE
    assert tokenizer.decode(tokens[start:-1]) == "a + 1"


def test_orders_come_up_by_their_weights() -> None:
    mix = dataclasses.replace(MIX, families={"qwen2.5-coder": 3, "mellum": 1}, fim_share=1, most_explanations=0)
    found = [example for seed in range(80) for example in examples_of(FILES[0], FILES, mix, f"{seed}")]
    share = sum(example.family == "mellum" for example in found) / len(found)
    assert share == pytest.approx(0.25, abs=0.06)
    assert {example.family for example in examples_of(FILES[0], FILES, MIX, "a")} == {"sotto"}


@pytest.mark.parametrize("task", [task.value for task in Task])
def test_nothing_is_longer_than_a_row(task: str, tokenizer: SentencePieceTokenizer) -> None:
    long = example(task, prefix="abc = 1\n" * 200, suffix="\nabc = 2" * 200, answer="xyz = 3\n" * 200)
    tokens, start = tokens_of(tokenizer, long, SHAPE.context + 1)
    assert len(tokens) <= SHAPE.context + 1
    assert start < len(tokens)
