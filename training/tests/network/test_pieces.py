from pathlib import Path

import gguf
import numpy as np
import pytest
import torch

from training import checkpoint, pieces
from training.export import load_any
from training.recipe import Recipe
from training.run import Run
from training.train import train

from ..conftest import SHAPE


@pytest.fixture(scope="module")
def trained(data: Path, recipe: Recipe, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    train(Run(recipe, data / "shards", folder, torch.device("cpu"), torch.float32, 60, 4, False, None), log=False)
    return folder / "latest.pt"


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 8_000)


def test_blocks_are_those_of_llama_cpp() -> None:
    matrix = np.random.default_rng(1).normal(size=(6, 96)).astype(np.float32)
    matrix[2, :32] = 0
    stored = gguf.quants.quantize(matrix, gguf.GGMLQuantizationType.Q8_0)
    assert pieces.to_blocks(matrix) == stored.tobytes()
    again = gguf.quants.dequantize(stored, gguf.GGMLQuantizationType.Q8_0)
    assert np.array_equal(pieces.from_blocks(stored.tobytes()), again.reshape(-1))


def test_pieces_come_back_as_the_weights(trained: Path, tmp_path: Path) -> None:
    paths = pieces.split(trained, tmp_path)
    assert len(paths) > 4 and all(path.stat().st_size <= 8_000 for path in paths[:-1])
    shape, weights, about = load_any(tmp_path)
    _, sent, _ = checkpoint.load_weights(trained)
    assert shape == SHAPE and about["recipe"] == "tiny"
    assert weights.keys() == sent.keys()
    for name, tensor in sent.items():
        assert weights[name].shape == tensor.shape
        assert float((weights[name] - tensor).norm() / tensor.norm()) < 0.01, name


def test_what_came_back_is_sent_on_without_loss(trained: Path) -> None:
    _, weights, _ = checkpoint.load_weights(trained)
    content = pieces.to_blocks(weights["embedding.weight"].numpy())
    again = pieces.to_blocks(pieces.from_blocks(content).reshape(SHAPE.vocabulary, SHAPE.width))
    assert np.array_equal(pieces.from_blocks(again), pieces.from_blocks(content))


def test_pieces_may_come_back_in_two_goes(trained: Path, tmp_path: Path) -> None:
    back = tmp_path / "back"
    back.mkdir()
    names = pieces.send_back(trained, tmp_path / "all", back, "0-1")
    assert names == ["weights-000.bin", "weights-001.bin", "weights.json"]
    with pytest.raises(FileNotFoundError, match=r"lacks weights-002\.bin, .*: fetch these as well"):
        pieces.join(back)
    pieces.send_back(trained, tmp_path / "all", back, "2-99")
    assert pieces.join(back)[0] == SHAPE


def test_a_piece_that_was_damaged_on_the_way_is_named(trained: Path, tmp_path: Path) -> None:
    paths = pieces.split(trained, tmp_path)
    content = paths[1].read_bytes()
    paths[1].write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ValueError, match=r"weights-001\.bin are not what was sent"):
        pieces.join(tmp_path)
