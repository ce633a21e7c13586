"""Files that are either whole or not there, and what they hash to."""

import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
#: Everything below this folder can be made again; git ignores it.
DATA = HERE / "data"
RUNS = HERE / "runs"


def sha256_of_bytes(data: bytes) -> str:
    """Hex digest of bytes in memory."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> str:
    """Hex digest of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_atomically(path: Path, data: bytes) -> None:
    """Writes beside the target, then renames: a reader, or a run that was cut off, never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def write_json(path: Path, value: object) -> None:
    """Writes indented JSON, atomically, with a line end at the end of the file."""
    write_atomically(path, (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode())


def read_json(path: Path) -> Any:  # noqa: ANN401
    """Whatever the file holds: the caller checks what it takes from it."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_lines(path: Path, records: Iterable[object]) -> str:
    """Writes one JSON value per line, gzipped without a time stamp, and returns the digest of the text."""
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    write_atomically(path, gzip.compress(text, compresslevel=4, mtime=0))
    return sha256_of_bytes(text)


def sha256_of_lines(path: Path) -> str:
    """The digest that `write_lines` returned for the file."""
    with gzip.open(path, "rb") as file:
        return sha256_of_bytes(file.read())


def read_lines(path: Path) -> Iterator[Any]:
    """The values that `write_lines` wrote."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)
