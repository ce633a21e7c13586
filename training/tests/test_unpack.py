from dataclasses import asdict
from pathlib import Path

import pytest

from training.collect import Entry, SourceFile
from training.storage import write_lines
from training.unpack import unpack

from .conftest import package


def entry(name: str, held_out: bool = True, files: int = 1) -> Entry:
    return Entry("npm", name, "1.0.0", "MIT", held_out, files, 1, "0" * 64, "1" * 64)


def put(corpus: Path, name: str, files: list[SourceFile]) -> None:
    write_lines(corpus / "held_out" / f"npm-{name}.jsonl.gz", (asdict(file) for file in files))


def test_held_out_packages_become_folders_of_their_files(tmp_path: Path) -> None:
    files = [*package(1, 2), SourceFile("deep/er.ts", "typescript", "a();\r\n\tb();\n")]
    put(tmp_path, "scope-one", files)
    folders = unpack(tmp_path, [entry("trained", False), entry("@scope/one"), entry("none", files=0)], tmp_path / "out")
    assert folders == [tmp_path / "out" / "npm-scope-one-1.0.0"]
    found = {str(path.relative_to(folders[0])): path.read_bytes() for path in folders[0].rglob("*") if path.is_file()}
    assert found == {file.path: file.text.encode() for file in files}


def test_a_path_that_leads_out_of_its_package_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "one", [SourceFile("../../other.ts", "typescript", "a();\n")])
    with pytest.raises(ValueError, match="leads out of the package"):
        unpack(tmp_path, [entry("one")], tmp_path / "out")
    assert not (tmp_path / "other.ts").exists()
