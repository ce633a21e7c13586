"""Asks the product's own node-llama-cpp what a GGUF says, to hold the Python side against it."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from training.storage import HERE

_ROOT = HERE.parent


def can_ask() -> bool:
    """Whether Node and the product's dependencies are there."""
    return (_ROOT / "node_modules" / "node-llama-cpp").exists() and shutil.which("node") is not None


def ask_llama_cpp(
    model: Path, prompts: list[list[int]], texts: tuple[str, ...] = (), adapter: Path | None = None
) -> dict[str, Any]:
    """
    The tokens of texts, and after each token of each prompt the likeliest next one with its probability (`next`).
    Raises `subprocess.CalledProcessError` when it cannot load the file.
    """
    question = {
        "model": str(model),
        "contextSize": max(256, *(len(prompt) for prompt in prompts), 0),
        "texts": texts,
        "prompts": prompts,
        **({} if adapter is None else {"adapter": str(adapter)}),
    }
    node = shutil.which("node") or "node"
    script = str(HERE / "ask_llama_cpp.mjs")
    done = subprocess.run(  # noqa: S603
        [node, script], cwd=_ROOT, input=json.dumps(question), capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
