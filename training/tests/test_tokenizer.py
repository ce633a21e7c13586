import re
from dataclasses import replace
from pathlib import Path

import pytest

from training import vocabulary as ids
from training.collect import SourceFile
from training.recipe import load_recipe
from training.tokenizer import SentencePieceTokenizer, _chunks, sample, tokenizer_path

from .conftest import MIX, NASTY

#: How llama.cpp recognises a middle token by its text.
MIDDLE_NAMES = ("<|fim_middle|>", "<fim-middle>", "<fim_middle>", "<｜fim▁end｜>", "▁<MID>", "<MID>", "<|code_middle|>")


@pytest.mark.parametrize("text", NASTY)
def test_comes_back_the_same(tokenizer: SentencePieceTokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text)) == text


def test_text_never_becomes_a_control_token(tokenizer: SentencePieceTokenizer) -> None:
    for text in (*ids.CONTROL_SYMBOLS, "<s>", "</s>", "<unk>", *NASTY):
        assert not any(token <= ids.REPOSITORY for token in tokenizer.encode(text)), text


def test_control_tokens_have_the_ids_that_the_product_knows(tokenizer: SentencePieceTokenizer) -> None:
    pieces = [tokenizer.processor.id_to_piece(token) for token in range(9)]
    assert pieces == ["<unk>", "<s>", "</s>", *ids.CONTROL_SYMBOLS]
    assert (ids.FIM_PREFIX, ids.FIM_SUFFIX, ids.FILE_SEPARATOR, ids.REPOSITORY) == (3, 4, 7, 8)


def test_no_piece_is_named_like_a_middle_token(tokenizer: SentencePieceTokenizer) -> None:
    pieces = {tokenizer.processor.id_to_piece(token) for token in range(tokenizer.size)}
    assert pieces.isdisjoint(MIDDLE_NAMES)


def test_a_line_break_and_an_indentation_are_tokens_of_their_own(tokenizer: SentencePieceTokenizer) -> None:
    pieces = [tokenizer.decode([token]) for token in tokenizer.encode("if x:\n        return\n\n\t\ty")]
    assert "        " in pieces and "\t\t" in pieces
    assert all(re.fullmatch(r"\n+", piece) for piece in pieces if "\n" in piece)


def test_lines_have_the_same_tokens_alone_and_together(tokenizer: SentencePieceTokenizer) -> None:
    lines = ["def a(b):\n", "    return b\n\n", "\tx = 1\n"]
    together = tokenizer.encode("".join(lines))
    assert [token for part in tokenizer.encode_all(lines) for token in part] == together


def test_digits_stand_alone(tokenizer: SentencePieceTokenizer) -> None:
    assert [tokenizer.decode([token]) for token in tokenizer.encode("2048")] == ["2", "0", "4", "8"]


def test_cuts_long_input_at_lines() -> None:
    text = "".join(f"{'x' * 100}{number}\n" for number in range(100))
    chunks = list(_chunks(text))
    assert "".join(chunks) == text
    assert len(chunks) > 2 and all(chunk.endswith("\n") and len(chunk) <= 4000 for chunk in chunks)


def test_weights_decide_how_much_of_each_language_is_seen(packages: list[list[SourceFile]]) -> None:
    def seen(weights: dict[str, float]) -> dict[str, int]:
        text = "".join(sample(packages, replace(MIX, tokenizer_characters=4000, tokenizer_weights=weights), 1))
        return {language: text.count(sign) for language, sign in (("python", "def "), ("typescript", "export "))}

    even, tilted = seen({}), seen({"python": 3})
    assert tilted["python"] > even["python"] and tilted["typescript"] < even["typescript"]
    assert seen({"python": 0})["python"] == 0


def test_recipes_of_one_vocabulary_share_a_tokeniser() -> None:
    assert tokenizer_path(Path("d"), load_recipe("mini-cpu")).name == "8192.model"
    assert tokenizer_path(Path("d"), load_recipe("mini")).name == "16384.model"
