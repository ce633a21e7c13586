"""Muon for the matrices, AdamW for the embedding and the norms. Both keep all their state in `state_dict`."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn

#: Of the quintic that drives singular values to one; from Keller Jordan's description of Muon.
_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
_ROUNDS = 5


def multiplies_bf16(device: torch.device) -> bool:
    """Whether products in bf16 are made in hardware: on GPUs, and on CPUs with the instructions."""
    return device.type == "cuda" or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def orthogonal(batch: Tensor) -> Tensor:
    """(count, rows, columns) → each matrix with singular values near one, by Newton-Schulz; in bf16 where it pays."""
    first, second, third = _COEFFICIENTS
    x = batch.bfloat16() if multiplies_bf16(batch.device) else batch.float()
    is_tall = x.shape[-2] > x.shape[-1]
    x = x.mT if is_tall else x
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(_ROUNDS):
        product = x @ x.mT
        x = first * x + (second * product + third * product @ product) @ x
    turned: Tensor = x.mT if is_tall else x
    return turned.type_as(batch)


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, made orthogonal. Matrices of one shape go through the rounds together."""

    def __init__(self, matrices: Iterable[nn.Parameter], rate: float, momentum: float, weight_decay: float) -> None:
        super().__init__(list(matrices), {"lr": rate, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """One step with the gradients that are there."""
        for group in self.param_groups:
            by_shape: dict[torch.Size, list[nn.Parameter]] = {}
            for parameter in group["params"]:
                by_shape.setdefault(parameter.shape, []).append(parameter)
            for shape, parameters in by_shape.items():
                updates = orthogonal(torch.stack([self._momentum(parameter, group) for parameter in parameters]))
                # Makes the size of a step the same for every shape.
                rate = group["lr"] * max(1.0, shape[0] / shape[1]) ** 0.5
                for parameter, update in zip(parameters, updates.unbind(), strict=True):
                    parameter.mul_(1 - group["lr"] * group["weight_decay"]).add_(update, alpha=-rate)

    def _momentum(self, parameter: nn.Parameter, group: dict[str, float]) -> Tensor:
        gradient = parameter.grad
        if gradient is None:
            return torch.zeros_like(parameter)
        state = self.state[parameter]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(parameter)
        moving: Tensor = state["momentum"]
        moving.lerp_(gradient, 1 - group["momentum"])
        return gradient.lerp(moving, group["momentum"])


def make_optimizers(
    model: nn.Module, matrix_rate: float, vector_rate: float, weight_decay: float
) -> list[torch.optim.Optimizer]:
    """Both optimisers, between them every parameter once."""
    named = list(model.named_parameters())
    matrices = [parameter for name, parameter in named if parameter.dim() == 2 and not name.startswith("embedding")]
    chosen = {id(parameter) for parameter in matrices}
    others = [parameter for _, parameter in named if id(parameter) not in chosen]
    adam = torch.optim.AdamW(others, lr=vector_rate, betas=(0.9, 0.95), weight_decay=0.0, eps=1e-10)
    return [Muon(matrices, matrix_rate, 0.95, weight_decay), adam]


def set_rates(optimizers: list[torch.optim.Optimizer], factor: float) -> None:
    """Sets each group's rate to its first one times `factor`."""
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group.setdefault("first_rate", group["lr"])
            group["lr"] = group["first_rate"] * factor
