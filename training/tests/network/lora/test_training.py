"""A run: what goes on, what is refused, what it measures."""

import dataclasses
import json
import shutil
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from training.curve import read_points
from training.lora.base import read_base
from training.lora.natural import Layout
from training.lora.recipe import LoraRecipe
from training.lora.run import LoraRun
from training.lora.state import State, read_state, write_state
from training.lora.train import CURVE, SCORES, STATE, train
from training.lora.trainer import LoraTrainer, rate_factor

from .conftest import CPU


def test_two_halves_are_the_same_as_the_whole_to_the_bit(run: LoraRun, tmp_path: Path) -> None:
    often = dataclasses.replace(run.recipe, plan=dataclasses.replace(run.recipe.plan, checkpoint_seconds=0))
    whole = train(dataclasses.replace(run, recipe=often, tokens=3_000, folder=tmp_path / "whole"), log=False)
    first = train(dataclasses.replace(run, recipe=often), log=False)
    halves = train(dataclasses.replace(run, recipe=often, tokens=3_000), log=False)
    assert first.progress.step < halves.progress.step == whole.progress.step
    assert (halves.progress.tokens, halves.progress.place) == (whole.progress.tokens, whole.progress.place)
    states = [read_state(folder / STATE) for folder in (tmp_path / "whole", run.folder)]
    for name, value in states[0].additions.items():
        assert np.array_equal(value, states[1].additions[name]), name
    for name, value in states[0].moments.items():
        assert np.array_equal(value, states[1].moments[name]), name
    curves = [[(point.step, point.loss, point.held_out) for point in read_points(folder / CURVE)]
              for folder in (tmp_path / "whole", run.folder)]  # fmt: skip
    assert curves[0] == curves[1] and len(curves[0]) == whole.progress.step


def test_a_state_from_elsewhere_is_gone_on_with_and_other_data_are_begun_at_their_start(
    run: LoraRun, layout: Layout, tmp_path: Path
) -> None:
    first = train(run, log=False)
    onward = dataclasses.replace(run, folder=tmp_path / "onward", origin=run.folder / STATE, tokens=1_600)
    second = train(onward, log=False)
    assert second.progress.step == first.progress.step + 1 and second.data == first.data
    shutil.copytree(run.data, tmp_path / "others")
    index = json.loads((tmp_path / "others/index.json").read_text())
    index["files"][0]["text_sha256"] = "other"
    (tmp_path / "others/index.json").write_text(json.dumps(index))
    third = train(dataclasses.replace(onward, data=tmp_path / "others", tokens=1_601), log=False)
    assert third.data == [*first.data, "other"]
    assert third.progress.place.example < second.progress.place.example


def test_the_loss_falls_and_the_frozen_matrices_stay(run: LoraRun, base: Path) -> None:
    trainer = train(dataclasses.replace(run, tokens=20_000), log=False)
    points = [point for point in read_points(run.folder / CURVE) if point.held_out is not None]
    assert points[-1].held_out is not None and points[0].held_out is not None
    assert points[-1].held_out < points[0].held_out - 0.5
    assert json.loads((run.folder / SCORES).read_text())["middle"]["tokens"] > 100
    assert torch.equal(
        trainer.model.get_buffer("embedding"), torch.from_numpy(read_base(base).tensors["token_embd.weight"])
    )


def test_a_state_of_other_additions_is_refused(run: LoraRun, state: Path) -> None:
    other = dataclasses.replace(run, recipe=dataclasses.replace(run.recipe, rank=8), origin=state)
    with pytest.raises(ValueError, match=r"state\.npz has another rank"):
        train(other, log=False)


def test_bf16_trains_as_well(run: LoraRun) -> None:
    trainer = train(dataclasses.replace(run, precision=torch.bfloat16), log=False)
    assert trainer.progress.tokens >= 1_500
    assert all(parameter.dtype is torch.float32 for parameter in trainer.model.parameters())


def test_a_signal_ends_the_run_with_a_checkpoint(run: LoraRun, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0

    def counted(trainer: LoraTrainer, *arguments: Any) -> float:  # noqa: ANN401
        nonlocal steps
        steps += 1
        if steps == 2:
            signal.raise_signal(signal.SIGTERM)
        return before(trainer, *arguments)

    before = LoraTrainer.step
    monkeypatch.setattr(LoraTrainer, "step", counted)
    assert train(dataclasses.replace(run, tokens=10**9), log=False).progress.step == 2
    assert read_state(run.folder / STATE).progress.step == 2


def test_the_rate_rises_and_falls_only_where_the_plan_has_a_fall(recipe: LoraRecipe, base: Path) -> None:
    progress = LoraTrainer(recipe, base, CPU, torch.float32).progress
    plan = dataclasses.replace(recipe.plan, total_tokens=1_000, warmup_steps=4)
    assert rate_factor(plan, dataclasses.replace(progress, step=1)) == 0.5
    at = dataclasses.replace(progress, step=9, tokens=900)
    assert rate_factor(plan, at) == 1
    assert rate_factor(dataclasses.replace(plan, decay_share=0.2), at) == pytest.approx(0.5)


def test_a_state_without_its_optimiser_starts_one(state: Path, run: LoraRun, tmp_path: Path) -> None:
    found = read_state(state)
    assert found.moments == {}
    write_state(tmp_path / "bare.npz", State(found.additions, {}, found.progress, found.about))
    assert train(dataclasses.replace(run, origin=tmp_path / "bare.npz"), log=False).progress.step > 0
