"""
`python -m training.card`: the model card, from what the other stages wrote down. Nothing in it is typed by hand.

Takes the manifest that `export` wrote beside the model, the manifest of sources, the loss curve, and the results of
`evaluate`, `grade` and `npm run eval`.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training import quality
from training.collect import Entry
from training.curve import Point, read_points
from training.licences import simplify
from training.recipe import ModelShape
from training.storage import DATA, HERE, RUNS, read_json, read_lines, write_atomically
from training.tables import table

_TITLES = {"line": "rest of a line", "block": "block", "span": "span", "forward": "forward", "explain": "explanation"}
_EVALUATE = "python -m training.evaluate --model MODEL.gguf --config {recipe} --out FILE.json"
_GRADE = "python -m training.grade --model MODEL.gguf --config {recipe} --out FILE.json"
_UNPACK = "python -m training.unpack"
_EVAL = "npm run eval -- --repo training/data/held_out/PACKAGE … --seed {seed} --model MODEL.gguf --out FILE.json"
_LIMITS = """\
- It closes what is begun and repeats what is near. It knows nothing of what code means, and does not know the libraries
  that it was not trained on.
- It may write a line of its training text as it stands. The packages are listed below with their licences.
- It has not been tried on languages that are not in the tables.
- Nothing was done about what code says of people, nor about insecure code: it writes what it was shown."""
_LIMITS_OF_EXPLAINING = """\
- Its explanations are one English sentence in the manner of a docstring, often of another function. They are a
  hint."""


@dataclass(frozen=True)
class Findings:
    """What was found out about the model after it was made."""

    #: Of `evaluate`: one for each model, this one first.
    scores: list[dict[str, Any]] = field(default_factory=list)
    #: Of `npm run eval`.
    reports: list[dict[str, Any]] = field(default_factory=list)
    #: Of `grade`.
    explanations: dict[str, Any] | None = None
    #: Characters of each language in the corpus to train on. Empty where the corpus is not at hand.
    corpus: dict[str, int] = field(default_factory=dict)


def make_card(model: dict[str, Any], sources: list[Entry], points: list[Point], findings: Findings) -> str:
    """The whole card as Markdown."""
    parts = [
        f"# {model['name']}",
        "A code model of Sotto: fill-in-the-middle, suffix first, no middle token.",
        _facts(model, points),
        "## Limits",
        _LIMITS if model.get("explain_floor") is None else f"{_LIMITS}\n{_LIMITS_OF_EXPLAINING}",
        *_quality(findings.reports, findings.corpus),
        *_held_out(model, findings.scores),
        *_explanations(model, findings.explanations),
        "## Data",
        _data(sources, findings.corpus),
    ]
    return "\n\n".join(parts) + "\n"


def _quality(reports: list[dict[str, Any]], corpus: dict[str, int]) -> list[str]:
    if not reports:
        return []
    names = sorted({repository["name"] for report in reports for repository in report["repositories"]})
    seeds = sorted({report["seed"] for report in reports})
    cut_off = (
        [] if all(report["isComplete"] for report in reports) else ["**Cut off: the figures are of what was done.**"]
    )
    return [
        "## Completing code, by the product's own path",
        _commands(_UNPACK, _EVAL.format(seed=", ".join(map(str, seeds)))),
        f"Whole packages that were never trained on: {', '.join(names)}.",
        *cut_off,
        quality.verdict(reports),
        *_untrained(reports, corpus),
        "Exact line: the first line shown is the author's to its end, of all positions (95 % interval). Accepted: "
        "characters that a simulated user takes over, of all hidden. The local prior of the product stands beside the "
        "model, unless its row says without.",
        quality.by_language(reports),
        "By kind of position:",
        quality.by_kind(reports),
        "The gate while typing. Right: nothing in it is wrong and it does not end within a word; of what is shown.",
        quality.gate(reports),
    ]


def _untrained(reports: list[dict[str, Any]], corpus: dict[str, int]) -> list[str]:
    unknown = sorted(quality.languages(reports) - corpus.keys()) if corpus else []
    told = "was trained on.** What is written there comes of the prior and of what languages have in common."
    return [f"**Not a line of {' and '.join(unknown)} {told}"] if unknown else []


def _held_out(model: dict[str, Any], scores: list[dict[str, Any]]) -> list[str]:
    if not scores:
        return []
    return [
        "## Held-out text",
        _commands(_EVALUATE.format(recipe=model["recipe"])),
        "Whole packages that were never trained on. Bits per character compare models with different vocabularies; "
        "exact means that greedy decoding writes the whole answer.",
        _scores(scores),
    ]


def _explanations(model: dict[str, Any], grade: dict[str, Any] | None) -> list[str]:
    if grade is None:
        return []
    own, baseline = grade["explanations"], grade["from_name"]
    rows = [
        [name, f"{own[name]['examples']}", *(f"{one[name][key]:.3f}" for key in _MEASURES for one in (own, baseline))]
        for name in own
    ]
    floors = [
        [f"{step['floor']:.1f}", f"{step['share']:.1%}", *(f"{step[key]:.3f}" for key in _MEASURES)]
        for step in grade["gate"]
    ]
    samples = [
        [f"`{_code(one['code'])}`", one["wanted"], one["answer"], f"{one['rouge_l']:.2f}", f"{one['probability']:.2f}"]
        for one in grade["samples"]
    ]
    return [
        "## Explaining code in one sentence",
        _commands(_GRADE.format(recipe=model["recipe"])),
        "Against the first sentence of the docstring that was taken out of held-out code. Baseline: “Returns the” and "
        "the words of the definition's name.",
        table(["language", "examples", "ROUGE-L", "baseline", "first word", "baseline"], rows),
        "What is left when answers are held back whose words are less probable on average:",
        table(["probability", "left", "ROUGE-L", "first word"], floors),
        "The ten best, and ten of the rest at even distances down to the worst:",
        table(["code", "docstring", "the model", "ROUGE-L", "probability"], samples),
    ]


_MEASURES = ("rouge_l", "first_word")


def _code(code: str) -> str:
    """Its first line is enough to see what was asked."""
    first = next((line.strip() for line in code.splitlines() if line.strip()), "")
    return first[:80].replace("`", "'")


def _commands(*lines: str) -> str:
    return "\n".join(f"    {line}" for line in lines)


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
    floor = model.get("explain_floor")
    rows.append(
        ["explains", "no: Sotto does not ask it to" if floor is None else f"from a mean probability of {floor}"]
    )
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
    return table(["", ""], rows)


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
    return table(header, rows)


def _data(sources: list[Entry], corpus: dict[str, int]) -> str:
    used = [entry for entry in sources if entry.files]
    licences = Counter(simplify(entry.licence) for entry in used)
    named = ", ".join(f"{name} ({count})" for name, count in licences.most_common())
    kept = [[e.name, e.version, e.licence, str(e.files), "yes" if e.held_out else ""] for e in used]
    total = sum(entry.characters for entry in used if not entry.held_out)
    head = f"{len(used)} packages, {total / 1e6:.0f} million characters to train on. Licences: {named}."
    if corpus:
        largest = sorted(corpus.items(), key=lambda item: -item[1])
        shares = ", ".join(f"{name} {count / 1e6:.1f}" for name, count in largest)
        head += (
            f"\n\nMillions of characters to train on, by language: {shares}. How often each is taken, the recipe says."
        )
    return head + "\n\n" + table(["package", "version", "licence", "files", "held out"], kept)


def count_characters(corpus: Path) -> dict[str, int]:
    """By language, of the collected files; nothing where there are none."""
    counts: Counter[str] = Counter()
    for path in corpus.glob("*.jsonl.gz"):
        for file in read_lines(path):
            counts[file["language"]] += len(file["text"])
    return dict(counts)


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.card", description=__doc__)
    parser.add_argument("--config", default="mini-cpu")
    parser.add_argument("--model", type=Path, required=True, help="the manifest that `export` wrote")
    parser.add_argument("--results", type=Path, nargs="*", default=[], help="what `evaluate --out` wrote")
    parser.add_argument("--quality", type=Path, nargs="*", default=[], help="what `npm run eval --out` wrote")
    parser.add_argument("--explanations", type=Path, help="what `grade --out` wrote")
    parser.add_argument("--curve", type=Path, help="loss.csv of the run; default: that of the recipe's folder")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    sources = [Entry(**entry) for entry in read_json(HERE / "manifest.json")]
    curve = options.curve or RUNS / options.config / "loss.csv"
    points = read_points(curve) if curve.exists() else []
    findings = Findings(
        [read_json(path) for path in options.results],
        quality.read_reports(options.quality),
        read_json(options.explanations) if options.explanations else None,
        count_characters(options.data / "corpus" / "train"),
    )
    write_atomically(options.out, make_card(read_json(options.model), sources, points, findings).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
