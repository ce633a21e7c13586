from pathlib import Path

from training.lora.export import write_adapter
from training.lora.recipe import load_lora_recipe
from training.lora.state import read_state
from training.storage import HERE, read_json, sha256_of_file

STATE = HERE / "lora" / "states" / "smollm2.npz"


def test_the_committed_state_is_of_the_recipe_and_small_enough_to_be_committed() -> None:
    recipe, state = load_lora_recipe("smollm2"), read_state(STATE)
    assert state.about["base_sha256"] == recipe.base_sha256
    assert (state.about["rank"], state.about["alpha"]) == (recipe.rank, recipe.alpha)
    assert state.progress.tokens > 0 and state.moments
    assert STATE.stat().st_size < 20_000_000


def test_it_gives_the_adapter_of_its_manifest_to_the_byte(tmp_path: Path) -> None:
    manifest = read_json(HERE / "results" / "lora-smollm2-adapter.json")
    write_adapter(tmp_path / "adapter.gguf", read_state(STATE), manifest["name"])
    assert sha256_of_file(STATE) == manifest["state_sha256"]
    assert sha256_of_file(tmp_path / "adapter.gguf") == manifest["sha256"]
