import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from training import registries
from training.archives import FetchError
from training.registries import Cargo, GoModules, crate_licences, licences_of_text

MIT = 'Permission is hereby granted, free of charge, to any person obtaining a copy of this software (the "Software")'
APACHE = "                                 Apache License\n                           Version 2.0, January 2004\n"


def crate(path: Path, files: dict[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return path


def module(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"example.org/a@v1.2.3/{name}", text)
    return path


def test_takes_the_crate_that_cargo_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = '[package]\nname = "a"\nlicense = "MIT/Apache-2.0"\n'
    files = {"a-1.2.0/Cargo.toml": manifest, "a-1.2.0/src/lib.rs": "x"}
    crate(tmp_path / "home/registry/cache/index/a-1.2.0.crate", files)
    monkeypatch.setenv("CARGO_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(registries, "client", lambda *_: "a #tag\nversion: 1.2.0 (latest 2.0.0)\nlicense: MIT\n")
    (tmp_path / "to").mkdir()
    fetched = Cargo().fetch("a", "1.2.0", tmp_path / "to")
    assert (fetched.version, fetched.licences) == ("1.2.0", ("MIT OR Apache-2.0",))
    assert [path for path, _ in Cargo().members(fetched.archive)] == ["src/lib.rs"]


@pytest.mark.parametrize(("told", "message"), [("version: 1.2.0", "did not keep a-1.2.0.crate"), ("", "did not tell")])
def test_says_what_cargo_did_not_do(told: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARGO_HOME", str(tmp_path))
    monkeypatch.setattr(registries, "client", lambda *_: told)
    with pytest.raises(FetchError, match=message):
        Cargo().fetch("a", None, tmp_path)


def test_a_crate_without_a_licence_has_none() -> None:
    assert crate_licences({"package": {}}) == ("",)


def test_takes_the_module_and_its_licence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"LICENSE": MIT, "sub/LICENSE": APACHE, "a.go": "package a", "vendor/b.go": "package b", "c.txt": "x"}
    told = json.dumps({"Version": "v1.2.3", "Zip": str(module(tmp_path / "a.zip", files))})
    monkeypatch.setattr(registries, "client", lambda *_: told)
    (tmp_path / "to").mkdir()
    fetched = GoModules().fetch("example.org/a", None, tmp_path / "to")
    assert (fetched.version, fetched.licences) == ("v1.2.3", ("MIT",))
    assert list(GoModules().members(fetched.archive)) == [("a.go", b"package a")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MIT, ("MIT",)),
        (f"The old part:\n{MIT}\nThe new part:\n{APACHE}", ("MIT", "Apache-2.0")),
        ("GNU GENERAL PUBLIC LICENSE\nVersion 3", ("GPL",)),
        ("All rights reserved.", ()),
    ],
)
def test_knows_licences_by_their_texts(text: str, expected: tuple[str, ...]) -> None:
    assert licences_of_text(text) == expected
