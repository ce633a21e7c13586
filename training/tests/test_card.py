from dataclasses import asdict
from typing import Any

import pytest

from training.card import Findings, make_card
from training.collect import Entry
from training.curve import Point

from .conftest import SHAPE

MODEL: dict[str, Any] = {
    "name": "sotto-tiny",
    "file": "a.gguf",
    "type": "Q8_0",
    "bytes": 1_234_567,
    "sha256": "ab" * 32,
    "shape": asdict(SHAPE),
    "tokenizer_sha256": "cd" * 32,
    "shards_sha256": ["ef" * 32, "01" * 32],
    "recipe": "tiny",
    "seed": 7,
    "torch": "2.0",
    "progress": {"step": 9, "tokens": 1_500_000, "seconds": 600},
}
SCORE = {"examples": 8, "tokens": 80, "nats_per_token": 2.0, "bits_per_character": 1.234, "exact": 0.25}


def entry(name: str, licence: str, held_out: bool, files: int = 3) -> Entry:
    return Entry("npm", name, "1.0.0", licence, held_out, files, 2_000_000, "0" * 64, "1" * 64)


def test_a_card_says_what_the_stages_wrote_down() -> None:
    sources = [entry("one", "MIT", False), entry("two", "MIT License", True), entry("none", "ISC", False, 0)]
    points = [Point(5, 1, 1.0, 3.0, 3.5, 10), Point(9, 2, 2.0, 2.5, None, 10)]
    results = [
        {"model": "a.gguf", "scores": {"python/line": SCORE, "*/*": SCORE}},
        {"model": "b.gguf", "scores": {"*/*": SCORE}},
    ]
    card = make_card(MODEL, sources, points, Findings(results))
    assert "| file | `a.gguf`, Q8_0, 1.2 MB |" in card
    assert "9 steps, 1.50 M tokens" in card and "2.500 nats per token at the end, held out 3.500" in card
    assert "`efefefefefef`, `010101010101`" in card
    assert "| python | rest of a line | 8 | 1.234, 25.0% |  |" in card
    assert "| * | all | 8 | 1.234, 25.0% | 1.234, 25.0% |" in card
    assert "2 packages, 2 million characters to train on. Licences: mit (2)." in card
    assert "| two | 1.0.0 | MIT License | 3 | yes |" in card and "none" not in card.split("## Data")[1]


def test_weights_that_came_back_without_a_curve_have_a_card_as_well() -> None:
    model = {key: value for key, value in MODEL.items() if key != "progress"}
    assert "| trained |" not in make_card(model, [], [], Findings())


GRADE: dict[str, Any] = {
    "explanations": {"python": {"examples": 4, "rouge_l": 0.4, "first_word": 0.5}},
    "from_name": {"python": {"examples": 4, "rouge_l": 0.2, "first_word": 0.25}},
    "gate": [{"floor": 0.3, "share": 0.5, "examples": 2, "rouge_l": 0.6, "first_word": 1.0}],
    "samples": [
        {
            "language": "python",
            "path": "a.py",
            "code": "\ndef f(a: `A | B`):\n    pass\n",
            "wanted": "Adds a | b.",
            "answer": "Adds\nb.",
            "probability": 0.456,
            "rouge_l": 0.789,
            "same_first_word": True,
        }
    ],
}


def test_explanations_are_told_with_their_baseline_and_samples() -> None:
    card = make_card(MODEL, [], [], Findings(explanations=GRADE))
    assert "| python | 4 | 0.400 | 0.200 | 0.500 | 0.250 |" in card
    assert "| 0.3 | 50.0% | 0.600 | 1.000 |" in card
    assert r"| `def f(a: 'A \| B'):` | Adds a \| b. | Adds b. | 0.79 | 0.46 |" in card
    assert "python -m training.grade --model MODEL.gguf --config tiny --out FILE.json" in card


@pytest.mark.parametrize(
    ("floor", "says"), [(None, "no: Sotto does not ask it to"), (0.45, "from a mean probability of 0.45")]
)
def test_a_card_says_whether_the_model_explains(floor: float | None, says: str) -> None:
    card = make_card({**MODEL, "explain_floor": floor}, [], [], Findings())
    assert f"| explains | {says} |" in card
    assert ("Its explanations are one English sentence" in card) == (floor is not None)


def test_what_was_not_measured_is_not_told() -> None:
    card = make_card(MODEL, [], [], Findings())
    assert "## Limits" in card
    assert "## Explaining" not in card and "## Completing" not in card and "## Held-out" not in card
