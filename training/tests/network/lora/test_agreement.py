"""The adapted network says what llama.cpp says, as base, with an adapter beside it, and merged."""

import dataclasses
import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from gguf import GGUFReader

from training.ask_llama_cpp import ask_llama_cpp, can_ask
from training.examples import Example
from training.lora.agree import main as agree
from training.lora.base import read_base
from training.lora.bpe import BpeTokenizer
from training.lora.evaluate import load, without_front
from training.lora.export import main as export
from training.lora.natural import Layout
from training.lora.network import AdaptedLlama, Additions
from training.lora.state import read_state
from training.lora.trainer import measure
from training.storage import sha256_of_file

from ...conftest import NASTY
from .conftest import SHAPE


def test_the_shape_is_read_from_the_header(base: Path) -> None:
    found = read_base(base).shape
    assert dataclasses.replace(found, norm_epsilon=SHAPE.norm_epsilon) == SHAPE


def test_fresh_additions_change_nothing(base: Path) -> None:
    tokens = torch.arange(4, 40)[None]
    model = read_base(base)
    found = [AdaptedLlama(model, Additions(rank, 8)).hidden(tokens) for rank in (2, 4)]
    assert torch.equal(*found)


def ask(model: Path, prompts: list[list[int]], adapter: Path | None = None) -> dict[str, Any]:
    if not can_ask():
        pytest.skip("needs the product's own node-llama-cpp")
    return ask_llama_cpp(model, prompts, NASTY, adapter)


def compare(network: AdaptedLlama, prompts: list[list[int]], said: list[Any], tolerance: float) -> None:
    compared = 0
    for prompt, found in zip(prompts, said, strict=True):
        with torch.no_grad():
            probabilities = network.logits(network.hidden(torch.tensor([prompt])))[0].softmax(-1)
        for (token, probability), expected in zip(found, probabilities, strict=True):
            best, second = expected.topk(2).values.tolist()
            assert probability == pytest.approx(float(expected[token]), abs=tolerance)
            if best - second > tolerance:
                compared += 1
                assert token == int(expected.argmax())
    assert compared > 40


@pytest.fixture(scope="module")
def prompts() -> list[list[int]]:
    generator = np.random.default_rng(5)
    return [[int(token) for token in generator.integers(4, SHAPE.vocabulary, 40)] for _ in range(3)]


def test_llama_cpp_continues_as_the_base_does_and_tokenises_alike(base: Path, prompts: list[list[int]]) -> None:
    answer = ask(base, prompts)
    compare(load(base, None), prompts, answer["next"], 0.002)
    tokenizer = BpeTokenizer.load(base)
    assert answer["tokens"] == [tokenizer.encode(text) for text in NASTY]


def test_llama_cpp_continues_as_the_base_with_its_additions_does(
    base: Path, state: Path, prompts: list[list[int]], tmp_path: Path
) -> None:
    adapted = load(base, read_state(state))
    plain = load(base, None)
    tokens = torch.tensor(prompts)
    with torch.no_grad():
        assert float((adapted.hidden(tokens) - plain.hidden(tokens)).abs().mean()) > 0.1
    assert export(["--state", str(state), "--out", str(tmp_path / "adapter.gguf")]) == 0
    compare(adapted, prompts, ask(base, prompts, tmp_path / "adapter.gguf")["next"], 0.003)


def test_llama_cpp_continues_as_the_merged_file_does(
    base: Path, state: Path, prompts: list[list[int]], tmp_path: Path
) -> None:
    path = tmp_path / "merged.gguf"
    assert export(["--state", str(state), "--base", str(base), "--type", "F16", "--out", str(path)]) == 0
    answer = ask(path, prompts)
    compare(load(base, read_state(state)), prompts, answer["next"], 0.004)
    assert answer["tokens"] == ask(base, [])["tokens"]


def test_the_merged_file_has_the_digest_that_is_asked_for_or_none(
    base: Path, state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "merged.gguf"
    asked = ["--state", str(state), "--base", str(base), "--type", "Q4_0", "--out", str(path)]
    assert export(asked) == 0
    digest = sha256_of_file(path)
    assert export([*asked, "--sha256", digest]) == 0
    assert export([*asked, "--sha256", "0" * 64]) == 1
    assert "the digest was to be" in capsys.readouterr().err
    manifest = json.loads(path.with_suffix(".json").read_text())
    assert (manifest["type"], manifest["sha256"], manifest["rank"]) == ("Q4_0", digest, 4)
    assert manifest["state_sha256"] == sha256_of_file(state)
    fields = GGUFReader(path).fields
    assert fields["general.name"].contents() == "Sotto SmolLM2 135M" and fields["general.file_type"].contents() == 2


def test_additions_are_refused_by_another_base(base: Path, state: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.gguf"
    other.write_bytes(base.read_bytes() + b"\0")
    with pytest.raises(ValueError, match=r"other\.gguf has the digest"):
        export(["--state", str(state), "--base", str(other), "--out", str(tmp_path / "x.gguf")])


def test_only_the_answer_is_measured_and_what_stands_in_front_can_be_left_out(base: Path, layout: Layout) -> None:
    example = layout.tokens_of(Example("line", "python", "a.py", "if x:\n    return", "\n", (), " x + y"))
    network = load(base, None)
    whole, alone = (measure(network, [found])[0] for found in (example, without_front(example)))
    assert whole.tokens == alone.tokens == len(example.tokens) - example.answer - 1
    tokens = torch.tensor([example.tokens])
    nats = -network.logits(network.hidden(tokens))[0].log_softmax(-1)
    expected = sum(float(nats[at - 1, example.tokens[at]]) for at in range(example.answer, len(example.tokens) - 1))
    assert whole.nats == pytest.approx(expected, abs=1e-3) and alone.nats != pytest.approx(whole.nats, abs=1e-3)


def test_the_tool_compares_a_real_file_with_its_additions(
    base: Path, state: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not can_ask():
        pytest.skip("needs the product's own node-llama-cpp")
    shutil.copytree(data, tmp_path / "lora" / "tiny")
    asked = ["--data", str(tmp_path), "--config", "tiny", "--prompts", "3"]
    assert agree(["--model", str(base), "--state", str(state), *asked]) == 0
    said = re.search(r"(\d+) places: (\d+) likeliest", capsys.readouterr().out)
    assert said is not None and int(said[1]) > 60
