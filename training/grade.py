"""
`python -m training.grade`: how good a model's one-sentence explanations are, against docstrings held out of training.

Asks for what greedy decoding writes; `sentences.py` says what it is worth.
"""

import json
import math
import sys
from collections.abc import Sequence
from dataclasses import asdict

import torch

from training.evaluate import digests, first_of_each, held_out_parser, load_model, read_examples
from training.examples import Example, prompt_of
from training.memory import keep_memory
from training.model import Llama
from training.sentences import Graded, by_language, from_name, gate, judge, samples
from training.storage import write_json
from training.tokenizer import SentencePieceTokenizer
from training.vocabulary import REPOSITORY

#: Tokens. The longest sentence that is learnt has 200 characters.
MOST_TOKENS = 60


@torch.no_grad()
def write(model: Llama, prompt: Sequence[int], most: int) -> tuple[list[int], float]:
    """Greedy decoding to the first control token. Returns the tokens and the geometric mean of the probabilities."""
    tokens, nats = list(prompt), 0.0
    written: list[int] = []
    for _ in range(min(most, model.shape.context - len(prompt))):
        logits = model(torch.tensor([tokens]))[0, -1].float().log_softmax(-1)
        token = int(logits.argmax())
        nats -= float(logits[token])
        if token <= REPOSITORY:
            return written, math.exp(-nats / (len(written) + 1))
        written.append(token)
        tokens.append(token)
    return written, math.exp(-nats / max(1, len(written)))


def grade(model: Llama, tokenizer: SentencePieceTokenizer, example: Example) -> Graded:
    """Asks for one explanation, as the product does."""
    prompt = prompt_of(tokenizer, example, model.shape.context - MOST_TOKENS)
    tokens, probability = write(model, prompt, MOST_TOKENS)
    return judge(example, tokenizer.decode(tokens).strip(), probability)


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    options = held_out_parser("training.grade", __doc__).parse_args(arguments)
    keep_memory()
    torch.set_num_threads(options.threads)
    model, tokenizer = load_model(options.model, options.data)
    source = options.data / "shards" / options.config / "held_out.jsonl.gz"
    examples = first_of_each(read_examples(source), options.most, ["explain"])
    graded = [grade(model, tokenizer, example) for example in examples]
    result = {
        **digests(options.model, source),
        "explanations": by_language(graded),
        "from_name": by_language([judge(example, from_name(example.prefix), 1.0) for example in examples]),
        "gate": gate(graded),
        "samples": [asdict(item) for item in samples(graded)],
    }
    if options.out is not None:
        write_json(options.out, result)
    print(json.dumps({key: value for key, value in result.items() if key != "samples"}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
