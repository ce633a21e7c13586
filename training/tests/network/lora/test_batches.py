from pathlib import Path

import pytest
import torch

from training.lora.base import read_base
from training.lora.batches import batches
from training.lora.natural import TokenExample
from training.lora.network import AdaptedLlama, Additions
from training.lora.recipe import TokenWeights

EXAMPLES = [
    TokenExample("line", "python", tuple(range(4, 4 + length)), text=2, answer=5, has_end=True)
    for length in (9, 30, 8, 20)
]


def shapes(most: int) -> list[tuple[int, ...]]:
    return [tuple(tokens.shape) for tokens, _ in batches(EXAMPLES, TokenWeights(), most)]


def test_examples_of_like_length_share_a_batch_that_is_not_too_large() -> None:
    assert shapes(60) == [(3, 20), (1, 30)]
    assert shapes(0) == [(1, 8), (1, 9), (1, 20), (1, 30)]


def test_what_a_batch_is_filled_up_with_changes_nothing(base: Path) -> None:
    network = AdaptedLlama(read_base(base), Additions(2, 2))

    def gradients(most: int) -> tuple[float, list[torch.Tensor]]:
        network.zero_grad()
        total = torch.zeros(())
        for tokens, weights in batches(EXAMPLES, TokenWeights(suffix=0.1), most):
            total = total + (network.losses(tokens, weights) * weights[weights != 0]).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return float(total.detach()), [p.grad for p in network.parameters() if p.grad is not None]

    alone, together = gradients(0), gradients(10_000)
    assert together[0] == pytest.approx(alone[0], rel=1e-5)
    for one, other in zip(alone[1], together[1], strict=True):
        assert torch.allclose(one, other, atol=1e-3 * float(one.abs().max() + 1e-6))
