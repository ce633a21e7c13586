"""
`python -m training.lora.agree --model GGUF`: whether node-llama-cpp says of held-out prompts what the torch network
says, with additions (`--state`, handed to it as an adapter) or without. It multiplies in 8-bit integers, so not to the
bit.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch

from training.ask_llama_cpp import ask_llama_cpp
from training.lora.dataset import read_examples
from training.lora.evaluate import load
from training.lora.export import write_adapter
from training.lora.measure import evenly
from training.lora.network import AdaptedLlama
from training.lora.shard import HELD_OUT
from training.lora.state import read_state
from training.storage import DATA

#: Tokens; what comes behind them in a prompt says nothing more.
_LONGEST = 256


@dataclass(frozen=True)
class Agreement:
    """Over all places of all prompts; probabilities are of the token that llama.cpp finds likeliest."""

    places: int
    same_token: int
    mean_difference: float
    largest_difference: float


def compare(network: AdaptedLlama, prompts: list[list[int]], said: list[list[tuple[int, float]]]) -> Agreement:
    """Holds the network against what llama.cpp said after each token of each prompt."""
    pairs = list(_pairs(network, prompts, said))
    differences = [abs(ours - theirs) for _, ours, theirs in pairs]
    same = sum(is_same for is_same, _, _ in pairs)
    return Agreement(len(pairs), same, sum(differences) / max(1, len(pairs)), max(differences, default=0))


@torch.no_grad()
def _pairs(network: AdaptedLlama, prompts: list[list[int]], said: list[Any]) -> Iterator[tuple[bool, float, float]]:
    for prompt, found in zip(prompts, said, strict=True):
        ours = network.logits(network.hidden(torch.tensor([prompt])))[0].softmax(-1)
        for (token, probability), expected in zip(found, ours, strict=True):
            yield token == int(expected.argmax()), float(expected[token]), probability


def main(arguments: list[str] | None = None) -> int:
    """Runs the comparison; fails where fewer than nine of ten likeliest tokens are the same."""
    parser = argparse.ArgumentParser(prog="training.lora.agree", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="a GGUF: the base, or a merged one")
    parser.add_argument("--state", type=Path, help="additions to the base")
    parser.add_argument("--config", default="smollm2")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--prompts", type=int, default=4)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    examples = evenly(read_examples(options.data / "lora" / options.config / HELD_OUT), options.prompts)
    prompts = [list(example.tokens[:_LONGEST]) for example in examples]
    state = read_state(options.state) if options.state else None
    with TemporaryDirectory() as folder:
        adapter = None
        if state is not None:
            adapter = Path(folder) / "adapter.gguf"
            write_adapter(adapter, state, "adapter")
        said = ask_llama_cpp(options.model.resolve(), prompts, adapter=adapter)["next"]
    found = compare(load(options.model, state), prompts, said)
    share = found.same_token / max(1, found.places)
    print(f"{found.places} places: {found.same_token} likeliest tokens the same ({share:.1%}), probabilities differ by")
    print(f"{found.mean_difference:.4f} in the mean and {found.largest_difference:.3f} at most")
    return 0 if share >= 0.9 else 1


if __name__ == "__main__":
    sys.exit(main())
