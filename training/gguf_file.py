"""A GGUF of the family `sotto`: what `export` writes and `evaluate` reads."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from gguf import GGMLQuantizationType, GGUFReader, GGUFWriter, LlamaFileType
from numpy.typing import NDArray
from sentencepiece import sentencepiece_model_pb2
from torch import Tensor

from training import vocabulary as ids
from training.recipe import ModelShape
from training.tokenizer import SPACE_SIGN, SentencePieceTokenizer

#: Name for the command line → how matrices are stored and what the header says. Vectors stay in 32 bits.
FILE_TYPES = {
    "F16": (GGMLQuantizationType.F16, LlamaFileType.MOSTLY_F16),
    "Q8_0": (GGMLQuantizationType.Q8_0, LlamaFileType.MOSTLY_Q8_0),
    "Q5_1": (GGMLQuantizationType.Q5_1, LlamaFileType.MOSTLY_Q5_1),
    "Q5_0": (GGMLQuantizationType.Q5_0, LlamaFileType.MOSTLY_Q5_0),
    "Q4_0": (GGMLQuantizationType.Q4_0, LlamaFileType.MOSTLY_Q4_0),
}
#: Its classes are made at run time: no type checker sees them.
_format: Any = sentencepiece_model_pb2
_USER_DEFINED = _format.ModelProto.SentencePiece.USER_DEFINED

_FIM_KEYS = {
    "fim_pre": ids.FIM_PREFIX,
    "fim_suf": ids.FIM_SUFFIX,
    "fim_sep": ids.FILE_SEPARATOR,
    "fim_rep": ids.REPOSITORY,
}

_LAYER_NAMES = {
    "attention_norm.weight": "attn_norm.weight",
    "attention.query.weight": "attn_q.weight",
    "attention.key.weight": "attn_k.weight",
    "attention.value.weight": "attn_v.weight",
    "attention.output.weight": "attn_output.weight",
    "feed_forward_norm.weight": "ffn_norm.weight",
    "feed_forward.gate.weight": "ffn_gate.weight",
    "feed_forward.up.weight": "ffn_up.weight",
    "feed_forward.down.weight": "ffn_down.weight",
}
_OTHER_NAMES = {"embedding.weight": "token_embd.weight", "norm.weight": "output_norm.weight"}


@dataclass(frozen=True)
class Label:
    """What the header says about the model in words."""

    name: str
    size: str
    licence: str
    description: str
    #: Of weights whose explanations were graded and found worth showing: how probable their words have to be on average
    #: (`grade.py`). The product asks no other model of the family to explain.
    explain_floor: float | None = None


@dataclass(frozen=True)
class Network:
    """Shape and weights under our names."""

    shape: ModelShape
    weights: dict[str, Tensor]


def gguf_name(name: str) -> str:
    """Our name of a tensor → llama.cpp's."""
    if name in _OTHER_NAMES:
        return _OTHER_NAMES[name]
    _, number, rest = name.split(".", 2)
    return f"blk.{number}.{_LAYER_NAMES[rest]}"


def write_gguf(path: Path, network: Network, tokenizer: SentencePieceTokenizer, label: Label, kind: str) -> None:
    """Writes header, vocabulary and tensors. The embedding keeps 8 bits at least: it is the last matrix as well."""
    matrix_type, file_type = FILE_TYPES[kind]
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = GGUFWriter(path, "llama")
    _add_header(writer, network.shape, label, file_type)
    _add_vocabulary(writer, tokenizer)
    for name, tensor in network.weights.items():
        values = tensor.float().numpy()
        stored = GGMLQuantizationType.F32 if values.ndim == 1 else matrix_type
        if name == "embedding.weight" and matrix_type is not GGMLQuantizationType.F16:
            stored = GGMLQuantizationType.Q8_0
        writer.add_tensor(gguf_name(name), gguf.quants.quantize(values, stored), raw_dtype=stored)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_header(writer: GGUFWriter, shape: ModelShape, label: Label, file_type: LlamaFileType) -> None:
    writer.add_name(label.name)
    writer.add_basename("sotto-mini")
    writer.add_size_label(label.size)
    writer.add_license(label.licence)
    writer.add_description(label.description)
    if label.explain_floor is not None:
        writer.add_float32("sotto.explain.floor", label.explain_floor)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(shape.norm_epsilon)
    writer.add_vocab_size(shape.vocabulary)
    writer.add_file_type(file_type)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)


def _add_vocabulary(writer: GGUFWriter, tokenizer: SentencePieceTokenizer) -> None:
    model = _format.ModelProto.FromString(tokenizer.model)
    # llama.cpp looks for user-defined pieces in the text as it is, before spaces are replaced by their sign.
    texts = [
        piece.piece.replace(SPACE_SIGN, " ") if piece.type == _USER_DEFINED else piece.piece for piece in model.pieces
    ]
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([text.encode() for text in texts])
    writer.add_token_scores([piece.score for piece in model.pieces])
    writer.add_token_types([int(piece.type) for piece in model.pieces])
    writer.add_bos_token_id(ids.BOS)
    writer.add_eos_token_id(ids.EOS)
    writer.add_unk_token_id(ids.UNKNOWN)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
    for key, token in _FIM_KEYS.items():
        writer.add_uint32(f"tokenizer.ggml.{key}_token_id", token)


def read_gguf(path: Path) -> tuple[Network, SentencePieceTokenizer]:
    """Shape, weights in 32 bits and tokeniser of any model of the family, the trial model included."""
    reader = GGUFReader(path)

    def field(key: str) -> Any:  # noqa: ANN401
        return reader.fields[key].contents()

    shape = ModelShape(
        vocabulary=len(field("tokenizer.ggml.tokens")),
        layers=int(field("llama.block_count")),
        width=int(field("llama.embedding_length")),
        heads=int(field("llama.attention.head_count")),
        feed_forward=int(field("llama.feed_forward_length")),
        context=int(field("llama.context_length")),
        rope_base=float(field("llama.rope.freq_base")),
        norm_epsilon=float(field("llama.attention.layer_norm_rms_epsilon")),
    )
    tensors = {tensor.name: tensor for tensor in reader.tensors}
    weights: dict[str, Tensor] = {}
    for name in _tensor_names(shape.layers):
        tensor = tensors[gguf_name(name)]
        values: NDArray[np.float32] = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        weights[name] = torch.from_numpy(np.array(values, dtype=np.float32))
    tokenizer = _rebuild(
        field("tokenizer.ggml.tokens"), field("tokenizer.ggml.scores"), field("tokenizer.ggml.token_type")
    )
    return Network(shape, weights), tokenizer


def _tensor_names(layers: int) -> list[str]:
    return [*_OTHER_NAMES, *(f"layers.{number}.{name}" for number in range(layers) for name in _LAYER_NAMES)]


def _rebuild(tokens: list[str], scores: list[float], types: list[int]) -> SentencePieceTokenizer:
    """The SentencePiece model that a GGUF's vocabulary came from."""
    model = _format.ModelProto()
    model.trainer_spec.model_type = _format.TrainerSpec.BPE
    model.trainer_spec.byte_fallback = True
    model.trainer_spec.vocab_size = len(tokens)
    model.trainer_spec.unk_id, model.trainer_spec.bos_id, model.trainer_spec.eos_id = ids.UNKNOWN, ids.BOS, ids.EOS
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.add_dummy_prefix = False
    model.normalizer_spec.remove_extra_whitespaces = False
    for text, score, kind in zip(tokens, scores, types, strict=True):
        model.pieces.add(piece=text.replace(" ", SPACE_SIGN), score=score, type=kind)
    return SentencePieceTokenizer.load(model.SerializeToString())
