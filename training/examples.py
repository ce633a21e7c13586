"""Files to examples, and examples to tokens."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from training import vocabulary as ids
from training.collect import SourceFile
from training.cuts import Task, cut, cut_windows
from training.explanations import explained
from training.layout import Cursor, Piece, completion_prompt, explanation_prompt
from training.neighbours import pick_pieces
from training.recipe import DataMix
from training.tokenizer import Tokenizer

#: Tokens. An answer that is longer is cut, without its end token.
_LONGEST_ANSWER_SHARE = 0.5


@dataclass(frozen=True)
class Example:
    """A question and its answer, as text: any tokeniser can be asked it."""

    task: str
    language: str
    path: str
    prefix: str
    suffix: str
    pieces: tuple[Piece, ...]
    answer: str
    #: Whose order the prompt has.
    family: str = "sotto"


def examples_of(file: SourceFile, package: list[SourceFile], mix: DataMix, seed: str) -> Iterator[Example]:
    """All examples of one file: its windows once over, and its explained definitions. The seed decides every cut."""
    randomness = random.Random(seed)
    for window in cut_windows(file.text, mix.window_shortest, mix.window_longest, randomness):
        task = _draw_task(mix, randomness)
        if task is Task.FORWARD:
            yield Example(task.value, file.language, file.path, "", "", (), window)
        else:
            yield _fill_in(file, package, window, task, mix, randomness)
    definitions = explained(file)
    for item in randomness.sample(definitions, min(mix.most_explanations, len(definitions))):
        yield Example(Task.EXPLAIN.value, file.language, file.path, item.code, "", (), item.sentence)


def _draw_task(mix: DataMix, randomness: random.Random) -> Task:
    if randomness.random() >= mix.fim_share:
        return Task.FORWARD
    draw = randomness.random()
    if draw < mix.line_share:
        return Task.LINE
    return Task.BLOCK if draw < mix.line_share + mix.block_share else Task.SPAN


def _fill_in(
    file: SourceFile, package: list[SourceFile], window: str, task: Task, mix: DataMix, randomness: random.Random
) -> Example:
    parts = cut(window, task, randomness)
    pieces: tuple[Piece, ...] = ()
    if randomness.random() < mix.pieces_share:
        pieces = pick_pieces(package, file, parts.prefix + parts.suffix, randomness)
    family = _draw_family(mix.families, randomness)
    return Example(task.value, file.language, file.path, parts.prefix, parts.suffix, pieces, parts.middle, family)


def _draw_family(weights: dict[str, float], randomness: random.Random) -> str:
    """One by weight; of a single one nothing is drawn."""
    names = list(weights)
    return names[0] if len(names) == 1 else randomness.choices(names, list(weights.values()))[0]


def prompt_of(tokenizer: Tokenizer, example: Example, budget: int) -> list[int]:
    """What the product would send for this example."""
    if example.task == Task.EXPLAIN.value:
        return explanation_prompt(tokenizer, example.path, example.prefix, budget)
    cursor = Cursor(example.path, example.prefix, example.suffix, example.pieces)
    return completion_prompt(tokenizer, cursor, budget, example.family)


def tokens_of(tokenizer: Tokenizer, example: Example, length: int) -> tuple[list[int], int]:
    """
    Prompt, answer and EOS, in at most `length` tokens.
    :returns: the tokens and where the answer starts.
    """
    answer = [*tokenizer.encode(example.answer), ids.EOS]
    if example.task == Task.FORWARD.value:
        # A window is no end of a file: the model is not to learn to stop there.
        del answer[-1]
    else:
        answer = answer[: int(length * _LONGEST_ANSWER_SHARE)]
    prompt = prompt_of(tokenizer, example, length - (0 if example.task == Task.FORWARD.value else len(answer)))
    return (prompt + answer)[:length], len(prompt)
