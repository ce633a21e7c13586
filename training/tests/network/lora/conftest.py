"""A llama so small that it is made here, a recipe for it, and additions that change what it says."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from gguf import GGUFWriter

from training.lora.base import BaseShape
from training.lora.bpe import BpeTokenizer
from training.lora.natural import Layout
from training.lora.recipe import LoraRecipe
from training.lora.run import LoraRun
from training.lora.trainer import LoraTrainer
from training.storage import sha256_of_file

from ...lora.conftest import CONTROL, MARKS, MERGES, vocabulary
from ...lora.test_shard import recipe as shard_recipe
from ...lora.test_shard import write_data

CPU = torch.device("cpu")
SHAPE = BaseShape(
    vocabulary=len(vocabulary()), layers=2, width=64, heads=4, key_heads=2, feed_forward=96, context=256,
    rope_base=10_000.0, norm_epsilon=1e-5,
)  # fmt: skip
SIZES = {
    "attn_q": (64, 64), "attn_k": (32, 64), "attn_v": (32, 64), "attn_output": (64, 64),
    "ffn_gate": (96, 64), "ffn_up": (96, 64), "ffn_down": (64, 96),
}  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("base") / "base.gguf"
    generator = np.random.default_rng(3)
    writer = GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(SHAPE.context)
    writer.add_embedding_length(SHAPE.width)
    writer.add_block_count(SHAPE.layers)
    writer.add_feed_forward_length(SHAPE.feed_forward)
    writer.add_head_count(SHAPE.heads)
    writer.add_head_count_kv(SHAPE.key_heads)
    writer.add_rope_dimension_count(SHAPE.width // SHAPE.heads)
    writer.add_rope_freq_base(SHAPE.rope_base)
    writer.add_layer_norm_rms_eps(SHAPE.norm_epsilon)
    writer.add_file_type(0)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list([text.encode() for text in vocabulary()])
    writer.add_token_types([3 if at < len(CONTROL) else 1 for at in range(SHAPE.vocabulary)])
    writer.add_token_merges(list(MERGES))
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(0)
    writer.add_add_bos_token(False)
    sizes = {f"blk.{layer}.{name}.weight": size for layer in range(SHAPE.layers) for name, size in SIZES.items()}
    for name, size in {**sizes, "token_embd.weight": (SHAPE.vocabulary, SHAPE.width)}.items():
        writer.add_tensor(name, (generator.normal(size=size) * 0.15).astype(np.float32))
    norms = [f"blk.{layer}.{name}.weight" for layer in range(SHAPE.layers) for name in ("attn_norm", "ffn_norm")]
    for name in (*norms, "output_norm.weight"):
        writer.add_tensor(name, generator.uniform(0.5, 1.5, SHAPE.width).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="module")
def recipe(base: Path) -> LoraRecipe:
    found = shard_recipe()
    plan = dataclasses.replace(
        found.plan, rate=0.01, step_tokens=200, longest=96, warmup_steps=2, evaluate_steps=3, total_tokens=10**9
    )
    return dataclasses.replace(
        found, name="tiny", base_sha256=sha256_of_file(base), rank=4, alpha=8, marks=MARKS, plan=plan
    )


@pytest.fixture(scope="module")
def data(layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    write_data(folder, layout)
    return folder


@pytest.fixture(scope="module")
def layout(base: Path) -> Layout:
    return Layout(BpeTokenizer.load(base), MARKS, 96)


@pytest.fixture
def run(recipe: LoraRecipe, base: Path, data: Path, tmp_path: Path) -> LoraRun:
    return LoraRun(recipe, base, data, tmp_path / "run", CPU, torch.float32, tokens=1_500)


@pytest.fixture(scope="module")
def state(recipe: LoraRecipe, base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Additions that change what the model says, which fresh ones do not."""
    path = tmp_path_factory.mktemp("state") / "state.npz"
    trainer = LoraTrainer(recipe, base, CPU, torch.float32)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for name, parameter in trainer.model.named_parameters():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * (0.2 if name.endswith(".b") else 0.1))
    trainer.save(path)
    return path
