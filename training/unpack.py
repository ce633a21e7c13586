"""
`python -m training.unpack`: the held-out packages as folders of source files, for `npm run eval -- --repo`.

They are what `collect` kept of them. No model trained by the recipes has seen any of it.
"""

import argparse
import sys
from pathlib import Path

from training.collect import Entry, Source
from training.storage import DATA, HERE, read_json, read_lines


def unpack(corpus: Path, entries: list[Entry], out: Path) -> list[Path]:
    """
    One folder for each held-out package with files, by name. Returns the folders.

    Raises `ValueError` for a path that leads out of its package's folder.
    """
    folders: list[Path] = []
    for entry in sorted(entries, key=lambda entry: entry.name):
        if not entry.held_out or not entry.files:
            continue
        name = Source(entry.ecosystem, entry.name, True).file_name
        folder = (out / f"{name.removesuffix('.jsonl.gz')}-{entry.version}").resolve()
        for file in read_lines(corpus / "held_out" / name):
            path = (folder / file["path"]).resolve()
            if not path.is_relative_to(folder):
                raise ValueError(f"{name}: “{file['path']}” leads out of the package.")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file["text"], encoding="utf-8", newline="")
        folders.append(folder)
    return folders


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.unpack", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, help="default: DATA/held_out")
    options = parser.parse_args(arguments)
    entries = [Entry(**entry) for entry in read_json(HERE / "manifest.json")]
    for folder in unpack(options.data / "corpus", entries, options.out or options.data / "held_out"):
        print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
