import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from training.archives import FetchError, client
from training.packages import (
    Debian,
    Npm,
    PyPI,
    StandardLibrary,
    debian_licences,
    npm_licences,
    pypi_licences,
)


def tarball(path: Path, files: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return path


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        ({"license": "MIT"}, ("MIT",)),
        ({"license": {"type": "ISC", "url": "x"}}, ("ISC",)),
        ({"licenses": [{"type": "MIT"}, {"type": "GPL-2.0"}]}, ("MIT OR GPL-2.0",)),
        ({}, ("",)),
    ],
)
def test_reads_npm_licences(manifest: dict[str, object], expected: tuple[str, ...]) -> None:
    assert npm_licences(manifest) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([("License-Expression", "MIT AND Zlib"), ("License", "x")], ("MIT AND Zlib",)),
        ([("Classifier", "License :: OSI Approved :: BSD License"), ("License", "whole text")], ("BSD License",)),
        ([("Classifier", "License :: OSI Approved"), ("License", "BSD")], ("BSD",)),
        ([("License", "MIT")], ("MIT",)),
        ([], ()),
    ],
)
def test_reads_wheel_licences(fields: list[tuple[str, str]], expected: tuple[str, ...]) -> None:
    assert pypi_licences(fields) == expected


def test_reads_debian_licences_without_those_of_the_packaging() -> None:
    paragraphs = (
        "Format: x",
        "Files: *\nLicense: BSD-3-clause and Expat",
        "Files: debian/*\nLicense: GPL-2+",
        "License: X\n a",
    )
    assert debian_licences("\n\n".join(paragraphs)) == ("BSD-3-clause AND Expat",)


def test_takes_typescript_and_leaves_what_was_made_from_it(tmp_path: Path) -> None:
    sources = {f"package/src/{name}.ts": "x" for name in "abc"}
    made = {"package/lib/a.js": "x", "package/lib/a.d.ts": "x", "package/dist/a.js": "x", "package/README.md": "x"}
    archive = tarball(tmp_path / "a.tgz", {**sources, **made})
    assert [path for path, _ in Npm().members(archive)] == ["src/a.ts", "src/b.ts", "src/c.ts"]


def test_takes_javascript_where_there_is_no_typescript(tmp_path: Path) -> None:
    archive = tarball(tmp_path / "a.tgz", {"package/lib/a.js": "x", "package/index.d.ts": "x"})
    assert [path for path, _ in Npm().members(archive)] == ["lib/a.js", "index.d.ts"]


def test_a_template_in_typescript_does_not_hide_the_javascript(tmp_path: Path) -> None:
    templates = {f"package/templates/{name}.ts": "x" for name in "abc"}
    archive = tarball(tmp_path / "a.tgz", {**templates, "package/src/a.js": "x" * 100})
    assert "src/a.js" in [path for path, _ in Npm().members(archive)]


def test_debian_paths_start_at_the_project(tmp_path: Path) -> None:
    files = ("usr/share/cargo/registry/a-1.0.0/src/lib.rs", "usr/share/gocode/src/example.org/a/a.go", "usr/lib/a/b.py")
    archive = tarball(tmp_path / "a.tar", {f"./{path}": "x" for path in files})
    assert [path for path, _ in Debian().members(archive)] == ["src/lib.rs", "example.org/a/a.go"]


def test_reads_a_wheel(tmp_path: Path) -> None:
    path = tmp_path / "a.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("a/b.py", "x = 1\n")
        wheel.writestr("a/data.json", "{}")
    assert list(PyPI().members(path)) == [("a/b.py", b"x = 1\n")]


def test_the_standard_library_of_another_python_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"manifest has Python 3\.0\.0"):
        StandardLibrary().fetch("cpython", "3.0.0", tmp_path)


def test_a_client_that_fails_or_is_missing_is_named() -> None:
    with pytest.raises(FetchError, match="pack: sh failed: no such thing"):
        client("pack", "sh", "-c", "echo no such thing >&2; exit 3")
    with pytest.raises(FetchError, match="pack: the program no-such-client is not installed"):
        client("pack", "no-such-client")
