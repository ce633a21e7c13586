"""
Examples as tokens, all of them natural: a text is tokenised once, as the model has always seen it, and cut only where
the cursor cuts. What the product takes back at the cursor to write it again (token healing) is the answer's first
token here.

```
behind marks   (FILE path \\n piece)* FILE path \\n SUFFIX text after the cursor PREFIX text before it | answer END
plain          the text alone
explain        code, blank line, beginning of a comment | the rest of the sentence END
```
"""

from dataclasses import dataclass

from training.examples import Example
from training.layout import LEAST_PIECE, LONGEST_PATH, MOST_SUFFIX, PIECES_SHARE, Piece
from training.lora.bpe import BpeTokenizer
from training.lora.examples import EXPLAIN, FORWARD, PLAIN
from training.lora.recipe import Marks, TokenWeights


@dataclass(frozen=True)
class TokenExample:
    """Tokens, and the places in them that decide what a token's loss counts."""

    task: str
    language: str
    tokens: tuple[int, ...]
    #: The first token of the text before the cursor.
    text: int
    #: The first token of the answer.
    answer: int
    #: Whether the last token is the end of the answer.
    has_end: bool

    def weights(self, by_place: TokenWeights) -> list[float]:
        """Of each token as something to be foretold; of the first, which nothing foretells, none."""
        found = [by_place.suffix] * self.text + [by_place.prefix] * (self.answer - self.text)
        found += [by_place.answer] * (len(self.tokens) - self.answer)
        if self.has_end:
            found[-1] = by_place.end
        return [0.0, *found[1:]]


class Layout:
    """Turns examples of one recipe into tokens."""

    def __init__(self, tokenizer: BpeTokenizer, marks: Marks, longest: int) -> None:
        self._tokenizer = tokenizer
        self._longest = longest
        names = (marks.file, marks.suffix, marks.prefix, marks.end)
        self._file, self._suffix, self._prefix, self._end = map(tokenizer.control, names)

    def tokens_of(self, example: Example) -> TokenExample:
        """At most as many tokens as an example may have: what is too much is cut off the front of the text."""
        is_open = example.task in (PLAIN, FORWARD)
        text, cursor = self._text(example)
        front = self._front(example)
        room = self._longest - len(front) - (0 if is_open else 1)
        left_out = 0 if is_open else max(0, min(len(text) - room, cursor))
        text, cursor = text[left_out:], cursor - left_out
        # A window is no end of a file, and an answer that does not fit has none either.
        has_end = not is_open and len(text) <= room
        tokens = (*front, *text[:room], *([self._end] if has_end else []))
        start = len(front)
        return TokenExample(example.task, example.language, tokens, start, start + cursor, has_end)

    def _text(self, example: Example) -> tuple[list[int], int]:
        """Tokens of the text before the cursor with the answer, and the first of them that has some of the answer."""
        tokens, starts = self._tokenizer.encode_spans(example.prefix + example.answer)
        place = len(example.prefix.encode())
        inside = [number for number, start in enumerate(starts) if start <= place]
        return tokens, inside[-1] if inside else 0

    def _front(self, example: Example) -> list[int]:
        if example.task in (PLAIN, EXPLAIN):
            return []
        pieces = self._pieces(example.pieces)
        suffix = self._start_of(example.suffix, min(MOST_SUFFIX, self._longest // 4))
        return [*pieces, *self._header(example.path), self._suffix, *suffix, self._prefix]

    def _pieces(self, pieces: tuple[Piece, ...]) -> list[int]:
        budget = int(self._longest * PIECES_SHARE)
        tokens: list[int] = []
        for piece in pieces:
            header = self._header(piece.path)
            left = budget - len(tokens) - len(header)
            if left < LEAST_PIECE:
                break
            tokens += [*header, *self._start_of(piece.text.rstrip("\n") + "\n", left)]
        return tokens

    def _start_of(self, text: str, most: int) -> list[int]:
        """The first tokens of a text; one that does not fit is cut in front of a line end, where it has one."""
        tokens = self._tokenizer.encode(text)
        if len(tokens) <= most:
            return tokens
        ends = [at for at in range(1, most + 1) if "\n" in self._tokenizer.decode(tokens[at : at + 1])]
        return tokens[: ends[-1] if ends else most]

    def _header(self, path: str) -> list[int]:
        line = path.replace("\n", " ")[-LONGEST_PATH:] + "\n"
        return [self._file, *self._tokenizer.encode(line)]
