"""
`python -m training.lora.export`: a state of a run → the additions as a GGUF that llama.cpp loads beside its base, or
base and additions as one GGUF, quantised, with a manifest. The same bytes on every machine; needs numpy and gguf, no
torch.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf import GGMLQuantizationType, GGUFReader, GGUFValueType, GGUFWriter, LlamaFileType
from numpy.typing import NDArray

from training.lora.base import dequantised, field, matrix_name, open_base
from training.lora.state import State, read_state
from training.storage import sha256_of_file, write_json

#: How matrices with an addition are stored. The others, the embedding among them, stay as the base has them.
KINDS = {
    "F16": (GGMLQuantizationType.F16, LlamaFileType.MOSTLY_F16),
    "Q8_0": (GGMLQuantizationType.Q8_0, LlamaFileType.MOSTLY_Q8_0),
    "Q5_1": (GGMLQuantizationType.Q5_1, LlamaFileType.MOSTLY_Q5_1),
    "Q4_1": (GGMLQuantizationType.Q4_1, LlamaFileType.MOSTLY_Q4_1),
    "Q4_0": (GGMLQuantizationType.Q4_0, LlamaFileType.MOSTLY_Q4_0),
}
_WRITERS_OWN = ("general.architecture", "general.file_type")


def parts_of(state: State) -> dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """The additions by llama.cpp's name of the matrix: `a` (rank, in) and `b` (out, rank)."""
    found: dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
    for name, value in state.additions.items():
        _, layer, matrix, part = name.split(".")
        if part == "a":
            found[matrix_name(int(layer), matrix)] = (value, state.additions[f"layers.{layer}.{matrix}.b"])
    return found


def write_adapter(path: Path, state: State, name: str) -> None:
    """Writes the additions alone, in 16 bits."""
    writer = GGUFWriter(path, "llama")
    writer.add_type("adapter")
    writer.add_name(name)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(state.about["alpha"]))
    for matrix, (a, b) in parts_of(state).items():
        writer.add_tensor(f"{matrix}.lora_a", a.astype(np.float16))
        writer.add_tensor(f"{matrix}.lora_b", b.astype(np.float16))
    _finish(writer)


def write_merged(path: Path, base: Path, state: State, kind: str, name: str) -> None:
    """Writes base and additions as one model. Raises `ValueError` for a base that the additions were not made for."""
    reader = open_base(base, state.about["base_sha256"])
    parts = parts_of(state)
    scale = float(state.about["alpha"]) / int(state.about["rank"])
    stored, file_type = KINDS[kind]
    writer = GGUFWriter(path, field(reader, "general.architecture"))
    _copy_header(reader, writer, name)
    writer.add_file_type(file_type)
    for tensor in reader.tensors:
        if tensor.name in parts:
            values = dequantised(tensor) + added(*parts[tensor.name], scale)
            writer.add_tensor(tensor.name, gguf.quants.quantize(values, stored), raw_dtype=stored)
        else:
            writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
    _finish(writer)


def added(a: NDArray[np.float32], b: NDArray[np.float32], scale: float) -> NDArray[np.float32]:
    """
    `scale * b a`, summed up one rank after the other: a matrix product would round differently from machine to
    machine, and with it the file's digest.
    """
    total = np.zeros((b.shape[0], a.shape[1]), dtype=np.float32)
    for row, column in zip(a, b.T, strict=True):
        total += np.multiply.outer(column, row)
    return total * np.float32(scale)


def about(path: Path, kind: str, state_path: Path, state: State) -> dict[str, Any]:
    """What is to be known of a file that was written, for its manifest."""
    return {
        "file": path.name,
        "type": kind,
        "bytes": path.stat().st_size,
        "sha256": sha256_of_file(path),
        "state_sha256": sha256_of_file(state_path),
        "steps": state.progress.step,
        "tokens": state.progress.tokens,
        **state.about,
    }


def _copy_header(reader: GGUFReader, writer: GGUFWriter, name: str) -> None:
    for key, found in reader.fields.items():
        if key.startswith("GGUF.") or key in _WRITERS_OWN:
            continue
        value: Any = name if key == "general.name" else found.contents()
        inner = found.types[-1] if found.types[0] == GGUFValueType.ARRAY else None
        writer.add_key_value(key, value, found.types[0], sub_type=inner)


def _finish(writer: GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.lora.export", description=__doc__)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="the GGUF that the run started from; without it, the additions alone")
    parser.add_argument("--type", choices=tuple(KINDS), default="Q8_0", help="of the merged matrices")
    parser.add_argument("--name", default="Sotto SmolLM2 135M", help="in the header")
    parser.add_argument("--sha256", help="fails when the file that is written has another digest")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    state = read_state(options.state)
    if options.base is None:
        write_adapter(options.out, state, options.name)
    else:
        write_merged(options.out, options.base, state, options.type, options.name)
    kind = "adapter" if options.base is None else options.type
    manifest = {"name": options.name, **about(options.out, kind, options.state, state)}
    write_json(options.out.with_suffix(".json"), manifest)
    found = manifest["sha256"]
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB, sha256 {found}")
    if options.sha256 not in (None, found):
        print(f"export: the digest was to be {options.sha256}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
