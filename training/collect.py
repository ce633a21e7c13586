"""
`python -m training.collect`: packages → cleaned, deduplicated source files, and the manifest of where they came from.

Resumable: a package that the manifest has and whose files are there is not fetched again, and one that the manifest
has without files is fetched in the recorded version.
"""

import argparse
import shutil
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from training import licences
from training.archives import FetchError
from training.filters import clean, fingerprints, is_declaration, language_of
from training.packages import ECOSYSTEMS
from training.storage import DATA, HERE, read_json, read_lines, sha256_of_file, write_json, write_lines

#: Characters. No package may speak louder than this; the files kept are chosen by digest.
MOST_PER_PACKAGE = 12_000_000
#: `.d.ts` files against TypeScript sources, in characters.
MOST_DECLARATIONS = 0.1


@dataclass(frozen=True)
class Source:
    """A line of sources.toml."""

    ecosystem: str
    name: str
    held_out: bool

    @property
    def file_name(self) -> str:
        """Of the package's own file in the data folder."""
        return f"{self.ecosystem}-{self.name.strip('@').replace('/', '-')}.jsonl.gz"


@dataclass(frozen=True)
class Entry:
    """What the manifest says of a package. `files` and `characters` are those kept by the filters."""

    ecosystem: str
    name: str
    version: str
    licence: str
    held_out: bool
    files: int
    characters: int
    archive_sha256: str
    text_sha256: str


@dataclass(frozen=True)
class SourceFile:
    """One file of the corpus."""

    path: str
    language: str
    text: str


def read_sources(path: Path) -> list[Source]:
    """Every package of sources.toml. Raises `ValueError` for one that is named twice or of an unknown kind."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    sources: list[Source] = []
    for split in ("held_out", "train"):
        for ecosystem, names in content[split].items():
            if ecosystem not in ECOSYSTEMS:
                raise ValueError(f"sources.toml: “{ecosystem}” is none of {', '.join(ECOSYSTEMS)}.")
            sources += [Source(ecosystem, name, split == "held_out") for name in names]
    keys = [(source.ecosystem, source.name) for source in sources]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValueError(f"sources.toml names these twice: {', '.join(name for _, name in sorted(twice))}.")
    return sources


def collect_package(source: Source, version: str | None, folder: Path) -> Entry:
    """Fetches one package, checks its licence and writes its files. Raises `FetchError` or `LicenceError`."""
    ecosystem = ECOSYSTEMS[source.ecosystem]
    with TemporaryDirectory() as temporary:
        fetched = ecosystem.fetch(source.name, version, Path(temporary))
        licence = licences.check(source.name, fetched.licences)
        files = _capped(list(_cleaned(ecosystem.members(fetched.archive))))
        digest = sha256_of_file(fetched.archive)
    text_digest = write_lines(folder / source.file_name, (asdict(file) for file in files))
    characters = sum(len(file.text) for file in files)
    return Entry(
        source.ecosystem,
        source.name,
        fetched.version,
        licence,
        source.held_out,
        len(files),
        characters,
        digest,
        text_digest,
    )


def _cleaned(members: Iterator[tuple[str, bytes]]) -> Iterator[SourceFile]:
    seen: set[str] = set()
    for path, data in members:
        language, text = language_of(path), clean(data)
        if language is None or text is None:
            continue
        marks = fingerprints(text)
        if seen.isdisjoint(marks):
            yield SourceFile(path, language, text)
        seen.update(marks)


def _capped(files: list[SourceFile]) -> list[SourceFile]:
    kept: set[str] = set()
    left = MOST_PER_PACKAGE
    for file in sorted(files, key=lambda file: fingerprints(file.text)):
        if len(file.text) <= left:
            left -= len(file.text)
            kept.add(file.path)
    return [file for file in files if file.path in kept]


def read_package(path: Path) -> list[SourceFile]:
    """The files of one package, as `collect_package` wrote them."""
    return [SourceFile(**record) for record in read_lines(path)]


def merge(sources: list[Source], packages: Path, corpus: Path) -> dict[str, dict[str, int]]:
    """
    Writes the corpus: the packages' files without those that another package has as well. Held-out packages come
    first, so that what training and held-out packages share is out of the training text, not out of the test.
    :returns: characters by split and language.
    """
    seen: set[str] = set()
    totals: dict[str, dict[str, int]] = {"held_out": {}, "train": {}}
    shutil.rmtree(corpus, ignore_errors=True)
    for source in sorted(sources, key=lambda source: not source.held_out):
        split = "held_out" if source.held_out else "train"
        kept: list[SourceFile] = []
        for file in read_package(packages / source.file_name):
            marks = fingerprints(file.text)
            is_new = seen.isdisjoint(marks)
            seen.update(marks)
            if is_new and _declarations_fit(file, totals[split]):
                kept.append(file)
                key = _counted_as(file)
                totals[split][key] = totals[split].get(key, 0) + len(file.text)
        if kept:
            write_lines(corpus / split / source.file_name, (asdict(file) for file in kept))
    return totals


def _counted_as(file: SourceFile) -> str:
    return "declarations" if is_declaration(file.path) else file.language


def _declarations_fit(file: SourceFile, totals: dict[str, int]) -> bool:
    if not is_declaration(file.path):
        return True
    return totals.get("declarations", 0) + len(file.text) <= MOST_DECLARATIONS * totals.get("typescript", 0)


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.collect", description=__doc__)
    parser.add_argument("--sources", type=Path, default=HERE / "sources.toml")
    parser.add_argument("--manifest", type=Path, default=HERE / "manifest.json")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--merge-only", action="store_true", help="use what is there; fetch nothing")
    options = parser.parse_args(arguments)
    sources = read_sources(options.sources)
    try:
        entries = _collect_all(sources, options.manifest, options.data / "packages", options.merge_only)
    except (licences.LicenceError, FetchError) as error:
        print(f"collect: {error}", file=sys.stderr)
        return 1
    collected = [source for source in sources if (source.ecosystem, source.name) in entries]
    for split, languages in merge(collected, options.data / "packages", options.data / "corpus").items():
        print(split, " ".join(f"{name}={count / 1e6:.1f}M" for name, count in sorted(languages.items())))
    return 0


def _collect_all(
    sources: list[Source], manifest: Path, packages: Path, merge_only: bool
) -> dict[tuple[str, str], Entry]:
    recorded = [Entry(**entry) for entry in read_json(manifest)] if manifest.exists() else []
    listed = {(source.ecosystem, source.name) for source in sources}
    known = {key: entry for entry in recorded if (key := (entry.ecosystem, entry.name)) in listed}
    entries: dict[tuple[str, str], Entry] = {}
    for number, source in enumerate(sources, 1):
        key = (source.ecosystem, source.name)
        before = known.get(key)
        if before is not None and before.held_out == source.held_out and (packages / source.file_name).exists():
            entries[key] = before
        elif not merge_only:
            entries[key] = collect_package(source, before.version if before else None, packages)
            print(
                f"{number}/{len(sources)} {source.name} {entries[key].version}: {entries[key].files} files", flush=True
            )
            write_json(manifest, [asdict(entry) for entry in {**known, **entries}.values()])
    write_json(manifest, [asdict(entry) for entry in entries.values()])
    return entries


if __name__ == "__main__":
    sys.exit(main())
