import pytest

from training.lora.bpe import BpeTokenizer

from ..conftest import NASTY


def pieces(bpe: BpeTokenizer, text: str) -> list[str]:
    return [bpe.decode([token]) for token in bpe.encode(text)]


@pytest.mark.parametrize("text", NASTY)
def test_every_text_comes_back(text: str, bpe: BpeTokenizer) -> None:
    assert bpe.decode(bpe.encode(text)) == text


def test_white_space_leaves_its_last_space_to_the_word_behind_it(bpe: BpeTokenizer) -> None:
    assert pieces(bpe, "if:\n    return  x") == ["if", ":", "\n   ", " return", " ", " x"]


def test_each_digit_is_a_token_and_takes_no_space(bpe: BpeTokenizer) -> None:
    assert pieces(bpe, "x = 12") == ["x", " =", " ", "1", "2"]


def test_the_earliest_merge_comes_first(bpe: BpeTokenizer) -> None:
    assert pieces(bpe, "retur") == ["retur"]
    assert pieces(bpe, "eret") == ["e", "ret"]


def test_a_text_that_spells_a_control_token_stays_text(bpe: BpeTokenizer) -> None:
    assert bpe.control("<end>") not in bpe.encode("<end>")
    with pytest.raises(KeyError, match="ordinary"):
        bpe.control("return")


def test_places_are_those_of_bytes(bpe: BpeTokenizer) -> None:
    tokens, starts = bpe.encode_spans("é return")
    assert [bpe.decode([token]) for token in tokens][-1] == " return"
    assert starts[-1] == len("é".encode())
