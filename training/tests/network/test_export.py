import dataclasses
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from gguf import GGUFReader

from training import evaluate
from training import export as export_module
from training.ask_llama_cpp import ask_llama_cpp, can_ask
from training.examples import Example
from training.export import export
from training.gguf_file import FILE_TYPES, Label, Network, read_gguf, write_gguf
from training.model import Llama
from training.recipe import Recipe
from training.run import Run
from training.tokenizer import SentencePieceTokenizer
from training.train import train

from ..conftest import NASTY, SHAPE

LABEL = Label("sotto-tiny", "0M", "mit", "A test")


@pytest.fixture(scope="module")
def network() -> Network:
    """Sharper than a fresh network, so that the most probable token is no accident of rounding."""
    torch.manual_seed(11)
    weights = {name: tensor * (1 if tensor.dim() == 1 else 12) for name, tensor in Llama(SHAPE).state_dict().items()}
    return Network(SHAPE, weights)


@pytest.fixture(scope="module")
def ggufs(
    network: Network, tokenizer: SentencePieceTokenizer, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("gguf")
    paths = {kind: folder / f"{kind}.gguf" for kind in FILE_TYPES}
    for kind, path in paths.items():
        write_gguf(path, network, tokenizer, LABEL, kind)
    return paths


@pytest.mark.parametrize(
    ("kind", "error"), [("F16", 0.001), ("Q8_0", 0.01), ("Q5_1", 0.06), ("Q5_0", 0.06), ("Q4_0", 0.12)]
)
def test_what_is_read_is_what_was_written(kind: str, error: float, ggufs: dict[str, Path], network: Network) -> None:
    found, _ = read_gguf(ggufs[kind])
    assert found.shape.norm_epsilon == pytest.approx(SHAPE.norm_epsilon)
    assert dataclasses.replace(found.shape, norm_epsilon=SHAPE.norm_epsilon) == SHAPE
    assert found.weights.keys() == network.weights.keys()
    for name, tensor in network.weights.items():
        assert float((found.weights[name] - tensor).norm() / tensor.norm()) < error, name


def test_the_vocabulary_comes_back_whole(ggufs: dict[str, Path], tokenizer: SentencePieceTokenizer) -> None:
    _, found = read_gguf(ggufs["F16"])
    for text in NASTY:
        assert found.encode(text) == tokenizer.encode(text)


def test_the_header_says_what_the_product_looks_for(ggufs: dict[str, Path]) -> None:
    fields = GGUFReader(ggufs["Q8_0"]).fields
    expected = {
        "general.architecture": "llama", "general.name": "sotto-tiny", "general.license": "mit", "general.file_type": 7,
        "llama.context_length": SHAPE.context, "tokenizer.ggml.model": "llama", "tokenizer.ggml.pre": "default",
        "tokenizer.ggml.add_space_prefix": False, "tokenizer.ggml.add_bos_token": True,
        "tokenizer.ggml.fim_pre_token_id": 3, "tokenizer.ggml.fim_suf_token_id": 4,
    }  # fmt: skip
    assert {key: fields[key].contents() for key in expected} == expected
    assert not any("fim_mid" in key or "middle" in key for key in fields)


@pytest.fixture(scope="module")
def answers(ggufs: dict[str, Path], prompts: list[list[int]]) -> dict[str, Any]:
    if not can_ask():
        pytest.skip("needs the product's own node-llama-cpp")
    return ask_llama_cpp(ggufs["F16"], prompts, NASTY)


@pytest.fixture(scope="module")
def prompts() -> list[list[int]]:
    generator = np.random.default_rng(5)
    return [[1, *(int(token) for token in generator.integers(3, SHAPE.vocabulary, 40))] for _ in range(3)]


def test_only_weights_that_were_graded_say_that_they_explain(
    ggufs: dict[str, Path], network: Network, tokenizer: SentencePieceTokenizer, tmp_path: Path
) -> None:
    assert "sotto.explain.floor" not in GGUFReader(ggufs["Q8_0"]).fields
    graded = dataclasses.replace(LABEL, explain_floor=0.45)
    write_gguf(tmp_path / "graded.gguf", network, tokenizer, graded, "Q8_0")
    floor = GGUFReader(tmp_path / "graded.gguf").fields["sotto.explain.floor"].contents()
    assert floor == pytest.approx(0.45)


def test_llama_cpp_tokenises_as_training_did(answers: dict[str, Any], tokenizer: SentencePieceTokenizer) -> None:
    for text, tokens in zip(NASTY, answers["tokens"], strict=True):
        assert tokens == tokenizer.encode(text), text
    assert answers["texts"] == list(NASTY)


def test_llama_cpp_knows_the_tokens_and_no_middle(answers: dict[str, Any]) -> None:
    assert answers["infill"] == {"prefix": 3, "suffix": 4, "middle": None}
    assert (answers["bos"], answers["eos"], answers["contextSize"]) == (1, 2, SHAPE.context)


def test_llama_cpp_continues_as_the_trained_weights_do(
    answers: dict[str, Any], network: Network, prompts: list[list[int]]
) -> None:
    model = Llama(SHAPE)
    model.load_state_dict(network.weights)
    compared = 0
    for prompt, found in zip(prompts, answers["next"], strict=True):
        probabilities = model(torch.tensor([prompt]))[0].softmax(-1).detach()
        for (token, probability), expected in zip(found, probabilities, strict=True):
            best, second = expected.topk(2).values.tolist()
            assert probability == pytest.approx(float(expected[token]), abs=0.02)
            if best - second > 0.02:
                compared += 1
                assert token == int(expected.argmax())
    assert compared > 40


@pytest.fixture(scope="module")
def trained(data: Path, recipe: Recipe, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    train(Run(recipe, data / "shards", folder, torch.device("cpu"), torch.float32, 60, 4, False, None), log=False)
    return folder / "latest.pt"


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, recipe: Recipe) -> None:
    """Lets the stages find the tests' recipe by its name."""
    for module in (export_module, evaluate):
        monkeypatch.setattr(module, "load_recipe", lambda _: recipe)


@pytest.mark.usefixtures("known")
def test_a_checkpoint_becomes_a_file_with_a_manifest(trained: Path, data: Path, tmp_path: Path) -> None:
    manifest = export(trained, data, "Q8_0", "sotto-tiny", tmp_path / "a.gguf")
    assert manifest["parameters"] == SHAPE.parameters and manifest["recipe"] == "tiny" and manifest["seed"] == 7
    assert manifest["bytes"] == (tmp_path / "a.gguf").stat().st_size
    shards = manifest["shards_sha256"]
    assert isinstance(shards, list) and len(shards[0]) == 64


@pytest.mark.usefixtures("known")
def test_weights_of_another_tokeniser_are_refused(
    trained: Path,
    data: Path,
    tmp_path: Path,
    recipe: Recipe,
    tokenizer: SentencePieceTokenizer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = dataclasses.replace(tokenizer, model=tokenizer.model + b"\0")
    monkeypatch.setattr(export_module, "load_tokenizer", lambda *_: other)
    with pytest.raises(ValueError, match="were trained with tokeniser"):
        export(trained, data, "F16", "x", tmp_path / "a.gguf")


def test_a_network_that_knows_nothing_scores_the_size_of_its_vocabulary(tokenizer: SentencePieceTokenizer) -> None:
    model = Llama(SHAPE)
    torch.nn.init.zeros_(model.embedding.weight)
    example = Example("line", "python", "a.py", "def f(a):\n    return ", "\n", (), "a + 1")
    result = evaluate.evaluate(model, tokenizer, [example, example])
    tokens = len(tokenizer.encode("a + 1"))
    assert set(result) == {"python/line", "python/*", "*/line", "*/*"}
    assert result["*/*"]["examples"] == 2 and result["*/*"]["tokens"] == 2 * tokens
    assert result["*/*"]["nats_per_token"] == pytest.approx(math.log(SHAPE.vocabulary), abs=1e-3)
    assert result["*/*"]["nats_of_end"] == pytest.approx(math.log(SHAPE.vocabulary), abs=1e-3)
    assert result["*/*"]["bits_per_character"] == pytest.approx(tokens * math.log2(SHAPE.vocabulary) / 5, abs=1e-2)


@pytest.mark.usefixtures("known")
def test_a_file_scores_as_the_weights_that_it_was_made_from(trained: Path, data: Path, tmp_path: Path) -> None:
    export(trained, data, "F16", "sotto-tiny", tmp_path / "a.gguf")
    example = Example("explain", "python", "a.py", "def f(a):\n    return a\n", "", (), "Returns the same.")
    scores = [evaluate.score(*evaluate.load_model(path, data), example) for path in (trained, tmp_path / "a.gguf")]
    assert scores[0].nats == pytest.approx(scores[1].nats, rel=1e-3)
