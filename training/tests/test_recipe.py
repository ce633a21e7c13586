from pathlib import Path

import pytest

from training.recipe import load_recipe

TOY_MODEL = "[model]\nvocabulary = 512\nlayers = 1\nwidth = 32\nheads = 1\nfeed_forward = 64\ncontext = 64\n"


@pytest.mark.parametrize(
    ("name", "least", "most"), [("toy", 1e5, 1e6), ("mini-cpu", 10e6, 20e6), ("mini", 90e6, 105e6)]
)
def test_recipes_have_the_size_that_they_say(name: str, least: float, most: float) -> None:
    recipe = load_recipe(name)
    assert least <= recipe.model.parameters <= most
    assert recipe.model.width % recipe.model.heads == 0
    # Blocks of 32 when quantised.
    assert recipe.model.width % 32 == 0 and recipe.model.feed_forward % 32 == 0
    assert recipe.schedule.rows_per_step % recipe.schedule.micro_rows == 0


def test_an_unknown_recipe_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no recipe “maxi”: there are middle, mini, mini-cpu, nano, toy"):
        load_recipe("maxi")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[model]\nlayer = 2\n", "unknown keys layer"),
        ("[model]\nlayers = 2\n", "missing"),
        (
            f"{TOY_MODEL}[data]\nwindow_shortest = 1\nwindow_longest = 2\nfamilies = {{ mellum = 1 }}\n",
            "most_explanations = 0",
        ),
    ],
)
def test_a_mistake_in_a_recipe_is_named(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        load_recipe(str(path))
