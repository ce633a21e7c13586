"""A recipe is data: one TOML file in configs/ says everything that tells one model from another."""

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from training.storage import HERE

T = TypeVar("T")


@dataclass(frozen=True)
class ModelShape:
    """A llama: RMS norm, SwiGLU, rotary positions in interleaved pairs, tied embeddings."""

    vocabulary: int
    layers: int
    width: int
    heads: int
    feed_forward: int
    context: int
    rope_base: float = 10_000.0
    norm_epsilon: float = 1e-5

    @property
    def parameters(self) -> int:
        """Of the whole network, the embedding counted once."""
        layer = 4 * self.width**2 + 3 * self.width * self.feed_forward + 2 * self.width
        return self.vocabulary * self.width + self.layers * layer + self.width

    def flops_per_token(self) -> int:
        """Of a training step, forwards and backwards, causal attention at full context included."""
        return 6 * self.parameters + 6 * self.layers * self.context * self.width


@dataclass(frozen=True)
class DataMix:
    """How text becomes examples. Lengths in characters unless the name says otherwise."""

    window_shortest: int
    window_longest: int
    #: Of all windows; the rest is left-to-right.
    fim_share: float = 0.7
    #: Of the fill-in-the-middle windows; the rest is random spans.
    line_share: float = 0.5
    block_share: float = 0.33
    #: Of the fill-in-the-middle windows: those with pieces of other files in front.
    pieces_share: float = 0.33
    #: Orders of the fill-in-the-middle prompt (`layout.FAMILIES`), weighted. Only models to measure with have others.
    families: dict[str, float] = dataclasses.field(default_factory=lambda: {"sotto": 1.0})
    #: Times that a language's files are cut into windows, each time differently; of 0.3, three files in ten are. A
    #: language not named is taken once.
    passes: dict[str, float] = dataclasses.field(default_factory=dict)
    #: Of one file; else one file of many small methods would drown the rest.
    most_explanations: int = 12
    tokenizer_characters: int = 40_000_000
    #: How much of each language the tokeniser sees, against 1 for a language not named.
    tokenizer_weights: dict[str, float] = dataclasses.field(default_factory=dict)
    shard_rows: int = 16_384
    held_out_rows: int = 256
    #: Text examples for the evaluation, per language and task.
    held_out_examples: int = 300

    def __post_init__(self) -> None:
        """Raises `ValueError` for what cannot be together."""
        if set(self.families) != {"sotto"} and self.most_explanations > 0:
            raise ValueError("families other than sotto share a token with explanations: set most_explanations = 0")


@dataclass(frozen=True)
class Schedule:
    """How a run goes. The rates rise over the warm-up, stay, and fall to nothing over the last part of the plan."""

    #: The plan ends at whichever comes first.
    total_tokens: int
    total_minutes: float
    rows_per_step: int
    #: Rows that go through the network at once; the gradient is summed over `rows_per_step / micro_rows` of these.
    micro_rows: int
    matrix_rate: float = 0.02
    vector_rate: float = 0.003
    weight_decay: float = 0.01
    warmup_steps: int = 50
    decay_share: float = 0.3
    gradient_limit: float = 1.0
    checkpoint_seconds: float = 50.0
    evaluate_steps: int = 200


@dataclass(frozen=True)
class Recipe:
    """Everything about one model."""

    name: str
    seed: int
    model: ModelShape
    data: DataMix
    schedule: Schedule


def load_recipe(name_or_path: str) -> Recipe:
    """Reads `configs/NAME.toml`, or a file anywhere. Raises `ValueError` naming a key that is unknown or missing."""
    path = Path(name_or_path) if name_or_path.endswith(".toml") else HERE / "configs" / f"{name_or_path}.toml"
    if not path.exists():
        known = ", ".join(sorted(file.stem for file in (HERE / "configs").glob("*.toml")))
        raise ValueError(f"no recipe “{name_or_path}”: there are {known}")
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return Recipe(
        name=path.stem,
        seed=int(content.pop("seed", 1)),
        model=_table(ModelShape, content.pop("model", {}), path),
        data=_table(DataMix, content.pop("data", {}), path),
        schedule=_table(Schedule, content.pop("schedule", {}), path),
    )


def _table(kind: type[T], values: dict[str, Any], path: Path) -> T:
    assert dataclasses.is_dataclass(kind)
    names = {field.name for field in dataclasses.fields(kind)}
    unknown = set(values) - names
    if unknown:
        raise ValueError(f"{path.name}: unknown keys {', '.join(sorted(unknown))} for {kind.__name__}")
    try:
        return kind(**values)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error
