"""
`python -m training.lora.evaluate --model GGUF`: what held-out answers cost a model, with additions or without, and
where the text in front of the answer's own is left out: nats per token by task and language.
"""

import argparse
import dataclasses
import sys
from pathlib import Path

import torch

from training.lora.base import read_base
from training.lora.dataset import read_examples
from training.lora.measure import evenly, summary
from training.lora.natural import TokenExample
from training.lora.network import AdaptedLlama, Additions
from training.lora.shard import HELD_OUT
from training.lora.state import State, read_state
from training.lora.trainer import measure
from training.memory import keep_memory
from training.storage import DATA, write_json


def load(model: Path, state: State | None) -> AdaptedLlama:
    """The network of a GGUF, with the additions of a state. Raises `ValueError` for a state of another base."""
    if state is None:
        return AdaptedLlama(read_base(model), Additions(1, 1))
    about = state.about
    base = read_base(model, about["base_sha256"])
    network = AdaptedLlama(base, Additions(about["rank"], about["alpha"], tuple(about["matrices"])))
    network.load_state_dict({name: torch.from_numpy(value) for name, value in state.additions.items()})
    return network


def without_front(example: TokenExample) -> TokenExample:
    """Only the text before the cursor and the answer, as a model is asked that knows no marks."""
    tokens, front = example.tokens[example.text :], example.text
    return dataclasses.replace(example, tokens=tokens, text=0, answer=example.answer - front)


def main(arguments: list[str] | None = None) -> int:
    """Runs the stage."""
    parser = argparse.ArgumentParser(prog="training.lora.evaluate", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="a GGUF: the base, or a merged one")
    parser.add_argument("--state", type=Path, help="additions to the base")
    parser.add_argument("--config", default="smollm2")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--most", type=int, default=sys.maxsize, help="examples; evenly from all")
    parser.add_argument("--plain", action="store_true", help="without marks, suffix and other files")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    keep_memory()
    torch.set_num_threads(options.threads)
    examples = read_examples(options.data / "lora" / options.config / HELD_OUT)
    examples = evenly(examples, options.most)
    asked = [without_front(example) for example in examples] if options.plain else examples
    network = load(options.model, read_state(options.state) if options.state else None)
    found = summary(measure(network, asked))
    for name, group in found.items():
        print(name, " ".join(f"{key}={value:.4g}" for key, value in group.items()))
    if options.out:
        write_json(options.out, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
