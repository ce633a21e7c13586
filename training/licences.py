"""Which licences a package may have. Anything that is not plainly on the list stops the collection."""

import re
from collections.abc import Iterable

#: Permissive licences by SPDX id, in lower case.
ALLOWED = frozenset(
    {
        "0bsd", "apache-2.0", "bsd-2-clause", "bsd-3-clause", "bsl-1.0", "cc0-1.0", "isc", "mit", "mit-0",
        "psf-2.0", "python-2.0", "unlicense", "zlib",
    }
)  # fmt: skip

#: What package metadata writes where it should write an SPDX id, in lower case.
_SYNONYMS = {
    "apache 2.0": "apache-2.0",
    "apache 2.0 license": "apache-2.0",
    "apache 2": "apache-2.0",
    "apache-2": "apache-2.0",
    "apache license 2.0": "apache-2.0",
    "apache license, version 2.0": "apache-2.0",
    "apache license version 2.0": "apache-2.0",
    "apache software license": "apache-2.0",
    "apache software license 2.0": "apache-2.0",
    "apache": "apache-2.0",
    "asl 2.0": "apache-2.0",
    "bsd": "bsd-3-clause",
    "bsd license": "bsd-3-clause",
    "bsd-like": "bsd-3-clause",
    "bsd 3-clause": "bsd-3-clause",
    "bsd 3-clause license": "bsd-3-clause",
    "3-clause bsd": "bsd-3-clause",
    "3-clause bsd license": "bsd-3-clause",
    "the bsd 3-clause license": "bsd-3-clause",
    "new bsd": "bsd-3-clause",
    "new bsd license": "bsd-3-clause",
    "modified bsd license": "bsd-3-clause",
    "bsd 2-clause": "bsd-2-clause",
    "bsd 2-clause license": "bsd-2-clause",
    "bsd-2-clause license": "bsd-2-clause",
    "bsd-3-clause license": "bsd-3-clause",
    "expat": "mit",
    "isc license": "isc",
    "isc license (iscl)": "isc",
    "mit license": "mit",
    "the mit license": "mit",
    "the mit license (mit)": "mit",
    "mit no attribution license (mit-0)": "mit-0",
    "psf": "psf-2.0",
    "psfl": "psf-2.0",
    "psf license": "psf-2.0",
    "python software foundation license": "psf-2.0",
    "the unlicense (unlicense)": "unlicense",
    "public-domain": "cc0-1.0",
}

_TOKEN = re.compile(r"\(|\)|[^\s()]+")


class LicenceError(Exception):
    """A package's licence is not on the list, or cannot be read. The message names the package and what to do."""


def simplify(text: str) -> str:
    """An SPDX id where the text is a known way of writing one, else the text in lower case."""
    plain = " ".join(text.split()).lower()
    return _SYNONYMS.get(plain, plain)


def is_permissive(expression: str) -> bool:
    """Whether an SPDX expression leaves a choice of listed licences alone: each `AND` term, any `OR` term."""
    if simplify(expression) in ALLOWED:
        return True
    tokens = _TOKEN.findall(expression.replace(" / ", " OR "))
    value, rest = _alternatives(tokens)
    return value and not rest


def check(package: str, expressions: Iterable[str]) -> str:
    """The package's licence as written. Raises `LicenceError` unless every expression found is permissive."""
    found = [text for text in expressions if text.strip()]
    if not found:
        raise LicenceError(f"{package}: no licence in its metadata. Take it out of sources.toml.")
    for text in found:
        if not is_permissive(text):
            shown = " ".join(text.split())[:80]
            raise LicenceError(f"{package}: licence “{shown}” is not on the list. Take it out of sources.toml.")
    plain = list(dict.fromkeys(" ".join(text.split()) for text in found))
    if len(plain) == 1:
        return plain[0]
    return " AND ".join(f"({text})" if " OR " in text else text for text in plain)


def _alternatives(tokens: list[str]) -> tuple[bool, list[str]]:
    value, rest = _terms(tokens)
    while rest and rest[0].upper() == "OR":
        other, rest = _terms(rest[1:])
        value = value or other
    return value, rest


def _terms(tokens: list[str]) -> tuple[bool, list[str]]:
    value, rest = _term(tokens)
    while rest and rest[0].upper() == "AND":
        other, rest = _term(rest[1:])
        value = value and other
    return value, rest


def _term(tokens: list[str]) -> tuple[bool, list[str]]:
    if not tokens:
        return False, []
    if tokens[0] != "(":
        return simplify(tokens[0]) in ALLOWED, tokens[1:]
    value, rest = _alternatives(tokens[1:])
    if not rest or rest[0] != ")":
        return False, rest
    return value, rest[1:]
