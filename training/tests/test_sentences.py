import pytest

from training.sentences import Graded, from_name, gate, has_same_first_word, rouge_l, samples, summary


@pytest.mark.parametrize(
    ("wanted", "answer", "expected"),
    [
        ("Returns the sum.", "Returns the sum.", 1.0),
        ("Returns the sum.", "returns THE sum", 1.0),
        ("Returns the sum.", "", 0.0),
        ("...", "Returns the sum.", 0.0),
        ("Adds a row.", "Deletes all columns.", 0.0),
        # Longest common subsequence "the cat the mat": 4 of 6 and 4 of 5 words.
        ("The cat sat on the mat.", "The cat left the mat.", 8 / 11),
        # The order counts: "b" or "a", never both.
        ("a b", "b a", 0.5),
        ("a a a a", "a", 0.4),
    ],
)
def test_rouge_l_is_the_f_measure_of_the_longest_common_subsequence(wanted: str, answer: str, expected: float) -> None:
    assert rouge_l(wanted, answer) == pytest.approx(expected)
    assert rouge_l(answer, wanted) == pytest.approx(expected)


def test_the_first_word_has_to_be_the_same_and_be_there() -> None:
    assert has_same_first_word("Return the sum.", "return: nothing")
    assert not has_same_first_word("Return the sum.", "Returns the sum.")
    assert not has_same_first_word("…", "…")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("def read_all_lines(path):\n    pass\n", "Returns the read all lines."),
        ("export class HTTPServer2 {\n}\n", "Returns the http server 2."),
        ("\tgetUserName(id: number) {\n", "Returns the get user name."),
        ("42\n", "Returns the value."),
    ],
)
def test_the_baseline_reads_the_name(code: str, sentence: str) -> None:
    assert from_name(code) == sentence


def made(probability: float, rouge: float, first: bool = False) -> Graded:
    return Graded("python", "a.py", "", "", "", probability, rouge, first)


def test_the_gate_counts_what_is_left_above_each_floor() -> None:
    steps = gate([made(0.9, 1.0, True), made(0.55, 0.5), made(0.1, 0.0)])
    assert steps[0] == {"floor": 0.0, "share": 1.0, "examples": 3, "rouge_l": 0.5, "first_word": 0.3333}
    by_floor = {step["floor"]: step for step in steps}
    assert by_floor[0.5]["examples"] == 2 and by_floor[0.5]["rouge_l"] == 0.75
    assert by_floor[0.8] == {"floor": 0.8, "share": 0.3333, "examples": 1, "rouge_l": 1.0, "first_word": 1.0}


def test_nothing_graded_is_not_an_error() -> None:
    assert summary([]) == {"examples": 0, "rouge_l": 0.0, "first_word": 0.0}
    assert samples([]) == []


def test_samples_are_the_best_and_the_rest_down_to_the_worst() -> None:
    picked = [item.rouge_l for item in samples([made(1, at / 100) for at in range(100)])]
    assert picked[:10] == [at / 100 for at in range(99, 89, -1)]
    assert picked[10:] == sorted(picked[10:], reverse=True) and picked[-1] == 0.0 and len(picked) == 20
