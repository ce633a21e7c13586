"""
`python -m training.export`: a checkpoint, or pieces that came back from another machine, → GGUF, with a run manifest.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from torch import Tensor

from training import checkpoint, pieces
from training.gguf_file import FILE_TYPES, Label, Network, write_gguf
from training.recipe import ModelShape, load_recipe
from training.storage import DATA, RUNS, sha256_of_file, write_json
from training.tokenizer import load_tokenizer

LICENCE = "mit"


def export(
    weights_path: Path, data: Path, kind: str, name: str, out: Path, explain_floor: float | None = None
) -> dict[str, object]:
    """Writes the GGUF and returns its run manifest. Raises `ValueError` for weights of another tokeniser."""
    shape, weights, about = load_any(weights_path)
    tokenizer = load_tokenizer(data, load_recipe(about["recipe"]))
    if tokenizer.sha256 != about["tokenizer_sha256"]:
        raise ValueError(f"the weights were trained with tokeniser {about['tokenizer_sha256'][:12]}, not this one")
    size = f"{shape.parameters / 1e6:.0f}M"
    description = "Fill-in-the-middle code model of Sotto: suffix first, no middle token"
    label = Label(name, size, LICENCE, description, explain_floor)
    write_gguf(out, Network(shape, weights), tokenizer, label, kind)
    return {
        **about,
        "name": name,
        "file": out.name,
        "type": kind,
        "bytes": out.stat().st_size,
        "sha256": sha256_of_file(out),
        "parameters": shape.parameters,
        "explain_floor": explain_floor,
    }


def load_any(path: Path) -> tuple[ModelShape, dict[str, Tensor], dict[str, Any]]:
    """Shape, weights and what is known about them, from a checkpoint or from a folder of pieces."""
    return pieces.join(path) if path.is_dir() else checkpoint.load_weights(path)


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.export", description=__doc__)
    parser.add_argument("--config", default="mini-cpu")
    parser.add_argument("--weights", type=Path, help="checkpoint or folder of pieces; default: the recipe's last")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--type", choices=tuple(FILE_TYPES), default="Q8_0")
    parser.add_argument(
        "--explain-floor",
        type=float,
        help="lets the product ask it to explain; the floor is read off what `grade` says",
    )
    parser.add_argument("--name", help="in the header; default sotto-mini-RECIPE")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    weights = options.weights or RUNS / options.config / "latest.pt"
    name = options.name or f"sotto-{options.config}"
    out = options.out or RUNS / options.config / f"{name}-{options.type}.gguf"
    manifest = export(weights, options.data, options.type, name, out, options.explain_floor)
    write_json(out.with_suffix(".json"), manifest)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB, sha256 {manifest['sha256']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
