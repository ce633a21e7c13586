"""Examples of one step as tensors that go through the network at once."""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from training.lora.natural import TokenExample
from training.lora.recipe import TokenWeights


def batches(examples: Sequence[TokenExample], by_place: TokenWeights, most: int) -> Iterator[tuple[Tensor, Tensor]]:
    """
    Tokens and weights, (count, length) each: examples of like length together, the shorter ones filled up behind their
    end with a token that counts nothing and that nothing before it sees.
    :param most: tokens of a batch, what it is filled up with included. One example may have more.
    """
    group: list[TokenExample] = []
    for example in sorted(examples, key=lambda example: len(example.tokens)):
        # This one would be the longest of the batch.
        if group and (len(group) + 1) * len(example.tokens) > most:
            yield _padded(group, by_place)
            group = []
        group.append(example)
    if group:
        yield _padded(group, by_place)


def _padded(group: list[TokenExample], by_place: TokenWeights) -> tuple[Tensor, Tensor]:
    length = len(group[-1].tokens)
    tokens = torch.zeros(len(group), length, dtype=torch.long)
    weights = torch.zeros(len(group), length)
    for row, example in enumerate(group):
        tokens[row, : len(example.tokens)] = torch.tensor(example.tokens)
        weights[row, : len(example.tokens)] = torch.tensor(example.weights(by_place))
    return tokens, weights
