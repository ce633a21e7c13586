"""The additions with their optimiser: one step, one measurement, one checkpoint at a time."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.lora.base import read_base
from training.lora.batches import batches
from training.lora.dataset import Place
from training.lora.measure import Score, add_up
from training.lora.natural import TokenExample
from training.lora.network import AdaptedLlama, Additions
from training.lora.recipe import LoraRecipe, Plan
from training.lora.state import Progress, State, from_bf16, read_state, to_bf16, write_state

_FIRST, _SECOND = "exp_avg", "exp_avg_sq"


def rate_factor(plan: Plan, progress: Progress) -> float:
    """Up over the warm-up, one, and down in a line to nothing over the last part of the plan, where it has one."""
    warm = min(1.0, (progress.step + 1) / max(1, plan.warmup_steps))
    if plan.decay_share == 0:
        return warm
    return warm * min(1.0, max(0.0, 1 - progress.tokens / plan.total_tokens) / plan.decay_share)


class LoraTrainer:
    """Owns the network, its optimiser and how far they are."""

    def __init__(self, recipe: LoraRecipe, base: Path, device: torch.device, precision: torch.dtype) -> None:
        self.recipe = recipe
        torch.manual_seed(recipe.seed)
        additions = Additions(recipe.rank, recipe.alpha, recipe.matrices)
        self.model = AdaptedLlama(read_base(base, recipe.base_sha256), additions, precision).to(device)
        plan = recipe.plan
        self._optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=plan.rate, betas=(0.9, 0.99), weight_decay=plan.weight_decay, eps=1e-10
        )
        self._device = device
        self.progress = Progress()
        #: Digests of all data that it has been trained on so far.
        self.data: list[str] = []

    def restore(self, path: Path) -> None:
        """Goes on where a file ends. Raises `ValueError` for one of another base or of other additions."""
        state = read_state(path)
        wanted = self._about()
        different = [key for key in ("base_sha256", "rank", "alpha", "matrices") if state.about[key] != wanted[key]]
        if different:
            raise ValueError(f"{path.name} has another {', '.join(different)}: start afresh, or with its recipe")
        self.progress, self.data = state.progress, state.about["data"]
        self._take(state)

    def _take(self, state: State) -> None:
        """Puts the numbers of a state in place."""
        for name, parameter in self.model.named_parameters():
            with torch.no_grad():
                parameter.copy_(torch.from_numpy(state.additions[name]))
            if f"{name}/first" in state.moments:
                self._optimizer.state[parameter] = {
                    "step": torch.tensor(float(state.progress.step)),
                    _FIRST: torch.from_numpy(state.moments[f"{name}/first"].copy()).to(self._device),
                    _SECOND: torch.from_numpy(state.moments[f"{name}/second"].copy()).to(self._device),
                }

    def save(self, path: Path) -> None:
        """Writes the file that another run goes on from, and goes on from its rounded numbers itself."""
        additions: dict[str, Any] = {}
        moments: dict[str, Any] = {}
        for name, parameter in self.model.named_parameters():
            additions[name] = _numbers(parameter).astype(np.float16).astype(np.float32)
            held = self._optimizer.state.get(parameter)
            if held:
                moments[f"{name}/first"] = from_bf16(to_bf16(_numbers(held[_FIRST])))
                moments[f"{name}/second"] = from_bf16(to_bf16(_numbers(held[_SECOND])))
        state = State(additions, moments, self.progress, {**self._about(), "data": self.data})
        write_state(path, state)
        self._take(state)

    def _about(self) -> dict[str, Any]:
        recipe = self.recipe
        return {
            "recipe": recipe.name,
            "base_sha256": recipe.base_sha256,
            "rank": recipe.rank,
            "alpha": recipe.alpha,
            "matrices": list(recipe.matrices),
        }

    def step(self, examples: Sequence[TokenExample], place: Place) -> float:
        """
        One step of the optimiser; on a CPU, where nothing is gained by more, with one example at a time.
        :returns: the mean loss, each token counted by its weight.
        """
        plan = self.recipe.plan
        for group in self._optimizer.param_groups:
            group["lr"] = plan.rate * rate_factor(plan, self.progress)
        most = plan.batch_tokens if self._device.type == "cuda" else 0
        found = [tuple(part.to(self._device) for part in pair) for pair in batches(examples, self.recipe.weights, most)]
        whole = sum(float(weights.sum()) for _, weights in found)
        total = torch.zeros((), device=self._device)
        for tokens, weights in found:
            loss = (self.model.losses(tokens, weights) * weights[weights != 0]).sum() / whole
            loss.backward()  # type: ignore[no-untyped-call]
            total += loss.detach()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), plan.gradient_limit)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.tokens += sum(len(example.tokens) for example in examples)
        self.progress.place = place
        return float(total)


@torch.no_grad()
def measure(model: AdaptedLlama, examples: Sequence[TokenExample]) -> list[Score]:
    """What the answers of held-out examples cost."""
    device = model.get_buffer("norm").device
    scores: list[Score] = []
    for example in examples:
        asked = torch.zeros(1, len(example.tokens), device=device)
        asked[0, max(1, example.answer) :] = 1
        nats = model.losses(torch.tensor([example.tokens], device=device), asked)
        scores.append(add_up(example, nats.tolist()))
    return scores


def _numbers(tensor: Tensor) -> Any:  # noqa: ANN401
    return tensor.detach().cpu().float().numpy().copy()
