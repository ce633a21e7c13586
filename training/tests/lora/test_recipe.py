import tomllib
from pathlib import Path

import pytest

from training.lora.recipe import changed, load_lora_recipe
from training.storage import HERE


def test_the_recipe_in_the_repository_is_read() -> None:
    recipe = load_lora_recipe("smollm2")
    assert recipe.rank > 0 and len(recipe.base_sha256) == 64 and set(recipe.mix.languages) >= {"python", "typescript"}
    assert len({recipe.marks.file, recipe.marks.suffix, recipe.marks.prefix, recipe.marks.end}) == 4


def test_numbers_of_it_can_be_changed() -> None:
    recipe = changed(load_lora_recipe("smollm2"), ["rank=4", "plan.rate=1e-3", "weights.end=2", "plan.step_tokens=64"])
    assert (recipe.rank, recipe.plan.rate, recipe.weights.end, recipe.plan.step_tokens) == (4, 1e-3, 2.0, 64)


@pytest.mark.parametrize("change", ["speed=1", "plan.speed=1", "marks.end=1", "nothing.rate=1", "name=x"])
def test_what_is_no_number_of_it_is_refused(change: str) -> None:
    with pytest.raises(ValueError, match="has no number"):
        changed(load_lora_recipe("smollm2"), [change])


def test_an_unknown_key_is_named(tmp_path: Path) -> None:
    text = (HERE / "lora/configs/smollm2.toml").read_text()
    (tmp_path / "x.toml").write_text(text.replace("[mix]\n", "[mix]\nplain = 1\n"))
    with pytest.raises(ValueError, match="unknown keys plain for Mix"):
        load_lora_recipe(str(tmp_path / "x.toml"))


def test_its_packages_are_among_those_of_the_pipeline() -> None:
    own, all_ = (tomllib.loads((HERE / name).read_text()) for name in ("lora/sources.toml", "sources.toml"))
    for split, kinds in own.items():
        for kind, names in kinds.items():
            assert set(names) <= set(all_[split][kind]), (split, kind)
