import math

import pytest
import torch

from training.model import Llama, rotary_table, rotate
from training.optimizers import Muon, make_optimizers, orthogonal, set_rates
from training.vocabulary import PADDING

from ..conftest import SHAPE


@pytest.fixture
def model() -> Llama:
    torch.manual_seed(1)
    return Llama(SHAPE)


def test_has_the_parameters_that_the_recipe_counts(model: Llama) -> None:
    assert sum(parameter.numel() for parameter in model.parameters()) == SHAPE.parameters


def test_a_fresh_network_knows_nothing(model: Llama) -> None:
    rows = torch.randint(1, SHAPE.vocabulary, (4, 65))
    assert float(model.losses(rows).mean().detach()) == pytest.approx(math.log(SHAPE.vocabulary), rel=0.02)


def test_a_later_token_changes_nothing_before_it(model: Llama) -> None:
    row = torch.randint(1, SHAPE.vocabulary, (1, 20))
    changed = row.clone()
    changed[0, 12] = row[0, 12] % 100 + 1 if row[0, 12] % 100 + 1 != row[0, 12] else 3
    before, after = model(row), model(changed)
    assert torch.allclose(before[:, :12], after[:, :12], atol=1e-6)
    assert not torch.allclose(before[:, 12:], after[:, 12:], atol=1e-4)


def test_padding_is_never_predicted(model: Llama) -> None:
    rows = torch.full((1, 9), PADDING)
    rows[0, :4] = torch.tensor([1, 50, 51, 2])
    losses = model.losses(rows)
    assert (losses[0, :3] > 0).all() and (losses[0, 3:] == 0).all()


def test_rotation_keeps_lengths_and_depends_on_the_distance_alone() -> None:
    table = rotary_table(SHAPE)
    head = SHAPE.width // SHAPE.heads
    query, key = torch.randn(head), torch.randn(head)
    turned = rotate(query.expand(1, 1, 30, head), table)[0, 0]
    other = rotate(key.expand(1, 1, 30, head), table)[0, 0]
    assert torch.allclose(turned.norm(dim=-1), query.norm().expand(30), rtol=1e-4)
    assert float(turned[9] @ other[4]) == pytest.approx(float(turned[25] @ other[20]), abs=1e-4)


@pytest.mark.parametrize("size", [(3, 24, 24), (2, 16, 48), (2, 48, 16)])
def test_newton_schulz_makes_singular_values_near_one(size: tuple[int, int, int]) -> None:
    torch.manual_seed(3)
    values = torch.linalg.svdvals(orthogonal(torch.randn(size)).float())
    # The smallest of a square random matrix is too near zero to be lifted in five rounds.
    assert values.median() > 0.6 and values.max() < 1.4


def test_the_optimisers_have_every_parameter_once(model: Llama) -> None:
    optimizers = make_optimizers(model, 0.02, 0.003, 0.01)
    found = [
        id(parameter) for optimizer in optimizers for group in optimizer.param_groups for parameter in group["params"]
    ]
    assert sorted(found) == sorted(id(parameter) for parameter in model.parameters())
    assert isinstance(optimizers[0], Muon)
    assert all(parameter.dim() == 2 for parameter in optimizers[0].param_groups[0]["params"])


def test_rates_are_set_from_the_first_ones(model: Llama) -> None:
    optimizers = make_optimizers(model, 0.02, 0.004, 0.01)
    for factor in (0.1, 1.0, 0.5):
        set_rates(optimizers, factor)
    assert [optimizer.param_groups[0]["lr"] for optimizer in optimizers] == pytest.approx([0.01, 0.002])


def test_the_network_learns_a_row_by_heart(model: Llama) -> None:
    torch.manual_seed(2)
    rows = torch.randint(1, SHAPE.vocabulary, (2, 33))
    optimizers = make_optimizers(model, 0.02, 0.01, 0.0)
    first = float(model.losses(rows).mean().detach())
    for _ in range(30):
        model.losses(rows).mean().backward()  # type: ignore[no-untyped-call]
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()
    assert float(model.losses(rows).mean().detach()) < first / 3
