"""What every kind of package needs: a client that is run, an archive that is read."""

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from training.filters import has_good_path, language_of

#: Seconds. One package takes seconds; a client that hangs must not hang the collection.
_TIMEOUT = 300
#: Bytes. A member beyond this is no source file, whatever it says; also guards against archives that swell.
_LARGEST_MEMBER = 2_000_000


@dataclass(frozen=True)
class Fetched:
    """A package as it came."""

    version: str
    #: Licence expressions as its metadata has them.
    licences: tuple[str, ...]
    archive: Path


class Ecosystem(Protocol):
    """How one kind of package is fetched and opened."""

    def fetch(self, name: str, version: str | None, folder: Path) -> Fetched:
        """Downloads into an empty folder; without a version, the newest."""

    def members(self, archive: Path) -> Iterator[tuple[str, bytes]]:
        """Source files: path inside the package, content."""


class FetchError(Exception):
    """A client failed. The message names the package and the client's last words."""


def client(package: str, *command: str) -> str:
    """What a program prints. Raises `FetchError` when it is missing, fails or hangs."""
    program = shutil.which(command[0])
    if program is None:
        raise FetchError(f"{package}: the program {command[0]} is not installed. Install it and run again.")
    try:
        done = subprocess.run([program, *command[1:]], capture_output=True, text=True, timeout=_TIMEOUT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise FetchError(f"{package}: {command[0]} took more than {_TIMEOUT} s. Run again later.") from error
    if done.returncode != 0:
        raise FetchError(f"{package}: {command[0]} failed: {done.stderr.strip()[-300:]}")
    return done.stdout


def only_file(folder: Path, package: str) -> Path:
    """The archive that a client left in an empty folder. Raises `FetchError` unless there is just one."""
    files = [path for path in folder.iterdir() if path.is_file()]
    if len(files) != 1:
        raise FetchError(f"{package}: expected one archive, found {len(files)}. Run again.")
    return files[0]


def is_source(path: str, size: int) -> bool:
    """Whether a member is worth reading: source by its name, of a size that people write."""
    return size <= _LARGEST_MEMBER and language_of(path) is not None and has_good_path(path)


def tar_members(archive: Path, strip: int) -> Iterator[tuple[str, bytes]]:
    """Source files without the first `strip` folders of their paths, and their content."""
    with tarfile.open(archive) as tar:
        for member in tar:
            path = "/".join(member.name.split("/")[strip:])
            if member.isfile() and is_source(path, member.size):
                file = tar.extractfile(member)
                if file is not None:
                    yield path, file.read()
