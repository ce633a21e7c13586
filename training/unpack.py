"""
`python -m training.unpack`: the held-out packages as folders of source files, for `npm run eval -- --repo`.

Those of sources.toml, in the versions that manifest.json recorded: no model trained by the recipes has seen any of it.
`--recent`: those of recent.toml, which did not exist before 2025, so that a model of others has not seen them either.
What is not there yet is fetched; nothing of a package is run.
"""

import argparse
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from training.archives import FetchError
from training.collect import Entry, Source, collect_package, merge
from training.licences import LicenceError
from training.packages import ECOSYSTEMS
from training.storage import DATA, HERE, read_json, read_lines, sha256_of_lines


@dataclass(frozen=True)
class Pinned:
    """A package in the version to measure on. `text_sha256` is that of its files behind the filters."""

    ecosystem: str
    name: str
    version: str
    text_sha256: str

    @property
    def source(self) -> Source:
        """As `collect` names it."""
        return Source(self.ecosystem, self.name, True)

    @property
    def folder_name(self) -> str:
        """Of the unpacked files."""
        return f"{self.source.file_name.removesuffix('.jsonl.gz')}-{self.version}"


def read_manifest(path: Path) -> list[Pinned]:
    """The held-out packages of the manifest, in the order of sources.toml."""
    entries = [Entry(**entry) for entry in read_json(path)]
    return [
        Pinned(entry.ecosystem, entry.name, entry.version, entry.text_sha256)
        for entry in entries
        if entry.held_out and entry.files
    ]


def read_recent(path: Path) -> list[Pinned]:
    """The packages of recent.toml. Raises `ValueError` for one of an unknown kind, or that is named twice."""
    packages = [
        Pinned(entry["ecosystem"], entry["name"], entry["version"], entry["text_sha256"])
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["package"]
    ]
    for package in packages:
        if package.ecosystem not in ECOSYSTEMS:
            raise ValueError(f"{path.name}: “{package.ecosystem}” is none of {', '.join(ECOSYSTEMS)}.")
    if len({package.folder_name for package in packages}) < len(packages):
        raise ValueError(f"{path.name} names a package twice.")
    return packages


def fetch_missing(packages: list[Pinned], folder: Path) -> None:
    """Fetches what the folder lacks. Raises `FetchError` where a package is not what it was when it was pinned."""
    for package in packages:
        file = folder / package.source.file_name
        if file.exists() and sha256_of_lines(file) == package.text_sha256:
            continue
        found = collect_package(package.source, package.version, folder).text_sha256
        if found != package.text_sha256:
            file.unlink()
            raise FetchError(f"{package.name} {package.version} is not the text that was pinned: {found} came.")


def unpack(packages: list[Pinned], fetched: Path, out: Path) -> list[Path]:
    """
    One folder for each package, by name; what two packages share is in the first of them. Returns the folders.

    Raises `ValueError` for a path that leads out of its package's folder.
    """
    folders: list[Path] = []
    with TemporaryDirectory() as corpus:
        merge([package.source for package in packages], fetched, Path(corpus))
        for package in sorted(packages, key=lambda package: package.name):
            folder = (out / package.folder_name).resolve()
            kept = Path(corpus) / "held_out" / package.source.file_name
            for file in read_lines(kept) if kept.exists() else ():
                path = (folder / file["path"]).resolve()
                if not path.is_relative_to(folder):
                    raise ValueError(f"{package.name}: “{file['path']}” leads out of the package.")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(file["text"], encoding="utf-8", newline="")
            folders.append(folder)
    return folders


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.unpack", description=__doc__)
    parser.add_argument("--recent", action="store_true", help="the packages of recent.toml")
    parser.add_argument("--data", type=Path, default=DATA, help="where packages are kept once fetched")
    parser.add_argument("--out", type=Path, help="default: DATA/held_out or DATA/recent")
    options = parser.parse_args(arguments)
    packages = read_recent(HERE / "recent.toml") if options.recent else read_manifest(HERE / "manifest.json")
    out = options.out or options.data / ("recent" if options.recent else "held_out")
    try:
        fetch_missing(packages, options.data / "packages")
    except (FetchError, LicenceError) as error:
        print(f"unpack: {error}", file=sys.stderr)
        return 1
    for folder in unpack(packages, options.data / "packages", out):
        print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
