"""
`python -m training.export`: a checkpoint, or pieces that came back from another machine, → GGUF, with a run manifest.

`--split FOLDER` writes the pieces instead; `--pieces 0-3` says which of them are copied to `--back`, because only so
many files come back at once.
"""

import argparse
import shutil
import sys
from pathlib import Path

from training import checkpoint
from training.gguf_file import FILE_TYPES, Label, Network, write_gguf
from training.recipe import load_recipe
from training.storage import DATA, HERE, RUNS, sha256_of_file, write_json
from training.tokenizer import load_tokenizer

LICENCE = "mit"


def export(weights_path: Path, data: Path, kind: str, name: str, out: Path) -> dict[str, object]:
    """Writes the GGUF and returns its run manifest. Raises `ValueError` for weights of another tokeniser."""
    shape, weights, about = checkpoint.load_weights(weights_path)
    tokenizer = load_tokenizer(data, load_recipe(about["recipe"]))
    if tokenizer.sha256 != about["tokenizer_sha256"]:
        raise ValueError(f"the weights were trained with tokeniser {about['tokenizer_sha256'][:12]}, not this one")
    size = f"{shape.parameters / 1e6:.0f}M"
    label = Label(name, size, LICENCE, "Fill-in-the-middle code model of Sotto: suffix first, no middle token")
    write_gguf(out, Network(shape, weights), tokenizer, label, kind)
    return {
        **about,
        "name": name,
        "file": out.name,
        "type": kind,
        "bytes": out.stat().st_size,
        "sha256": sha256_of_file(out),
        "parameters": shape.parameters,
    }


def send_back(checkpoint_path: Path, folder: Path, back: Path | None, pieces: str) -> None:
    """Splits a checkpoint, and copies the wanted pieces, with the list of all, to where the way back starts."""
    paths = checkpoint.split(checkpoint_path, folder)
    print(f"{len(paths) - 1} pieces of {sum(path.stat().st_size for path in paths) / 2**20:.1f} MiB in {folder}")
    if back is not None:
        first, _, last = pieces.partition("-")
        chosen = paths[:-1] if pieces == "all" else paths[int(first) : int(last or first) + 1]
        for path in {*chosen, paths[-1]} if len(chosen) < len(paths) else set(paths):
            shutil.copy(path, back / path.name)


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.export", description=__doc__)
    parser.add_argument("--config", default="mini-cpu")
    parser.add_argument("--weights", type=Path, help="checkpoint or folder of pieces; default: the recipe's last")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--type", choices=tuple(FILE_TYPES), default="Q8_0")
    parser.add_argument("--name", help="in the header; default sotto-mini-RECIPE")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--split", type=Path, help="write pieces to this folder instead")
    parser.add_argument("--back", type=Path, help="with --split: copy the pieces here")
    parser.add_argument("--pieces", default="all", help="with --back: FIRST-LAST")
    options = parser.parse_args(arguments)
    weights = options.weights or RUNS / options.config / "latest.pt"
    if options.split is not None:
        send_back(weights, options.split, options.back, options.pieces)
        return 0
    name = options.name or f"sotto-{options.config}"
    out = options.out or RUNS / options.config / f"{name}-{options.type}.gguf"
    manifest = export(weights, options.data, options.type, name, out)
    sources = HERE / "manifest.json"
    if sources.exists():
        manifest["sources_sha256"] = sha256_of_file(sources)
    write_json(out.with_suffix(".json"), manifest)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB, sha256 {manifest['sha256']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
