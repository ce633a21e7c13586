"""Fetching one package, one at a time, through the ordinary clients, and reading what is inside."""

import json
import re
import shutil
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

from training.archives import Ecosystem, Fetched, FetchError, client, is_source, only_file, tar_members
from training.filters import is_declaration, language_of
from training.registries import Cargo, GoModules


class Npm:
    """npm packages by `npm pack`."""

    def fetch(self, name: str, version: str | None, folder: Path) -> Fetched:
        """See `Ecosystem`."""
        wanted = name if version is None else f"{name}@{version}"
        client(name, "npm", "pack", wanted, "--ignore-scripts", "--silent", "--pack-destination", str(folder))
        archive = only_file(folder, name)
        manifest = json.loads(self._manifest(archive, name))
        return Fetched(str(manifest["version"]), npm_licences(manifest), archive)

    def members(self, archive: Path) -> Iterator[tuple[str, bytes]]:
        """Sources; where the package has TypeScript, its JavaScript was made from it and is left out."""
        files = list(tar_members(archive, 1))
        was_compiled = _is_typescript_package(files)
        for path, data in files:
            if not (was_compiled and (language_of(path) == "javascript" or is_declaration(path))):
                yield path, data

    @staticmethod
    def _manifest(archive: Path, name: str) -> bytes:
        with tarfile.open(archive) as tar:
            for member in tar:
                if re.fullmatch(r"[^/]+/package\.json", member.name):
                    file = tar.extractfile(member)
                    if file is not None:
                        return file.read()
        raise FetchError(f"{name}: no package.json in its archive. Take it out of sources.toml.")


def _is_typescript_package(files: list[tuple[str, bytes]]) -> bool:
    """Whether there are TypeScript sources for the JavaScript, and not just a template or a test among it."""
    typed = [len(data) for path, data in files if language_of(path) == "typescript" and not is_declaration(path)]
    plain = [len(data) for path, data in files if language_of(path) == "javascript"]
    return len(typed) >= 3 and sum(typed) >= 0.4 * sum(plain)


def npm_licences(manifest: dict[str, object]) -> tuple[str, ...]:
    """Licence expressions of a package.json, the old forms included."""
    value = manifest.get("license") or manifest.get("licenses")
    values = value if isinstance(value, list) else [value]
    texts = [entry.get("type") if isinstance(entry, dict) else entry for entry in values]
    # The old list form means a choice.
    return (" OR ".join(str(text) for text in texts if text),)


class PyPI:
    """Python packages as wheels: what is installed, without tests and build scripts, and nothing of it is run."""

    def fetch(self, name: str, version: str | None, folder: Path) -> Fetched:
        """See `Ecosystem`."""
        wanted = name if version is None else f"{name}=={version}"
        options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--quiet", "--dest", str(folder)]
        client(name, sys.executable, "-m", "pip", "download", *options, wanted)
        archive = only_file(folder, name)
        with zipfile.ZipFile(archive) as wheel:
            metadata = next(path for path in wheel.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", path))
            headers = HeaderParser().parsestr(wheel.read(metadata).decode("utf-8", "replace"))
        fields = [(key, str(value)) for key, value in headers.items()]
        return Fetched(str(headers["Version"]), pypi_licences(fields), archive)

    def members(self, archive: Path) -> Iterator[tuple[str, bytes]]:
        """See `Ecosystem`."""
        with zipfile.ZipFile(archive) as wheel:
            for info in wheel.infolist():
                if is_source(info.filename, info.file_size):
                    yield info.filename, wheel.read(info)


def pypi_licences(fields: list[tuple[str, str]]) -> tuple[str, ...]:
    """
    Licence expressions of a wheel's metadata. The SPDX field counts alone; else every classifier, or, where they are
    missing or vague, the free text, of which only a short one can be judged.
    """
    expression = [value for key, value in fields if key == "License-Expression"]
    if expression:
        return tuple(expression)
    classifiers = [value for key, value in fields if key == "Classifier" and value.startswith("License ::")]
    named = [value.rsplit(" :: ", 1)[-1] for value in classifiers if value.count(" :: ") > 1]
    return tuple(named) or tuple(value for key, value in fields if key == "License")


class StandardLibrary:
    """Python's own library, of the interpreter that runs the collection."""

    _LEFT_OUT = frozenset(
        {"test", "tests", "idlelib", "lib2to3", "site-packages", "turtledemo", "ensurepip", "pydoc_data"}
    )

    def fetch(self, name: str, version: str | None, folder: Path) -> Fetched:
        """Packs the library, so that it is treated as any other package."""
        running = sys.version.split()[0]
        if version not in (None, running):
            raise FetchError(
                f"{name}: the manifest has Python {version}, this is {running}. Use that, or collect anew."
            )
        archive = folder / f"python-{running}.tar"
        root = Path(sysconfig.get_paths()["stdlib"])
        with tarfile.open(archive, "w") as tar:
            for path in sorted(root.rglob("*.py")):
                inner = path.relative_to(root)
                if not self._LEFT_OUT & set(inner.parts):
                    tar.add(path, f"python/{inner.as_posix()}", filter=_without_owner)
        return Fetched(running, ("PSF-2.0",), archive)

    def members(self, archive: Path) -> Iterator[tuple[str, bytes]]:
        """See `Ecosystem`."""
        return tar_members(archive, 1)


def _without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.mtime = member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


_DEBIAN_ROOT = re.compile(r"usr/(share/gocode/src|share/cargo/registry/[^/]+|include)/")


class Debian:
    """Debian packages that carry sources: Go (`golang-*-dev`), Rust (`librust-*-dev`), C and C++ headers."""

    def fetch(self, name: str, version: str | None, folder: Path) -> Fetched:
        """See `Ecosystem`. The licences are those of the machine-readable copyright file, packaging aside."""
        wanted = name if version is None else f"{name}={version}"
        holding = folder / "deb"
        holding.mkdir()
        client(name, "env", f"--chdir={holding}", "apt-get", "download", "-qq", wanted)
        package = only_file(holding, name)
        found = client(name, "dpkg-deb", "--field", str(package), "Version").strip()
        archive = folder / f"{name}.tar"
        client(name, "sh", "-c", 'dpkg-deb --fsys-tarfile "$0" > "$1"', str(package), str(archive))
        shutil.rmtree(holding)
        return Fetched(found, debian_licences(self._copyright(archive)), archive)

    def members(self, archive: Path) -> Iterator[tuple[str, bytes]]:
        """Sources by their path inside their project, not inside the file system."""
        for path, data in tar_members(archive, 1):
            found = _DEBIAN_ROOT.match(path)
            if found:
                yield path[found.end() :], data

    @staticmethod
    def _copyright(archive: Path) -> str:
        with tarfile.open(archive) as tar:
            for member in tar:
                if re.fullmatch(r"\./usr/share/doc/[^/]+/copyright", member.name) and member.isfile():
                    file = tar.extractfile(member)
                    if file is not None:
                        return file.read().decode("utf-8", "replace")
        return ""


def debian_licences(text: str) -> tuple[str, ...]:
    """Short names of each `Files:` paragraph but that of the packaging. A file in the old free form yields none."""
    names: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        files = re.search(r"^Files:\s*(.+)$", paragraph, re.M)
        licence = re.search(r"^License:\s*(.+)$", paragraph, re.M)
        if files and licence and not files[1].startswith("debian/"):
            names.append(re.sub(r"\b(and|or)\b", lambda match: match[0].upper(), licence[1].strip()))
    return tuple(dict.fromkeys(names))


ECOSYSTEMS: dict[str, Ecosystem] = {
    "npm": Npm(),
    "pypi": PyPI(),
    "python": StandardLibrary(),
    "debian": Debian(),
    "cargo": Cargo(),
    "go": GoModules(),
}
