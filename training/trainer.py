"""The network with its optimisers: one step, one measurement, one checkpoint at a time."""

import dataclasses
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import torch
from torch import Tensor

from training import checkpoint
from training.checkpoint import Progress
from training.model import Llama
from training.optimizers import make_optimizers, set_rates
from training.recipe import Schedule
from training.rows import Position, Rows, ShardFolder
from training.run import Run
from training.vocabulary import PADDING


def rate_factor(schedule: Schedule, progress: Progress) -> float:
    """Up over the warm-up, one, and down in a line to nothing at the end of the plan."""
    warm = min(1.0, (progress.step + 1) / schedule.warmup_steps)
    return warm * min(1.0, (1 - share_done(schedule, progress)) / schedule.decay_share)


def share_done(schedule: Schedule, progress: Progress) -> float:
    """Of the plan, 0 to 1: by tokens or by time, whichever is further."""
    by_time = progress.seconds / (60 * schedule.total_minutes)
    return min(1.0, max(progress.tokens / schedule.total_tokens, by_time))


class Trainer:
    """Owns the network, its optimisers and how far they are."""

    def __init__(self, run: Run) -> None:
        self.run = run
        torch.manual_seed(run.recipe.seed)
        self.model = Llama(run.recipe.model).to(run.device)
        schedule = run.recipe.schedule
        self._optimizers = make_optimizers(
            self.model, schedule.matrix_rate, schedule.vector_rate, schedule.weight_decay
        )
        self.progress = Progress()
        #: Digests of all that the weights have been trained on so far.
        self._shards: list[str] = []
        self.latest = run.folder / "latest.pt"
        if self.latest.exists():
            self._restore(self.latest)
        elif run.origin is not None:
            self._restore(run.origin)
            self.progress.position = Position()
        self._losses = torch.compile(self.model.losses) if run.compiled else self.model.losses

    def _restore(self, path: Path) -> None:
        self.progress, about = checkpoint.restore(path, self.model, self._optimizers)
        self._shards = about["shards_sha256"]

    def step(self, rows: Rows, position: Position) -> Tensor:
        """One step of the optimisers. Returns the mean loss, still on the device."""
        schedule = self.run.recipe.schedule
        set_rates(self._optimizers, rate_factor(schedule, self.progress))
        batch = torch.from_numpy(rows.astype("int32")).to(self.run.device).long()
        counted = (batch[:, 1:] != PADDING).sum()
        total = torch.zeros((), device=self.run.device)
        for start in range(0, len(batch), schedule.micro_rows):
            with self.precision():
                loss = self._losses(batch[start : start + schedule.micro_rows]).sum() / counted
            loss.backward()  # type: ignore[no-untyped-call]
            total += loss.detach()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), schedule.gradient_limit)
        for optimizer in self._optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.tokens += int((rows[:, 1:] != PADDING).sum())
        self.progress.position = position
        return total

    def precision(self) -> AbstractContextManager[None]:
        """Mixed precision where the run has it."""
        if self.run.precision is torch.float32:
            return nullcontext()
        return torch.autocast(self.run.device.type, dtype=self.run.precision)

    @torch.no_grad()
    def held_out_loss(self, rows: Rows) -> float:
        """Nats per token of rows that are never trained on."""
        total, count = 0.0, 0
        for start in range(0, len(rows), self.run.recipe.schedule.micro_rows):
            part = torch.from_numpy(rows[start : start + self.run.recipe.schedule.micro_rows].astype("int64"))
            with self.precision():
                total += float(self.model.losses(part.to(self.run.device)).sum())
            count += int((part[:, 1:] != PADDING).sum())
        return total / max(1, count)

    def save(self) -> None:
        """Writes the checkpoint that the next run goes on from."""
        recipe = self.run.recipe
        index = ShardFolder(self.run.shards / "train", recipe.seed).index
        about = {
            "recipe": recipe.name,
            "seed": recipe.seed,
            "shape": dataclasses.asdict(recipe.model),
            "tokenizer_sha256": index["tokenizer_sha256"],
            "sources_sha256": index.get("sources_sha256"),
            "shards_sha256": list(dict.fromkeys([*self._shards, *(shard["sha256"] for shard in index["shards"])])),
            "torch": str(torch.__version__),
        }
        checkpoint.save(self.latest, self.model, self._optimizers, self.progress, about)
