import pytest

from training.explanations import Explained
from training.lora.sentences import asked, third_person


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Return the sum.", "returns the sum."),
        ("Returns the sum.", "returns the sum."),
        ("Copy a file.", "copies a file."),
        ("Applies a patch.", "applies a patch."),
        ("Push a value.", "pushes a value."),
        ("Do nothing at all.", "does nothing at all."),
        ("Pass it on.", "passes it on."),
        ("The sum of all.", None),
        ("Whether it is open.", None),
        ("Returns.", None),
    ],
)
def test_sentences_that_begin_with_a_verb_are_told_in_the_third_person(sentence: str, wanted: str | None) -> None:
    assert third_person(sentence) == wanted


def test_the_comment_begins_behind_a_blank_line_and_names_what_it_explains() -> None:
    item = Explained("def total(items):\n    return sum(items)\n", "Return the sum of items.")
    assert asked(item, "python") == (
        "def total(items):\n    return sum(items)\n\n# In plain English: the function total above",
        " returns the sum of items.",
    )


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("export async function load(path) {\n}\n", "// In plain English: the function load above"),
        ("export const load = (path) => {\n};\n", "// In plain English: the function load above"),
        ("async load<T>(path: string) {\n}\n", "// In plain English: the function load above"),
        ("export abstract class Store {\n}\n", "// In plain English: the class Store above"),
        ("export interface Options {\n}\n", "// In plain English: the interface Options above"),
    ],
)
def test_the_kind_and_the_name_are_found(code: str, named: str) -> None:
    found = asked(Explained(code, "Loads a file."), "typescript")
    assert found is not None and found[0].endswith(f"\n\n{named}")


def test_a_sentence_that_begins_with_no_verb_is_left_out() -> None:
    assert asked(Explained("def f(a):\n    return a\n", "The value."), "python") is None
