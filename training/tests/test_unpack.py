import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from training import licences, unpack
from training.archives import Fetched, FetchError
from training.collect import Entry, SourceFile, collect_package
from training.packages import ECOSYSTEMS
from training.storage import HERE, read_json, write_json, write_lines
from training.unpack import Pinned, fetch_missing, read_manifest, read_recent

from .conftest import package


def put(fetched: Path, name: str, files: list[SourceFile]) -> Pinned:
    pinned = Pinned("npm", name, "1.0.0", "")
    return Pinned("npm", name, "1.0.0", write_lines(fetched / pinned.source.file_name, map(asdict, files)))


class OneFile:
    """A registry where each package is one file, of a text of this version."""

    def fetch(self, name: str, version: str | None, folder: Path) -> Fetched:
        archive = folder / "archive"
        archive.write_text("".join(f"const value{line} = compute('{name}', {version});\n" for line in range(20)))
        return Fetched(str(version), ("MIT",), archive)

    def members(self, archive: Path) -> Iterator[tuple[str, bytes]]:
        yield "a.ts", archive.read_bytes()


def test_packages_become_folders_of_their_files(tmp_path: Path) -> None:
    files = [*package(1, 2), SourceFile("deep/er.ts", "typescript", "a();\r\n\tb();\n")]
    folders = unpack.unpack([put(tmp_path, "@scope/one", files)], tmp_path, tmp_path / "out")
    assert folders == [tmp_path / "out" / "npm-scope-one-1.0.0"]
    found = {str(path.relative_to(folders[0])): path.read_bytes() for path in folders[0].rglob("*") if path.is_file()}
    assert found == {file.path: file.text.encode() for file in files}


def test_what_two_packages_share_is_asked_once(tmp_path: Path) -> None:
    first, copy = put(tmp_path, "first", package(1, 2)), put(tmp_path, "copy", package(1, 2))
    copies, firsts = unpack.unpack([first, copy], tmp_path, tmp_path / "out")
    assert [len(list(folder.rglob("*.*"))) for folder in (firsts, copies)] == [2, 0]


def test_a_path_that_leads_out_of_its_package_is_refused(tmp_path: Path) -> None:
    one = put(tmp_path, "one", [SourceFile("../../other.ts", "typescript", "a();\n")])
    with pytest.raises(ValueError, match="leads out of the package"):
        unpack.unpack([one], tmp_path, tmp_path / "out")
    assert not (tmp_path / "other.ts").exists()


def test_what_is_missing_is_fetched_once_in_the_pinned_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ECOSYSTEMS, "fake", OneFile())
    source = Pinned("fake", "one", "3", "").source
    digest = collect_package(source, "3", tmp_path).text_sha256
    (tmp_path / source.file_name).unlink()
    fetch_missing([Pinned("fake", "one", "3", digest)], tmp_path)
    monkeypatch.delitem(ECOSYSTEMS, "fake")
    fetch_missing([Pinned("fake", "one", "3", digest)], tmp_path)


def test_a_package_that_has_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ECOSYSTEMS, "fake", OneFile())
    with pytest.raises(FetchError, match="one 3 is not the text that was pinned"):
        fetch_missing([Pinned("fake", "one", "3", "0" * 64)], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_manifest_tells_which_packages_are_held_out(tmp_path: Path) -> None:
    def entry(name: str, held_out: bool, files: int) -> Entry:
        return Entry("npm", name, "1.0.0", "MIT", held_out, files, 1, "0" * 64, "1" * 64)

    write_json(tmp_path / "m.json", list(map(asdict, [entry("a", True, 1), entry("b", False, 1), entry("c", True, 0)])))
    assert [pinned.name for pinned in read_manifest(tmp_path / "m.json")] == ["a"]


@pytest.mark.parametrize(
    ("ecosystem", "times", "message"), [("gems", 1, "“gems” is none of npm"), ("npm", 2, "names a package twice")]
)
def test_refuses_a_list_that_makes_no_sense(ecosystem: str, times: int, message: str, tmp_path: Path) -> None:
    entry = f'[[package]]\necosystem = "{ecosystem}"\nname = "a"\nversion = "1"\ntext_sha256 = "0"\n'
    (tmp_path / "recent.toml").write_text(entry * times)
    with pytest.raises(ValueError, match=message):
        read_recent(tmp_path / "recent.toml")


def test_the_real_list_has_three_packages_a_language_that_were_first_published_in_2025_or_later() -> None:
    entries = tomllib.loads((HERE / "recent.toml").read_text(encoding="utf-8"))["package"]
    kinds = [entry["ecosystem"] for entry in entries]
    assert all(kinds.count(kind) >= least for kind, least in {"npm": 6, "pypi": 3, "cargo": 3, "go": 3}.items())
    for entry in entries:
        assert int(entry["first"][:4]) >= 2025
        assert entry["checked"] and len(entry["text_sha256"]) == 64
        licences.check(entry["name"], [entry["licence"]])
    trained = {(entry["ecosystem"], entry["name"]) for entry in read_json(HERE / "manifest.json")}
    assert not trained & {(pinned.ecosystem, pinned.name) for pinned in read_recent(HERE / "recent.toml")}
