"""Markdown tables."""


def table(header: list[str], rows: list[list[str]]) -> str:
    """A table of Markdown. What would end a cell or a row is written so that it does not."""
    lines = [header, ["---"] * len(header), *([cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(text: str) -> str:
    """One line, without bars."""
    return text.replace("|", "\\|").replace("\n", " ")
