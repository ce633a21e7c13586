import pytest

from training.lora.measure import add_up, evenly, summary
from training.lora.natural import TokenExample


def example(task: str, language: str, has_end: bool) -> TokenExample:
    return TokenExample(task, language, (1, 2, 3, 4), 0, 1, has_end)


def test_the_end_is_counted_apart_and_only_middles_are_in_the_middle() -> None:
    scores = [
        add_up(example("line", "python", True), [1.0, 2.0, 9.0]),
        add_up(example("span", "rust", True), [3.0, 3.0, 1.0]),
        add_up(example("plain", "python", False), [5.0, 5.0, 5.0]),
    ]
    found = summary(scores)
    assert found["middle"] == {"examples": 2, "tokens": 4, "nats_per_token": 2.25, "nats_of_end": 5.0}
    assert found["middle/rust"]["nats_per_token"] == pytest.approx(3.0)
    assert found["plain"] == {"examples": 1, "tokens": 3, "nats_per_token": 5.0}


def test_some_are_taken_evenly_from_all() -> None:
    examples = [TokenExample(f"{number}", "python", (1,), 0, 0, False) for number in range(10)]
    assert [example.task for example in evenly(examples, 4)] == ["0", "2", "5", "7"]
    assert evenly(examples, 99) == examples
