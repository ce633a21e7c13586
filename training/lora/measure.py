"""What held-out answers cost a model: nats per token of the answer, and of its end, by task and language."""

from collections.abc import Iterable
from dataclasses import dataclass

from training.lora.examples import EXPLAIN, FORWARD, PLAIN
from training.lora.natural import TokenExample


@dataclass(frozen=True)
class Score:
    """One answer. The end token is counted apart."""

    task: str
    language: str
    tokens: int
    nats: float
    nats_of_end: float | None


def add_up(example: TokenExample, nats: list[float]) -> Score:
    """The score of an example, of whose answer each token costs so much."""
    answer = nats[:-1] if example.has_end else nats
    end = nats[-1] if example.has_end else None
    return Score(example.task, example.language, len(answer), sum(answer), end)


def summary(scores: Iterable[Score]) -> dict[str, dict[str, float]]:
    """By task, by language, and of all answers in the middle (`middle`): nats per token, and of the end."""
    groups: dict[str, list[Score]] = {}
    for score in scores:
        names = [score.task]
        if score.task not in (PLAIN, FORWARD, EXPLAIN):
            names += ["middle", f"middle/{score.language}"]
        for name in names:
            groups.setdefault(name, []).append(score)
    return {name: _mean(group) for name, group in sorted(groups.items())}


def evenly(examples: list[TokenExample], most: int) -> list[TokenExample]:
    """At most so many, at even distances."""
    count = min(most, len(examples))
    return [examples[number * len(examples) // count] for number in range(count)]


def _mean(scores: list[Score]) -> dict[str, float]:
    tokens = sum(score.tokens for score in scores)
    ends = [score.nats_of_end for score in scores if score.nats_of_end is not None]
    found = {"examples": len(scores), "tokens": tokens, "nats_per_token": sum(s.nats for s in scores) / max(1, tokens)}
    return {**found, "nats_of_end": sum(ends) / len(ends)} if ends else found
