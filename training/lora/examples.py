"""Files of packages to examples as text, in a mix that the recipe decides."""

import random
from collections.abc import Iterator

from training.collect import SourceFile
from training.cuts import cut_windows
from training.examples import Example
from training.explanations import explained
from training.layout import Piece
from training.lora.middles import draw_middle
from training.lora.recipe import Mix
from training.lora.sentences import asked
from training.neighbours import pick_pieces

#: Tasks besides those of `middles`.
PLAIN, FORWARD, EXPLAIN = "plain", "forward", "explain"


def examples_of(file: SourceFile, package: list[SourceFile], mix: Mix, seed: str) -> Iterator[Example]:
    """Some windows of one file and sentences about it, in a random order that the seed decides."""
    randomness = random.Random(seed)
    windows = cut_windows(file.text, mix.window_shortest, mix.window_longest, randomness)
    for window in randomness.sample(windows, min(mix.most_windows, len(windows))):
        if randomness.random() < mix.explain_share:
            yield from _explained(file, randomness)
        yield _window(file, package, window, mix, randomness)


def _window(file: SourceFile, package: list[SourceFile], window: str, mix: Mix, randomness: random.Random) -> Example:
    draw = randomness.random()
    if draw < mix.plain_share:
        return Example(PLAIN, file.language, file.path, "", "", (), window)
    pieces: tuple[Piece, ...] = ()
    if randomness.random() < mix.pieces_share:
        pieces = pick_pieces(package, file, window, randomness)
    if draw < mix.plain_share + mix.forward_share:
        return Example(FORWARD, file.language, file.path, "", "", pieces, window)
    task, parts = draw_middle(window, mix, randomness)
    suffix = "" if randomness.random() < mix.no_suffix_share else parts.suffix
    return Example(task, file.language, file.path, parts.prefix, suffix, pieces, parts.middle)


def _explained(file: SourceFile, randomness: random.Random) -> Iterator[Example]:
    found = [pair for item in explained(file) if (pair := asked(item, file.language)) is not None]
    for prompt, sentence in randomness.sample(found, min(1, len(found))):
        yield Example(EXPLAIN, file.language, file.path, prompt, "", (), sentence)
