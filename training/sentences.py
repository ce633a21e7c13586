"""
How good a sentence about some code is, against the docstring that was taken out of it: ROUGE-L and the first word.

The baseline needs no model: "Returns the" and the words of the definition's own name. The gate shows what is left when
answers are held back whose words were less probable than a floor; the product takes its floor from there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from training.examples import Example

#: Of the answers that the gate lets through, in steps.
_FLOORS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_SAMPLES = 10
_NAME = re.compile(r"\b(?:def|class|function|interface|type|enum|const|let|get|set|async)\s+\*?\s*([A-Za-z_$][\w$]*)")
_METHOD = re.compile(r"([A-Za-z_$][\w$]*)\s*[(<=:{]")
_WORD_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True)
class Graded:
    """One answer. `probability` is the geometric mean over the answer's tokens, its end included."""

    language: str
    path: str
    code: str
    wanted: str
    answer: str
    probability: float
    rouge_l: float
    same_first_word: bool


def words(text: str) -> list[str]:
    """Words and numbers in lower case; all else is left out."""
    return re.findall(r"[a-z0-9_]+", text.lower())


def rouge_l(wanted: str, answer: str) -> float:
    """The F-measure of the longest common subsequence of words: 0 to 1."""
    first, second = words(wanted), words(answer)
    if not first or not second:
        return 0.0
    lengths = [0] * (len(second) + 1)
    for word in first:
        diagonal = 0
        for at, other in enumerate(second, 1):
            above = lengths[at]
            lengths[at] = diagonal + 1 if word == other else max(above, lengths[at - 1])
            diagonal = above
    return 2 * lengths[-1] / (len(first) + len(second))


def has_same_first_word(wanted: str, answer: str) -> bool:
    """Whether both begin with the same word, which in a docstring is the verb."""
    return words(wanted)[:1] == words(answer)[:1] != []


def from_name(code: str) -> str:
    """The baseline: a sentence made of the definition's name alone."""
    found = _NAME.search(code) or _METHOD.search(code)
    return f"Returns the {' '.join(_WORD_PARTS.findall(found[1])).lower()}." if found else "Returns the value."


def judge(example: Example, answer: str, probability: float) -> Graded:
    """What one answer was worth."""
    wanted = example.answer
    return Graded(
        example.language,
        example.path,
        example.prefix,
        wanted,
        answer,
        round(probability, 4),
        round(rouge_l(wanted, answer), 4),
        has_same_first_word(wanted, answer),
    )


def summary(graded: Sequence[Graded]) -> dict[str, float]:
    """Means of a group."""
    count = max(1, len(graded))
    return {
        "examples": len(graded),
        "rouge_l": round(sum(item.rouge_l for item in graded) / count, 4),
        "first_word": round(sum(item.same_first_word for item in graded) / count, 4),
    }


def by_language(graded: Sequence[Graded]) -> dict[str, dict[str, float]]:
    """Means of each language, and of all."""
    languages = sorted({item.language for item in graded})
    groups = {name: summary([item for item in graded if item.language == name]) for name in languages}
    return {**groups, "*": summary(graded)}


def gate(graded: Sequence[Graded]) -> list[dict[str, float]]:
    """What is left above each floor."""
    kept = [(floor, [item for item in graded if item.probability >= floor]) for floor in _FLOORS]
    return [
        {"floor": floor, "share": round(len(items) / max(1, len(graded)), 4), **summary(items)} for floor, items in kept
    ]


def samples(graded: Sequence[Graded]) -> list[Graded]:
    """The best ten, and ten of the rest at even distances down to the worst."""
    ordered = sorted(graded, key=lambda item: -item.rouge_l)
    best, rest = ordered[:_SAMPLES], ordered[_SAMPLES:]
    picked = min(_SAMPLES, len(rest))
    return best + [rest[(at + 1) * len(rest) // picked - 1] for at in range(picked)]
