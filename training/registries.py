"""Rust crates by cargo and Go modules by go: how these two kinds of package are fetched and opened."""

import json
import os
import re
import shutil
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from training.archives import Fetched, FetchError, client, is_source, tar_members


class Cargo:
    """Crates. `cargo info` downloads a crate to read its manifest, so nothing is resolved and nothing is built."""

    def fetch(self, name: str, version: str | None, folder: Path) -> Fetched:
        """See `Ecosystem`."""
        wanted = name if version is None else f"{name}@{version}"
        told = client(name, "env", f"--chdir={folder}", "cargo", "info", "--color=never", wanted)
        found = re.search(r"^version: (\S+)", told, re.M)
        if found is None:
            raise FetchError(f"{name}: cargo did not tell a version. Update cargo and run again.")
        home = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
        cached = next((home / "registry" / "cache").glob(f"*/{name}-{found[1]}.crate"), None)
        if cached is None:
            raise FetchError(f"{name}: cargo did not keep {name}-{found[1]}.crate. Update cargo and run again.")
        archive = Path(shutil.copy(cached, folder))
        with tarfile.open(archive) as tar:
            file = tar.extractfile(f"{name}-{found[1]}/Cargo.toml")
            manifest = tomllib.loads(file.read().decode("utf-8")) if file is not None else {}
        return Fetched(found[1], crate_licences(manifest), archive)

    def members(self, archive: Path) -> Iterator[tuple[str, bytes]]:
        """See `Ecosystem`."""
        return tar_members(archive, 1)


def crate_licences(manifest: dict[str, dict[str, object]]) -> tuple[str, ...]:
    """The licence expression of a Cargo.toml. The old form has a slash between two to choose from."""
    return (str(manifest.get("package", {}).get("license", "")).replace("/", " OR "),)


class GoModules:
    """Go modules by `go mod download`."""

    def fetch(self, name: str, version: str | None, folder: Path) -> Fetched:
        """See `Ecosystem`. A module's metadata names no licence, so it is known by the text of its file."""
        command = ("env", f"--chdir={folder}", "go", "mod", "download", "-json")
        told = json.loads(client(name, *command, f"{name}@{version or 'latest'}"))
        archive = Path(shutil.copy(told["Zip"], folder))
        with zipfile.ZipFile(archive) as module:
            top = re.compile(re.escape(f"{name}@{told['Version']}/") + r"(LICEN[CS]E|COPYING)(\.\w+)?", re.I)
            texts = [module.read(path).decode("utf-8", "replace") for path in module.namelist() if top.fullmatch(path)]
        licences = tuple(licence for text in texts for licence in licences_of_text(text))
        return Fetched(str(told["Version"]), licences, archive)

    def members(self, archive: Path) -> Iterator[tuple[str, bytes]]:
        """Sources by their path inside the module."""
        with zipfile.ZipFile(archive) as module:
            for info in module.infolist():
                path = re.sub(r"^[^@]+@[^/]+/", "", info.filename)
                if is_source(path, info.file_size):
                    yield path, module.read(info)


#: A phrase that only this licence's text has. The last two are there to be refused.
_PHRASES = {
    "MIT": r"Permission is hereby granted, free of charge, to any person",
    "Apache-2.0": r"Apache License\s+Version 2\.0, January 2004",
    "BSD-3-Clause": r"Redistribution and use in source and binary forms.*Neither the name",
    "ISC": r"Permission to use, copy, modify, and(/or)? distribute this software for any purpose",
    "GPL": r"GNU (AFFERO |LESSER )?GENERAL PUBLIC LICENSE",
    "MPL-2.0": r"Mozilla Public License,? (Version|v\.) 2\.0",
}


def licences_of_text(text: str) -> tuple[str, ...]:
    """SPDX ids of the licences whose texts a file holds: each of them binds."""
    return tuple(name for name, phrase in _PHRASES.items() if re.search(phrase, text, re.S | re.I))
