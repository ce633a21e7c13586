"""One-sentence explanations that people wrote: docstrings and JSDoc, taken out of the code that they describe."""

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from training.collect import SourceFile

#: Characters.
SHORTEST_SENTENCE, LONGEST_SENTENCE = 15, 200
SHORTEST_CODE, LONGEST_CODE = 60, 2400
_MOST_LINES = 60


@dataclass(frozen=True)
class Explained:
    """A piece of code without its comment, and the comment's first sentence."""

    code: str
    sentence: str


def explained(file: SourceFile) -> list[Explained]:
    """All explained definitions of a file; none for a language without a known form of comment."""
    if file.language == "python":
        found = _from_python(file.text)
    elif file.language in ("typescript", "javascript"):
        found = _from_jsdoc(file.text)
    else:
        return []
    return [item for item in found if SHORTEST_CODE <= len(item.code) <= LONGEST_CODE]


def first_sentence(comment: str) -> str | None:
    """The first sentence, or nothing when it says nothing of the code: a tag, a link, a licence, a note to do."""
    text = re.split(r"\n\s*\n|^\s*@", textwrap.dedent(comment).strip(), maxsplit=1, flags=re.M)[0]
    text = re.sub(r"\{@\w+\s+([^}|]+)[^}]*\}", r"\1", text)
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text)
    text = " ".join(text.split())
    ended = re.match(r"(.+?[^.][.!?])(?=\s+[A-Z`]|$)", text)
    sentence = ended[1] if ended else text.rstrip(" :;,.") + "."
    return sentence if _says_something(sentence) else None


def _says_something(sentence: str) -> bool:
    return (
        SHORTEST_SENTENCE <= len(sentence) <= LONGEST_SENTENCE
        and sentence[0].isalpha()
        and len(sentence.split()) >= 3
        and sentence.isascii()
        and not re.search(r"https?:|TODO|FIXME|@|\bcopyright\b|\blicen[sc]e|deprecated|>>>|::|===|---", sentence, re.I)
    )


def _from_python(text: str) -> Iterator[Explained]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    lines = text.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            docstring = ast.get_docstring(node)
            sentence = first_sentence(docstring) if docstring else None
            code = _python_code(node, lines) if sentence else None
            if sentence and code:
                yield Explained(code, sentence)


def _python_code(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, lines: list[str]) -> str | None:
    """The definition without its docstring; nothing when no body is left."""
    comment = node.body[0]
    if len(node.body) < 2 or comment.end_lineno is None or comment.lineno == node.lineno:
        return None
    before, after = lines[node.lineno - 1 : comment.lineno - 1], lines[comment.end_lineno : node.end_lineno]
    return textwrap.dedent("\n".join([*before, *after][:_MOST_LINES])).strip("\n") + "\n"


_JSDOC = re.compile(r"^([ \t]*)/\*\*((?:(?!\*/).){10,1500})\*/[ \t]*\n(?=[ \t]*[\w@$#*\[(])", re.M | re.S)
_DEFINES = re.compile(
    r"\s*(export|async|function|class|interface|abstract|public|private|protected|static|get|set|const|let|type|enum|[\w$#]+\s*[(<=:])"
)


def _from_jsdoc(text: str) -> Iterator[Explained]:
    for match in _JSDOC.finditer(text):
        sentence = first_sentence(re.sub(r"^[ \t]*\*?[ \t]?", "", match[2], flags=re.M))
        following = text[match.end() : match.end() + LONGEST_CODE + 1]
        if sentence and _DEFINES.match(following):
            code = _block_at(following, match[1])
            if code:
                yield Explained(code, sentence)


def _block_at(text: str, indent: str) -> str | None:
    """From a definition's first line to the line that closes it, by indentation; nothing when that is not in sight."""
    lines = text.split("\n")[:_MOST_LINES]
    for number, line in enumerate(lines):
        is_outer = line.startswith(indent) and not line[len(indent) :].startswith((" ", "\t"))
        closes = line[len(indent) :].startswith(("}", ")", "]")) and line.rstrip().endswith((";", "}", ",", ")"))
        if line.strip() == "" and number > 0 and lines[number - 1].rstrip().endswith((";", "}")):
            return None
        if is_outer and ((number > 0 and closes) or (number == 0 and line.rstrip().endswith((";", "}")))):
            if re.search(r"/\*\*", "\n".join(lines[:1])):
                return None
            return textwrap.dedent("\n".join(lines[: number + 1])) + "\n"
    return None
