"""What `npm run eval` found, as the card tells it: by language, by kind of position, the gate, and a verdict."""

import math
from collections.abc import Iterable
from typing import Any

from training.storage import read_json
from training.tables import table

#: As the evaluation names it in its groups; every other predictor is a baseline.
_MODEL = "model"
#: Of the normal distribution, for 95 %.
_DEVIATIONS = 1.96


def read_reports(paths: Iterable[Any]) -> list[dict[str, Any]]:
    """The reports of one model each. A file that compares several has several, and baselines beside the first."""
    files = [content.get("reports", [content]) for content in map(read_json, paths)]
    return [{**report, "beside": [_name(each) for each in reports]} for reports in files for report in reports]


def by_language(reports: list[dict[str, Any]]) -> str:
    """Each language with each context: the model beside the baselines."""
    return _groups([(report, group) for report in reports for group in report["groups"] if _is_language(group)])


def by_kind(reports: list[dict[str, Any]]) -> str:
    """The model alone: between tokens, inside a word, at the start of a line, behind what opens a block."""
    return _groups(
        [
            (report, group)
            for report in reports
            for group in report["groups"]
            if " " in group["group"] and group["predictor"] == _MODEL
        ]
    )


def gate(reports: list[dict[str, Any]]) -> str:
    """What is shown while typing at each level of the setting, and how much of it is right."""
    rows = [
        [
            _name(report),
            level["language"],
            found["context"],
            level["level"],
            f"{level['token']:.2f} / {level['line']:.2f}",
            *(f"{level[key]:.1%}" for key in ("shown", "right", "rightAtLeast", "exactLine", "accepted")),
        ]
        for report in reports
        for found in report["gates"]
        if found["predictor"] == _MODEL
        for level in found["levels"]
        if level["language"] != "all" or len({each["language"] for each in found["levels"]}) > 2
    ]
    return table(
        [
            "model",
            "language",
            "context",
            "level",
            "token / line",
            "shown",
            "right",
            "at least",
            "exact line",
            "accepted",
        ],
        rows,
    )


def verdict(reports: list[dict[str, Any]]) -> str:
    """Whether the model beats the best baseline, in each language with each context. Close is not beaten."""
    found = [(report, group) for report in reports for group in report["groups"] if _is_language(group)]
    asked = sorted({(_name(report), group["context"], group["group"]) for report, group in found})
    return "\n".join(
        f"- {name}, {language}, context {context}: {_judge(_sums(found, name, context, language))}"
        for name, context, language in asked
    )


def _sums(
    found: list[tuple[dict[str, Any], dict[str, Any]]], name: str, context: str, language: str
) -> dict[str, tuple[float, int]]:
    """Exact lines and positions by predictor: the model's own, and those of the baselines that were asked beside it."""
    sums: dict[str, tuple[float, int]] = {}
    for report, group in found:
        own = _name(report)
        names = [own] if group["predictor"] == _MODEL else report.get("beside", [own])
        if (group["context"], group["group"]) == (context, language) and name in names:
            exact, positions = sums.get(group["predictor"], (0.0, 0))
            count = int(group["positions"])
            sums[group["predictor"]] = (exact + group["exactLine"] * count, positions + count)
    return sums


def languages(reports: list[dict[str, Any]]) -> set[str]:
    """In which it was asked."""
    return {group["group"] for report in reports for group in report["groups"] if _is_language(group)}


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share of so many."""
    if count == 0:
        return 0.0, 1.0
    squared = _DEVIATIONS**2 / count
    middle = share + squared / 2
    spread = _DEVIATIONS * math.sqrt(share * (1 - share) / count + squared / (4 * count))
    return (middle - spread) / (1 + squared), (middle + spread) / (1 + squared)


def _judge(sums: dict[str, tuple[float, int]]) -> str:
    baselines = {name: found for name, found in sums.items() if name != _MODEL}
    if _MODEL not in sums or not baselines:
        return "nothing to compare it with."
    exact, count = sums[_MODEL]
    best, (best_exact, best_count) = max(baselines.items(), key=lambda item: item[1][0] / item[1][1])
    own, other = exact / count, best_exact / best_count
    facts = f"{own:.1%} of {count} lines exact, the best baseline ({best}) {other:.1%}"
    if wilson(own, count)[0] > wilson(other, best_count)[1]:
        return f"**it beats the baselines by a clear margin**: {facts}; the 95 % intervals do not meet."
    if own > other:
        return f"**it is not shown to beat the baselines**: {facts}; the 95 % intervals meet."
    return f"**it does not beat the baselines**: {facts}."


def _name(report: dict[str, Any]) -> str:
    without = report.get("without", [])
    name = str(report["model"]["name"])
    return f"{name} without {' and '.join(without)}" if without else name


def _is_language(group: dict[str, Any]) -> bool:
    return group["group"] != "all" and " " not in group["group"]


def _groups(found: list[tuple[dict[str, Any], dict[str, Any]]]) -> str:
    rows = [
        [
            group["group"],
            group["context"],
            _name(report) if group["predictor"] == _MODEL else group["predictor"],
            str(group["positions"]),
            f"{group['exactLine']:.1%} ({group['exactLow']:.1%} to {group['exactHigh']:.1%})",
            f"{group['similarity']:.3f}",
            f"{group['accepted']:.1%}",
        ]
        for report, group in found
    ]
    return table(["group", "context", "predictor", "positions", "exact line", "similarity", "accepted"], rows)
