"""A frozen llama with low-rank additions, as a torch module. The same numbers as llama.cpp's, up to rounding."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.lora.attention import attended, rotary_table, rotated
from training.lora.base import EMBEDDING, MATRICES, NORMS, OUTPUT_NORM, BaseModel, matrix_name


@dataclass(frozen=True)
class Additions:
    """Which matrices get an addition of which rank. It counts `alpha / rank` times."""

    rank: int
    alpha: float
    matrices: tuple[str, ...] = MATRICES

    def __post_init__(self) -> None:
        """Raises `ValueError` for a matrix that no layer has."""
        unknown = set(self.matrices) - set(MATRICES)
        if unknown or self.rank < 1:
            raise ValueError(f"no addition of rank {self.rank} to {', '.join(sorted(unknown))}: see base.MATRICES")

    @property
    def scale(self) -> float:
        """What the product of both parts is multiplied by."""
        return self.alpha / self.rank


class Adapted(nn.Module):
    """A frozen matrix (out, in), and the addition `scale * b a` where it has one."""

    def __init__(self, weight: Tensor, additions: Additions | None) -> None:
        super().__init__()
        self.register_buffer("weight", weight, persistent=False)
        self.scale = 0.0
        if additions is not None:
            self.scale = additions.scale
            self.a = nn.Parameter(torch.randn(additions.rank, weight.shape[1]) / math.sqrt(weight.shape[1]))
            self.b = nn.Parameter(torch.zeros(weight.shape[0], additions.rank))

    def forward(self, x: Tensor) -> Tensor:
        """(…, in) → (…, out), in the type of `x`, which is the frozen matrix's."""
        out = functional.linear(x, self.get_buffer("weight"))
        if self.scale == 0:
            return out
        low = functional.linear(x, self.a.type_as(x))
        return out + functional.linear(low, (self.b * self.scale).type_as(x))


class Layer(nn.Module):
    """Attention and feed-forward, each behind a norm and added to what came in."""

    def __init__(self, base: BaseModel, number: int, additions: Additions, precision: torch.dtype) -> None:
        super().__init__()
        self.shape = base.shape
        for name in MATRICES:
            weight = torch.from_numpy(base.tensors[matrix_name(number, name)]).to(precision)
            self.add_module(name, Adapted(weight, additions if name in additions.matrices else None))
        for name in NORMS:
            self.register_buffer(name, torch.from_numpy(base.tensors[f"blk.{number}.{name}.weight"]), persistent=False)

    def _of(self, name: str, x: Tensor) -> Tensor:
        out: Tensor = self.get_submodule(name)(x)
        return out

    def _normed(self, name: str, x: Tensor) -> Tensor:
        weight = self.get_buffer(name)
        precision = self.get_submodule("attn_q").get_buffer("weight").dtype
        return functional.rms_norm(x, (x.shape[-1],), weight, self.shape.norm_epsilon).to(precision)

    def forward(self, x: Tensor, table: Tensor) -> Tensor:
        """(batch, length, width) → the same, in 32 bits."""
        h = self._normed("attn_norm", x)
        query, key, value = (
            self._of(name, h).view(*h.shape[:2], heads, -1).transpose(1, 2)
            for name, heads in (
                ("attn_q", self.shape.heads),
                ("attn_k", self.shape.key_heads),
                ("attn_v", self.shape.key_heads),
            )
        )
        mixed = attended(rotated(query, table), rotated(key, table), value)
        x = x + self._of("attn_output", mixed.transpose(1, 2).flatten(-2)).float()
        h = self._normed("ffn_norm", x)
        h = functional.silu(self._of("ffn_gate", h)) * self._of("ffn_up", h)
        return x + self._of("ffn_down", h).float()


class AdaptedLlama(nn.Module):
    """The whole network. Parameters are the additions alone; they stay in 32 bits."""

    def __init__(self, base: BaseModel, additions: Additions, precision: torch.dtype = torch.float32) -> None:
        super().__init__()
        self.shape, self.additions, self.precision = base.shape, additions, precision
        self.register_buffer("embedding", torch.from_numpy(base.tensors[EMBEDDING]).to(precision), persistent=False)
        self.register_buffer("norm", torch.from_numpy(base.tensors[OUTPUT_NORM]), persistent=False)
        self.layers = nn.ModuleList(Layer(base, number, additions, precision) for number in range(base.shape.layers))

    def hidden(self, tokens: Tensor) -> Tensor:
        """(batch, length) ids → (batch, length, width) behind the last norm."""
        table = rotary_table(self.shape, tokens.shape[1]).to(tokens.device)
        x = self.get_buffer("embedding")[tokens].float()
        for layer in self.layers:
            x = layer(x, table)
        return functional.rms_norm(x, (x.shape[-1],), self.get_buffer("norm"), self.shape.norm_epsilon)

    def logits(self, hidden: Tensor) -> Tensor:
        """(…, width) → (…, vocabulary), in 32 bits."""
        return functional.linear(hidden.to(self.precision), self.get_buffer("embedding")).float()

    def losses(self, tokens: Tensor, weights: Tensor) -> Tensor:
        """
        Nats for the tokens whose weight is not zero, in reading order; the others cost no output matrix.
        :param tokens: (batch, length) ids.
        :param weights: (batch, length) of each token as something to be foretold; the first of a row has none.
        """
        wanted = weights[:, 1:] != 0
        chosen = self.hidden(tokens)[:, :-1][wanted]
        return functional.cross_entropy(self.logits(chosen), tokens[:, 1:][wanted], reduction="none")
