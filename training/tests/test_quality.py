import json
from pathlib import Path
from typing import Any

import pytest

from training.card import Findings, count_characters, make_card
from training.quality import by_kind, by_language, gate, read_reports, verdict, wilson

from .test_card import MODEL


def group(predictor: str, exact: float, positions: int = 1000, name: str = "all") -> dict[str, Any]:
    low, high = wilson(exact, positions)
    return {
        "predictor": predictor, "context": "files", "group": name, "positions": positions, "exactLine": exact,
        "exactLow": low, "exactHigh": high, "similarity": 0.5, "accepted": 0.25,
    }  # fmt: skip


def level(language: str) -> dict[str, Any]:
    return {
        "level": "balanced", "language": language, "token": 0.6, "line": 0.7, "shown": 0.4, "right": 0.55,
        "rightAtLeast": 0.5, "exactLine": 0.3, "accepted": 0.1,
    }  # fmt: skip


def report(groups: list[dict[str, Any]], name: str = "sotto-tiny", languages: tuple[str, ...] = ()) -> dict[str, Any]:
    gates = [{"predictor": "model", "context": "files", "levels": [level(each) for each in languages]}]
    repositories = [{"name": "npm-one-1.0.0", "files": 3, "positions": 9}]
    about: dict[str, Any] = {"model": {"name": name}, "seed": 5, "isComplete": True, "repositories": repositories}
    return {**about, "groups": groups, "gates": gates}


@pytest.mark.parametrize(
    ("exact", "says"),
    [
        (
            0.20,
            "it beats the baselines by a clear margin**: 20.0% of 1000 lines exact, the best baseline (similar) 12",
        ),
        (0.13, "it is not shown to beat the baselines**: 13.0%"),
        (0.12, "it does not beat the baselines"),
        (0.02, "it does not beat the baselines"),
    ],
)
def test_only_a_clear_margin_beats_the_better_baseline(exact: float, says: str) -> None:
    groups = [group("model", exact, name="go"), group("similar", 0.12, name="go"), group("n-gram", 0.05, name="go")]
    assert says in verdict([report(groups)])


def test_each_language_is_judged_and_reports_of_one_are_added_up_by_their_positions() -> None:
    reports = [
        report([group("model", 0.3, 1000, "go"), group("similar", 0.1, 1000, "go"), group("model", 0.9)]),
        report([group("model", 0.1, 3000, "go"), group("similar", 0.2, 3000, "go")]),
        report([group("model", 0.3, 1000, "java"), group("similar", 0.1, 1000, "java")]),
    ]
    assert verdict(reports).splitlines() == [
        "- sotto-tiny, go, context files: **it does not beat the baselines**: 15.0% of 4000 lines exact, "
        "the best baseline (similar) 17.5%.",
        "- sotto-tiny, java, context files: **it beats the baselines by a clear margin**: 30.0% of 1000 lines exact, "
        "the best baseline (similar) 10.0%; the 95 % intervals do not meet.",
    ]


def test_a_model_is_held_against_the_baselines_of_its_own_file(tmp_path: Path) -> None:
    first = report([group("model", 0.3, name="go"), group("similar", 0.1, name="go")])
    second = report([group("model", 0.2, name="go")], "sotto-other")
    alone = {**report([group("model", 0.05, 100, "go"), group("similar", 0.12, 100, "go")]), "without": ["prior"]}
    (tmp_path / "both.json").write_text(json.dumps({"ranking": [], "reports": [first, second]}))
    (tmp_path / "alone.json").write_text(json.dumps(alone))
    told = verdict(read_reports([tmp_path / "both.json", tmp_path / "alone.json"])).splitlines()
    assert [line.split(":")[0] for line in told] == [
        f"- {name}, go, context files" for name in ("sotto-other", "sotto-tiny", "sotto-tiny without prior")
    ]
    assert "clear margin**: 20.0% of 1000 lines exact, the best baseline (similar) 10.0%" in told[0]
    assert "does not beat the baselines**: 5.0% of 100 lines exact, the best baseline (similar) 12.0%" in told[2]
    assert "nothing to compare it with" in verdict([second])


def test_the_interval_is_that_of_wilson() -> None:
    assert wilson(0.5, 100) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    assert wilson(0.0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(0.3, 0) == (0.0, 1.0)


def test_tables_tell_languages_kinds_and_levels_apart() -> None:
    groups = [group("model", 0.2), group("model", 0.2, 9, "python"), group("similar", 0.1, 9, "python")]
    groups += [group("model", 0.3, 3, "python block"), group("similar", 0.1, 3, "python block")]
    found = [report(groups, languages=("all", "python"))]
    assert [row.split(" | ")[2] for row in by_language(found).splitlines()[2:]] == ["sotto-tiny", "similar"]
    assert [row.split(" | ")[0] for row in by_kind(found).splitlines()[2:]] == ["| python block"]
    # Of one language, all is the same again.
    assert [row.split(" | ")[1] for row in gate(found).splitlines()[2:]] == ["python"]
    several = [report(groups, languages=("all", "go", "python"))]
    assert [row.split(" | ")[1] for row in gate(several).splitlines()[2:]] == ["all", "go", "python"]
    assert "0.60 / 0.70 | 40.0% | 55.0% | 50.0% | 30.0% | 10.0% |" in gate(found)


def test_a_card_tells_where_it_was_asked_and_that_it_was_cut_off(tmp_path: Path) -> None:
    one = report([group("model", 0.2)])
    (tmp_path / "one.json").write_text(json.dumps(one))
    (tmp_path / "two.json").write_text(json.dumps({"ranking": [], "reports": [{**one, "isComplete": False}]}))
    reports = read_reports([tmp_path / "one.json", tmp_path / "two.json"])
    card = make_card(MODEL, [], [], Findings(reports=reports))
    assert "Whole packages that were never trained on: npm-one-1.0.0." in card and "--seed 5 " in card
    assert "**Cut off" in card and "**Cut off" not in make_card(MODEL, [], [], Findings(reports=[one]))


def test_a_card_says_of_which_language_nothing_was_trained_on() -> None:
    reports = [report([group("model", 0.2, name="go"), group("model", 0.2, name="java")])]
    card = make_card(MODEL, [], [], Findings(reports=reports, corpus={"go": 2_000_000, "python": 9_500_000}))
    assert "**Not a line of java was trained on.**" in card
    assert "by language: python 9.5, go 2.0." in card
    assert "was trained on.**" not in make_card(MODEL, [], [], Findings(reports=reports))


def test_characters_are_counted_by_language(data: Path) -> None:
    assert count_characters(data / "corpus" / "held_out").keys() == {"python", "typescript"}
    assert count_characters(data / "nowhere") == {}
