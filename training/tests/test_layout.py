import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from training import vocabulary as ids
from training.layout import Cursor, Piece, completion_prompt, explanation_prompt, split_at_lines
from training.tokenizer import SentencePieceTokenizer

GOLDEN = Path(__file__).parent / "golden" / "layout.json"
ROOT = Path(__file__).parents[2]


class Characters:
    """A token for each character, as the script that made the golden file has it."""

    def encode(self, text: str) -> list[int]:
        return [100 + ord(character) for character in text]

    def encode_all(self, texts: Sequence[str]) -> list[list[int]]:
        return [self.encode(text) for text in texts]


@pytest.mark.parametrize("number", range(7))
def test_lays_out_as_the_product_does(number: int) -> None:
    case = json.loads(GOLDEN.read_text())["cases"][number]
    pieces = tuple(Piece(**piece) for piece in case["pieces"])
    cursor = Cursor(case["path"], case["prefix"], case["suffix"], pieces)
    assert completion_prompt(Characters(), cursor, case["budget"]) == case["tokens"]


@pytest.mark.parametrize("number", range(6))
def test_lays_out_in_the_order_of_other_families(number: int) -> None:
    case = json.loads(GOLDEN.read_text())["families"][number]
    pieces = tuple(Piece(**piece) for piece in case["pieces"])
    cursor = Cursor(case["path"], case["prefix"], case["suffix"], pieces)
    assert completion_prompt(Characters(), cursor, case["budget"], case["family"]) == case["tokens"]


@pytest.mark.parametrize("number", range(3))
def test_asks_for_an_explanation_as_the_product_does(number: int) -> None:
    case = json.loads(GOLDEN.read_text())["explanations"][number]
    assert explanation_prompt(Characters(), case["path"], case["code"], case["budget"]) == case["tokens"]


@pytest.mark.skipif(
    not (ROOT / "node_modules" / "tsx").exists() or shutil.which("node") is None, reason="needs the product's own tools"
)
def test_the_golden_file_is_what_the_product_does_today() -> None:
    script = "training/tests/golden/layout.mts"
    done = subprocess.run(["node", "--import=tsx", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == json.loads(GOLDEN.read_text())


def test_an_explanation_is_asked_with_its_own_tokens(tokenizer: SentencePieceTokenizer) -> None:
    tokens = explanation_prompt(tokenizer, "a.py", "def f():\n    return 1\n", 200)
    assert (tokens[0], tokens[1], tokens[-1]) == (ids.BOS, ids.FILE_SEPARATOR, ids.ANSWER)
    assert tokenizer.decode(tokens) == "a.py\ndef f():\n    return 1\n"


def test_code_that_is_too_long_is_cut_at_a_line(tokenizer: SentencePieceTokenizer) -> None:
    tokens = explanation_prompt(tokenizer, "a.py", "x = 1\n" * 100, 40)
    assert len(tokens) <= 40 and tokenizer.decode(tokens).endswith("x = 1\n")


@pytest.mark.parametrize("text", ["", "a", "a\n", "\n\na\n\n\n  b\n\t\n", "a\r\nb"])
def test_split_lines_join_to_the_text(text: str) -> None:
    assert "".join(split_at_lines(text)) == text
