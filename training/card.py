"""
`python -m training.card`: the model card, from what the other stages wrote down. Nothing in it is typed by hand.

Takes the manifest that `export` wrote beside the model, the manifest of sources, the loss curve and the results of
`evaluate`.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from training.collect import Entry
from training.curve import Point, read_points
from training.licences import simplify
from training.recipe import ModelShape
from training.storage import HERE, RUNS, read_json, write_atomically

_TITLES = {"line": "rest of a line", "block": "block", "span": "span", "forward": "forward", "explain": "explanation"}


def make_card(model: dict[str, Any], sources: list[Entry], points: list[Point], results: list[dict[str, Any]]) -> str:
    """The whole card as Markdown."""
    parts = [
        f"# {model['name']}",
        "A code model of Sotto: fill-in-the-middle, suffix first, no middle token; explanations of one sentence.",
        _facts(model, points),
        "## Held-out text",
        "Whole packages that were never trained on. Bits per character compare models with different vocabularies; "
        "exact means that greedy decoding writes the whole answer.",
        _scores(results),
        "## Data",
        _data(sources),
    ]
    return "\n\n".join(parts) + "\n"


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _facts(model: dict[str, Any], points: list[Point]) -> str:
    shape = ModelShape(**model["shape"])
    rows = [
        ["file", f"`{model['file']}`, {model['type']}, {model['bytes'] / 1e6:.1f} MB"],
        ["sha256", f"`{model['sha256']}`"],
        ["parameters", f"{shape.parameters / 1e6:.1f} M: {shape.layers} layers of {shape.width}, {shape.heads} heads"],
        ["context", f"{shape.context} tokens"],
        ["vocabulary", f"{shape.vocabulary} pieces, sha256 `{model['tokenizer_sha256']}`"],
        ["recipe", f"`configs/{model['recipe']}.toml`, seed {model['seed']}, torch {model['torch']}"],
        ["licence", "MIT"],
    ]
    progress = model.get("progress")
    if progress is not None:
        rows.append(["trained", f"{progress['step']} steps, {progress['tokens'] / 1e6:.2f} M tokens"])
        rows.append(["time", f"{progress['seconds'] / 60:.0f} minutes"])
    held_out = [point.held_out for point in points if point.held_out is not None]
    if held_out:
        rows.append(["loss", f"{points[-1].loss:.3f} nats per token at the end, held out {held_out[-1]:.3f}"])
    if model.get("sources_sha256"):
        rows.append(["sources", f"`training/manifest.json`, sha256 `{model['sources_sha256'][:12]}`"])
    rows.append(["shards", ", ".join(f"`{digest[:12]}`" for digest in model["shards_sha256"])])
    return _table(["", ""], rows)


def _scores(results: list[dict[str, Any]]) -> str:
    groups = sorted(
        {group for result in results for group in result["scores"]}, key=lambda group: group.split("/")[::-1]
    )
    header = ["language", "task", "examples", *(f"{result['model']}: bits/char, exact" for result in results)]
    rows: list[list[str]] = []
    for group in groups:
        language, task = group.split("/")
        scores = [result["scores"].get(group) for result in results]
        counts = {str(score["examples"]) for score in scores if score}
        cells = [f"{score['bits_per_character']:.3f}, {score['exact']:.1%}" if score else "" for score in scores]
        rows.append([language, _TITLES.get(task, "all"), "/".join(sorted(counts)), *cells])
    return _table(header, rows)


def _data(sources: list[Entry]) -> str:
    used = [entry for entry in sources if entry.files]
    licences = Counter(simplify(entry.licence) for entry in used)
    named = ", ".join(f"{name} ({count})" for name, count in licences.most_common())
    kept = [[e.name, e.version, e.licence, str(e.files), "yes" if e.held_out else ""] for e in used]
    total = sum(entry.characters for entry in used if not entry.held_out)
    head = f"{len(used)} packages, {total / 1e6:.0f} million characters to train on. Licences: {named}."
    return head + "\n\n" + _table(["package", "version", "licence", "files", "held out"], kept)


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.card", description=__doc__)
    parser.add_argument("--config", default="mini-cpu")
    parser.add_argument("--model", type=Path, required=True, help="the manifest that `export` wrote")
    parser.add_argument("--results", type=Path, nargs="*", default=[], help="what `evaluate --out` wrote")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    sources = [Entry(**entry) for entry in read_json(HERE / "manifest.json")]
    curve = RUNS / options.config / "loss.csv"
    points = read_points(curve) if curve.exists() else []
    results = [read_json(path) for path in options.results]
    write_atomically(options.out, make_card(read_json(options.model), sources, points, results).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
