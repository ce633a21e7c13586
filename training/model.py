"""The network: a llama, in the layout that llama.cpp's `llama` architecture reads without any permutation."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.recipe import ModelShape
from training.vocabulary import PADDING

#: Standard deviation of fresh weights; the last matrix of each branch is scaled down by the depth.
_SPREAD = 0.02


class RmsNorm(nn.Module):
    """Scales each vector to a mean square of one, in 32 bits whatever comes in."""

    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        """(…, width) → the same shape and type."""
        return functional.rms_norm(x.float(), (x.shape[-1],), self.weight, self.epsilon).type_as(x)


def rotary_table(shape: ModelShape) -> Tensor:
    """Cosines and sines: (2, context, half of a head's width)."""
    half = shape.width // shape.heads // 2
    frequencies = shape.rope_base ** (-torch.arange(half, dtype=torch.float32) / half)
    angles = torch.outer(torch.arange(shape.context, dtype=torch.float32), frequencies)
    return torch.stack((angles.cos(), angles.sin()))


def rotate(x: Tensor, table: Tensor) -> Tensor:
    """Turns neighbouring pairs (0, 1), (2, 3), …: (batch, heads, length, head) → the same."""
    pairs = x.float().view(*x.shape[:-1], -1, 2)
    even, odd = pairs[..., 0], pairs[..., 1]
    cosine, sine = table[0, : x.shape[-2]], table[1, : x.shape[-2]]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), dim=-1).flatten(-2).type_as(x)


class Attention(nn.Module):
    """Causal attention of all heads."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.width, shape.width, bias=False)
        self.key = nn.Linear(shape.width, shape.width, bias=False)
        self.value = nn.Linear(shape.width, shape.width, bias=False)
        self.output = nn.Linear(shape.width, shape.width, bias=False)

    def forward(self, x: Tensor, table: Tensor) -> Tensor:
        """(batch, length, width) → the same."""
        query, key, value = (
            layer(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for layer in (self.query, self.key, self.value)
        )
        mixed = functional.scaled_dot_product_attention(rotate(query, table), rotate(key, table), value, is_causal=True)
        out: Tensor = self.output(mixed.transpose(1, 2).flatten(-2))
        return out


class FeedForward(nn.Module):
    """SwiGLU."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.gate = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(…, width) → the same."""
        out: Tensor = self.down(functional.silu(self.gate(x)) * self.up(x))
        return out


class Layer(nn.Module):
    """Attention and feed-forward, each behind a norm and added to what came in."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.attention_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.attention = Attention(shape)
        self.feed_forward_norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.feed_forward = FeedForward(shape)

    def forward(self, x: Tensor, table: Tensor) -> Tensor:
        """(batch, length, width) → the same."""
        x = x + self.attention(self.attention_norm(x), table)
        out: Tensor = x + self.feed_forward(self.feed_forward_norm(x))
        return out


class Llama(nn.Module):
    """The whole network. The embedding is also the last matrix."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = RmsNorm(shape.width, shape.norm_epsilon)
        self.register_buffer("table", rotary_table(shape), persistent=False)
        self._start()

    def _start(self) -> None:
        scaled = _SPREAD / (2 * self.shape.layers) ** 0.5
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                last = name.endswith(("output.weight", "down.weight"))
                nn.init.normal_(parameter, std=scaled if last else _SPREAD)

    def forward(self, tokens: Tensor) -> Tensor:
        """(batch, length) ids → (batch, length, vocabulary) logits."""
        table = self.get_buffer("table")
        x = self.embedding(tokens)
        for layer in self.layers:
            x = layer(x, table)
        return functional.linear(self.norm(x), self.embedding.weight)

    def losses(self, rows: Tensor) -> Tensor:
        """(batch, length + 1) ids → (batch, length) nats for each next token; nothing where that is padding."""
        logits = self.forward(rows[:, :-1]).float()
        targets = rows[:, 1:]
        nats = functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PADDING, reduction="none")
        return nats.view_as(targets)
