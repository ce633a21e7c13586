"""What one adapter is made of and how: a TOML file in `lora/configs/`."""

import dataclasses
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from training.lora.base import MATRICES
from training.storage import HERE

T = TypeVar("T")


@dataclass(frozen=True)
class Marks:
    """Texts of the control tokens that the prompt is made with."""

    #: In front of a path, its line end and the file's text.
    file: str
    #: In front of the text after the cursor.
    suffix: str
    #: In front of the text before the cursor.
    prefix: str
    #: Behind an answer.
    end: str


@dataclass(frozen=True)
class Mix:
    """Which examples the text becomes, in shares; lengths in characters."""

    window_shortest: int = 500
    window_longest: int = 2000
    #: Of all windows: the text alone, as the model has known it since it was made.
    plain_share: float = 0.35
    #: Of all windows: left to right behind the marks, with nothing below the cursor.
    forward_share: float = 0.15
    #: Of the fill-in-the-middle windows: whole lines from in front of their indentation or inside it, the rest of a
    #: line, and a block; what is left is any span.
    lines_share: float = 0.5
    line_share: float = 0.25
    block_share: float = 0.1
    #: Of the fill-in-the-middle windows: without what stands below the cursor, to measure what that is worth.
    no_suffix_share: float = 0.1
    #: Of the windows behind marks: with pieces of other files of the package in front.
    pieces_share: float = 0.25
    #: Of all examples: one sentence about a definition.
    explain_share: float = 0.08
    #: Windows and sentences of one file; else large files would drown the rest.
    most_windows: int = 6
    #: How often a language is drawn, against the others.
    languages: dict[str, float] = field(default_factory=lambda: {"python": 1.0})


@dataclass(frozen=True)
class TokenWeights:
    """How much the loss of a token counts, by where it stands."""

    #: Of examples without a marked answer, and of answers.
    answer: float = 1.0
    #: The text before the cursor.
    prefix: float = 0.3
    #: The text after the cursor, and pieces of other files.
    suffix: float = 0.0
    #: The end token behind an answer.
    end: float = 5.0


@dataclass(frozen=True)
class Plan:
    """How a run goes. The rate rises over the warm-up, stays, and falls to nothing over the last part."""

    rate: float = 5e-4
    warmup_steps: int = 20
    #: Examples are taken until a step has so many tokens.
    step_tokens: int = 4096
    #: That go through a GPU at once.
    batch_tokens: int = 32_768
    #: Tokens of an example at most; the rest of a longer one is cut off.
    longest: int = 1024
    total_tokens: int = 50_000_000
    #: Of the plan. 0 leaves the rate as it is, for a run that is to be gone on with.
    decay_share: float = 0.0
    gradient_limit: float = 1.0
    weight_decay: float = 0.0
    checkpoint_seconds: float = 240.0
    evaluate_steps: int = 25
    #: Held-out examples that are measured then, evenly from all.
    measured: int = 32


@dataclass(frozen=True)
class LoraRecipe:
    """Everything about one adapter."""

    name: str
    seed: int
    #: Digest of the GGUF that it starts from.
    base_sha256: str
    rank: int
    alpha: float
    matrices: tuple[str, ...]
    marks: Marks
    mix: Mix
    weights: TokenWeights
    plan: Plan


def load_lora_recipe(name_or_path: str) -> LoraRecipe:
    """Reads `lora/configs/NAME.toml`, or a file anywhere. Raises `ValueError` naming a key that is unknown."""
    is_path = name_or_path.endswith(".toml")
    path = Path(name_or_path) if is_path else HERE / "lora" / "configs" / f"{name_or_path}.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    additions = content["additions"]
    return LoraRecipe(
        name=path.stem,
        seed=int(content["seed"]),
        base_sha256=str(content["base_sha256"]),
        rank=int(additions["rank"]),
        alpha=float(additions["alpha"]),
        matrices=tuple(additions.get("matrices", MATRICES)),
        marks=_table(Marks, content["marks"]),
        mix=_table(Mix, content.get("mix", {})),
        weights=_table(TokenWeights, content.get("weights", {})),
        plan=_table(Plan, content.get("plan", {})),
    )


def changed(recipe: LoraRecipe, changes: list[str]) -> LoraRecipe:
    """
    The recipe with some values changed, each given as `rank=8`, `plan.rate=1e-3` or `mix.plain_share=0`.
    Raises `ValueError` for a key that is no number of the recipe.
    """
    for change in changes:
        key, _, value = change.partition("=")
        table, _, name = key.rpartition(".")
        owner: Any = getattr(recipe, table, None) if table else recipe
        kinds = {item.name: item.type for item in dataclasses.fields(owner)} if dataclasses.is_dataclass(owner) else {}
        if kinds.get(name) not in (int, float):
            raise ValueError(f"{change}: the recipe has no number {key}")
        number = int(value) if kinds[name] is int else float(value)
        inner: Any = dataclasses.replace(owner, **{name: number})
        recipe = dataclasses.replace(recipe, **{table: inner}) if table else inner
    return recipe


def _table(kind: type[T], values: dict[str, Any]) -> T:
    assert dataclasses.is_dataclass(kind)
    unknown = set(values) - {item.name for item in dataclasses.fields(kind)}
    if unknown:
        raise ValueError(f"unknown keys {', '.join(sorted(unknown))} for {kind.__name__}")
    return kind(**values)
