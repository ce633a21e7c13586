from pathlib import Path

import numpy as np
import pytest

from training.lora.dataset import Place
from training.lora.state import Progress, State, from_bf16, read_state, to_bf16, write_state


def test_a_state_comes_back_and_what_came_back_comes_back_the_same(tmp_path: Path) -> None:
    generator = np.random.default_rng(1)
    additions = {"layers.0.attn_q.a": (generator.normal(size=(4, 8)) / 20).astype(np.float32)}
    moments = {"layers.0.attn_q.a/first": (generator.normal(size=(4, 8)) * 1e-7).astype(np.float32)}
    progress = Progress(7, 1234, 5.5, Place(1, 3))
    write_state(tmp_path / "a.npz", State(additions, moments, progress, {"rank": 4}))
    first = read_state(tmp_path / "a.npz")
    assert first.progress == progress and first.about == {"rank": 4}
    assert first.additions["layers.0.attn_q.a"] == pytest.approx(additions["layers.0.attn_q.a"], rel=1e-3)
    assert first.moments["layers.0.attn_q.a/first"] == pytest.approx(moments["layers.0.attn_q.a/first"], rel=4e-3)
    write_state(tmp_path / "b.npz", first)
    second = read_state(tmp_path / "b.npz")
    for name in first.additions:
        assert np.array_equal(first.additions[name], second.additions[name])
    for name in first.moments:
        assert np.array_equal(first.moments[name], second.moments[name])


def test_halves_are_rounded_to_the_nearest_and_ties_to_even() -> None:
    values = np.array([1.0, -2.5, 0.0, 1 + 2**-8, 1 + 3 * 2**-8, 1e-30, 3e38], dtype=np.float32)
    found = from_bf16(to_bf16(values))
    assert found[:5].tolist() == [1.0, -2.5, 0.0, 1.0, 1 + 2**-6]
    assert found == pytest.approx(values, rel=2**-8)
