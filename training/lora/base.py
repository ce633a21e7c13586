"""What a llama GGUF says of itself: its shape and its matrices, dequantised. Needs numpy and gguf, no torch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf import GGUFReader
from numpy.typing import NDArray

from training.storage import sha256_of_file

#: llama.cpp's names of the matrices of a layer that can be added to, in the order of a layer's work.
MATRICES = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
#: Names of the vectors of a layer.
NORMS = ("attn_norm", "ffn_norm")
EMBEDDING, OUTPUT_NORM, OUTPUT = "token_embd.weight", "output_norm.weight", "output.weight"


@dataclass(frozen=True)
class BaseShape:
    """A llama with grouped keys and values; the output matrix is the embedding."""

    vocabulary: int
    layers: int
    width: int
    heads: int
    key_heads: int
    feed_forward: int
    context: int
    rope_base: float
    norm_epsilon: float


@dataclass(frozen=True)
class BaseModel:
    """A GGUF in memory. Query and key rows lie as llama.cpp stores them: rotary pairs are neighbours."""

    shape: BaseShape
    tensors: dict[str, NDArray[np.float32]]
    sha256: str


def matrix_name(layer: int, matrix: str) -> str:
    """llama.cpp's name of a layer's matrix."""
    return f"blk.{layer}.{matrix}.weight"


def open_base(path: Path, sha256: str | None = None) -> GGUFReader:
    """Opens a GGUF. Raises `ValueError` when it is not the file with this digest."""
    if sha256 is not None and (found := sha256_of_file(path)) != sha256:
        raise ValueError(f"{path.name} has the digest {found[:12]}…, the recipe wants {sha256[:12]}…")
    return GGUFReader(path)


def read_base(path: Path, sha256: str | None = None) -> BaseModel:
    """Shape and dequantised tensors. Raises `ValueError` for another file or an architecture that is not this llama."""
    reader = open_base(path, sha256)
    if field(reader, "general.architecture") != "llama":
        raise ValueError(f"{path.name} is no llama: this network cannot run it")
    shape = BaseShape(
        vocabulary=len(field(reader, "tokenizer.ggml.tokens")),
        layers=int(field(reader, "llama.block_count")),
        width=int(field(reader, "llama.embedding_length")),
        heads=int(field(reader, "llama.attention.head_count")),
        key_heads=int(field(reader, "llama.attention.head_count_kv")),
        feed_forward=int(field(reader, "llama.feed_forward_length")),
        context=int(field(reader, "llama.context_length")),
        rope_base=float(field(reader, "llama.rope.freq_base")),
        norm_epsilon=float(field(reader, "llama.attention.layer_norm_rms_epsilon")),
    )
    names = {tensor.name for tensor in reader.tensors}
    if OUTPUT in names:
        raise ValueError(f"{path.name} has an output matrix besides its embedding: this network shares one")
    tensors = {tensor.name: dequantised(tensor) for tensor in reader.tensors}
    return BaseModel(shape, tensors, sha256_of_file(path))


def dequantised(tensor: Any) -> NDArray[np.float32]:  # noqa: ANN401
    """A tensor of a GGUF in 32 bits."""
    return np.array(gguf.quants.dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)


def field(reader: GGUFReader, key: str) -> Any:  # noqa: ANN401
    """A value of the header. Raises `KeyError` naming what is missing."""
    found = reader.fields.get(key)
    if found is None:
        raise KeyError(f"the header has no {key}")
    return found.contents()
