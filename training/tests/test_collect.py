from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from training import collect
from training.archives import Fetched
from training.collect import Source, SourceFile, main, merge, read_package, read_sources
from training.packages import ECOSYSTEMS
from training.storage import HERE, read_json, write_lines

CODE = "".join(f"const value{number} = compute({number}, 'name');\n" for number in range(30))


class FakeEcosystem:
    """Packages in memory: name → licence and files."""

    def __init__(self, packages: dict[str, tuple[str, dict[str, str]]]) -> None:
        self.packages = packages
        self.fetched: list[tuple[str, str | None]] = []
        self._current = ""

    def fetch(self, name: str, version: str | None, folder: Path) -> Fetched:
        self.fetched.append((name, version))
        self._current = name
        archive = folder / "archive"
        archive.write_text(name)
        return Fetched(version or "2.0.0", (self.packages[name][0],), archive)

    def members(self, archive: Path) -> Iterator[tuple[str, bytes]]:
        yield from ((path, text.encode()) for path, text in self.packages[archive.read_text()][1].items())


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[FakeEcosystem, list[str]]:
    (tmp_path / "sources.toml").write_text('[held_out]\nfake = ["kept"]\n[train]\nfake = ["one", "two"]\n')
    fake = FakeEcosystem(
        {
            "kept": ("MIT", {"a.ts": CODE}),
            "one": ("MIT", {"a.ts": CODE.replace(";", " ;"), "b.ts": CODE.replace("value", "other")}),
            "two": (
                "ISC",
                {"c.ts": CODE.replace("value", "third"), "short.ts": "x", "again.ts": CODE.replace("value", "third")},
            ),
        }
    )
    monkeypatch.setitem(ECOSYSTEMS, "fake", fake)
    paths = [f"--sources={tmp_path}/sources.toml", f"--manifest={tmp_path}/manifest.json", f"--data={tmp_path}/data"]
    return fake, paths


def test_collects_and_says_where_from(world: tuple[FakeEcosystem, list[str]], tmp_path: Path) -> None:
    _, paths = world
    assert main(paths) == 0
    entries = {entry["name"]: entry for entry in read_json(tmp_path / "manifest.json")}
    assert [entries[name]["licence"] for name in ("kept", "one", "two")] == ["MIT", "MIT", "ISC"]
    assert [entries[name]["files"] for name in ("kept", "one", "two")] == [1, 2, 1]
    assert entries["kept"]["held_out"] and not entries["one"]["held_out"]
    assert len(entries["two"]["archive_sha256"]) == len(entries["two"]["text_sha256"]) == 64


def test_what_training_shares_with_held_out_packages_is_taken_out_of_training(
    world: tuple[FakeEcosystem, list[str]], tmp_path: Path
) -> None:
    main(world[1])
    corpus = tmp_path / "data" / "corpus"
    assert [file.path for file in read_package(corpus / "held_out" / "fake-kept.jsonl.gz")] == ["a.ts"]
    assert [file.path for file in read_package(corpus / "train" / "fake-one.jsonl.gz")] == ["b.ts"]


def test_a_second_run_fetches_nothing(world: tuple[FakeEcosystem, list[str]]) -> None:
    fake, paths = world
    main(paths)
    fake.fetched.clear()
    assert main(paths) == 0
    assert fake.fetched == []


def test_what_was_lost_is_fetched_in_the_recorded_version(
    world: tuple[FakeEcosystem, list[str]], tmp_path: Path
) -> None:
    fake, paths = world
    main(paths)
    fake.fetched.clear()
    (tmp_path / "data" / "packages" / "fake-two.jsonl.gz").unlink()
    main(paths)
    assert fake.fetched == [("two", "2.0.0")]


def test_a_licence_off_the_list_fails_the_run_and_keeps_what_was_done(
    world: tuple[FakeEcosystem, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake, paths = world
    fake.packages["two"] = ("LGPL-3.0", fake.packages["two"][1])
    assert main(paths) == 1
    assert "two: licence “LGPL-3.0”" in capsys.readouterr().err
    assert [entry["name"] for entry in read_json(tmp_path / "manifest.json")] == ["kept", "one"]


def test_declarations_stay_below_their_share(tmp_path: Path) -> None:
    source = Source("npm", "p", False)
    files = [SourceFile("a.ts", "typescript", CODE)]
    files += [
        SourceFile(f"{name}.d.ts", "typescript", CODE.replace("value", name)[:60]) for name in ("one", "two", "three")
    ]
    write_lines(tmp_path / "packages" / source.file_name, (asdict(file) for file in files))
    totals = merge([source], tmp_path / "packages", tmp_path / "corpus")["train"]
    assert 0 < totals["declarations"] <= collect.MOST_DECLARATIONS * totals["typescript"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[held_out]\nnpm = ["a"]\n[train]\nnpm = ["a"]\n', "names these twice: a"),
        ('[held_out]\n[train]\ngems = ["a"]\n', "“gems” is none of"),
    ],
)
def test_refuses_a_list_that_makes_no_sense(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(text)
    with pytest.raises(ValueError, match=message):
        read_sources(tmp_path / "s.toml")


def test_the_real_list_is_sound() -> None:
    sources = read_sources(HERE / "sources.toml")
    assert sum(source.held_out for source in sources) >= 12
    entries = read_json(HERE / "manifest.json")
    assert {(entry["ecosystem"], entry["name"]) for entry in entries} <= {(s.ecosystem, s.name) for s in sources}
