"""The loss curve: a table that grows while a run goes on, and a picture drawn from it without any library."""

import csv
from dataclasses import dataclass
from pathlib import Path

from training.storage import write_atomically

FIELDS = ("step", "tokens", "seconds", "loss", "held_out", "tokens_per_second")
_WIDTH, _HEIGHT, _MARGIN = 900, 460, 60


@dataclass(frozen=True)
class Point:
    """One line of the table. Losses in nats per token; `held_out` only where it was measured."""

    step: int
    tokens: int
    seconds: float
    loss: float
    held_out: float | None
    tokens_per_second: float


class Curve:
    """Owns the table of one run. A resumed run drops the lines that were written after its checkpoint."""

    def __init__(self, path: Path, step: int) -> None:
        self._path = path
        kept = [point for point in read_points(path) if point.step <= step] if path.exists() else []
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(FIELDS)
            writer.writerows(_cells(point) for point in kept)

    def add(self, point: Point) -> None:
        """Appends one line."""
        with self._path.open("a", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(_cells(point))


def _cells(point: Point) -> list[str]:
    held_out = "" if point.held_out is None else f"{point.held_out:.4f}"
    rate = f"{point.tokens_per_second:.0f}"
    return [str(point.step), str(point.tokens), f"{point.seconds:.1f}", f"{point.loss:.4f}", held_out, rate]


def read_points(path: Path) -> list[Point]:
    """The table that a run wrote."""
    with path.open(newline="") as file:
        return [
            Point(
                int(row["step"]),
                int(row["tokens"]),
                float(row["seconds"]),
                float(row["loss"]),
                float(row["held_out"]) if row["held_out"] else None,
                float(row["tokens_per_second"]),
            )
            for row in csv.DictReader(file)
        ]


def draw(points: list[Point], title: str, path: Path) -> None:
    """Writes an SVG: training loss as a line, held-out loss as dots, over millions of tokens."""
    values = [point.loss for point in points] + [point.held_out for point in points if point.held_out is not None]
    low, high = min(values), max(values)
    most = max(point.tokens for point in points)

    def place(tokens: int, loss: float) -> tuple[float, float]:
        x = _MARGIN + (_WIDTH - 2 * _MARGIN) * tokens / most
        return x, _MARGIN + (_HEIGHT - 2 * _MARGIN) * (high - loss) / max(1e-9, high - low)

    line = " ".join("{:.1f},{:.1f}".format(*place(point.tokens, point.loss)) for point in points)
    dots = "".join(
        '<circle cx="{:.1f}" cy="{:.1f}" r="3.5" fill="#c2410c"/>'.format(*place(point.tokens, point.held_out))
        for point in points
        if point.held_out is not None
    )
    write_atomically(path, _picture(title, line, dots, low, high, most).encode())


def _picture(title: str, line: str, dots: str, low: float, high: float, most: int) -> str:
    marks = "".join(
        f'<line x1="{_MARGIN}" x2="{_WIDTH - _MARGIN}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e5e7eb"/>'
        f'<text x="{_MARGIN - 8}" y="{y + 4:.1f}" text-anchor="end">{loss:.2f}</text>'
        for share in (0, 0.25, 0.5, 0.75, 1)
        for y, loss in [(_MARGIN + (_HEIGHT - 2 * _MARGIN) * share, high - (high - low) * share)]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="13" fill="#374151">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>{marks}'
        f'<text x="{_MARGIN}" y="32" font-size="16">{title}</text>'
        f'<text x="{_WIDTH - _MARGIN}" y="{_HEIGHT - 22}" text-anchor="end">{most / 1e6:.2f} million tokens</text>'
        f'<text x="{_MARGIN}" y="{_HEIGHT - 22}">nats per token: line = training, dots = held out</text>'
        f'<polyline points="{line}" fill="none" stroke="#2563eb" stroke-width="1.5"/>{dots}</svg>\n'
    )
