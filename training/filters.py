"""Which files are source that people wrote and may be learnt from. Every limit here comes from the trial run."""

import hashlib
import re
from pathlib import PurePosixPath

#: File ending → language, as the shards and the evaluation name it.
LANGUAGES = {
    ".ts": "typescript", ".tsx": "typescript", ".mts": "typescript", ".cts": "typescript",
    ".js": "javascript", ".mjs": "javascript", ".cjs": "javascript", ".jsx": "javascript",
    ".py": "python", ".go": "go", ".rs": "rust", ".java": "java",
    ".c": "c", ".h": "c", ".cc": "c++", ".cpp": "c++", ".hpp": "c++", ".hh": "c++",
}  # fmt: skip

#: Characters. Shorter files teach nothing, longer ones are data.
SHORTEST, LONGEST = 300, 150_000
#: Characters. Beyond either a file was packed by a machine.
LONGEST_MEAN_LINE, LONGEST_LINE = 90, 600

#: Folders whose files are built, copied from elsewhere, or test data.
_BUILT_FOLDERS = frozenset(
    {
        "dist", "build", "out", "umd", "bundle", "bundles", "vendor", "vendored", "_vendor", "third_party",
        "thirdparty",
        "node_modules", "min", "minified", "polyfills", "locale", "locales", "i18n", "fixtures", "__snapshots__",
        "snapshots", "testdata", "goldens", "amd", "cjs", "commonjs", "esm5", "es5", "fesm2015", "fesm2020", "fesm2022",
    }
)  # fmt: skip
_BUILT_NAME = re.compile(r"[.-](min|bundle|prod|umd|iife|production|development|global)\.[cm]?js$|(_pb2|_pb)\.\w+$")
#: Looked for anywhere in the text: compilers and bundlers leave these.
_BUILT_TEXT = re.compile(
    r"sourceMappingURL|\b__esModule\b|__webpack_require__|__commonJS\(|_interopRequire|__decorate\(|tslib_1|_createClass\("
)
#: Looked for near the start of the text.
_GENERATED_HEAD = re.compile(
    r"auto-?\s?generated|generated (by|from|with|using|code|file)|do not (edit|modify)|@generated|machine generated",
    re.I,
)
#: Another licence than the package's own, in a file's head, or a key: neither is to be learnt.
_FOREIGN_HEAD = re.compile(
    r"GNU (Lesser |Affero |Library )?General Public|\b[AL]?GPL(v?[23]|-)|Mozilla Public License|\bMPL[- ]2|"
    r"Creative Commons Attribution|proprietary|CDDL|Eclipse Public License",
    re.I,
)
_SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
#: The tokeniser's own sign for a space: a text with it would not come back the same.
_SPACE_SIGN = "\u2581"
_HEAD = 3000


def language_of(path: str) -> str | None:
    """The language by file ending, or nothing for a file that is not source."""
    return LANGUAGES.get(PurePosixPath(path).suffix.lower())


def is_declaration(path: str) -> bool:
    """Whether the file holds types only (`.d.ts`). Many packages ship these, and their share is capped."""
    return bool(re.search(r"\.d\.[cm]?ts$", path))


def has_good_path(path: str) -> bool:
    """Whether neither a folder nor the name says that the file was built, copied or generated."""
    pure = PurePosixPath(path)
    folders = {part.lower() for part in pure.parts[:-1]}
    return not folders & _BUILT_FOLDERS and not _BUILT_NAME.search(pure.name.lower())


def clean(data: bytes) -> str | None:
    """The text with LF line ends and no byte order mark, or nothing when a filter drops the file."""
    if len(data) > 4 * LONGEST:
        return None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
    return text if is_wanted(text) else None


def is_wanted(text: str) -> bool:
    """Whether a text passes the filters of size, shape and origin."""
    if not SHORTEST <= len(text) <= LONGEST or _SPACE_SIGN in text or "\x00" in text or "\r" in text:
        return False
    lines = text.split("\n")
    if len(text) / len(lines) > LONGEST_MEAN_LINE or max(map(len, lines)) > LONGEST_LINE:
        return False
    head = text[:_HEAD]
    if _GENERATED_HEAD.search(head) or _FOREIGN_HEAD.search(head):
        return False
    return not _BUILT_TEXT.search(text) and not _SECRET.search(text) and not _is_data(text)


def _is_data(text: str) -> bool:
    """Tables of numbers and strings: hardly a letter outside of literals."""
    letters = sum(map(str.isalpha, text[:20_000]))
    return letters < 0.35 * min(len(text), 20_000)


def fingerprints(text: str) -> tuple[str, ...]:
    """Digests of the text without white space, whole and of a middle piece: equal ones mean near duplicates."""
    bare = "".join(text.split())
    middle = bare[len(bare) // 3 : 2 * len(bare) // 3]
    whole = hashlib.blake2b(bare.encode(), digest_size=12).hexdigest()
    return whole, hashlib.blake2b(middle.encode(), digest_size=12).hexdigest()
