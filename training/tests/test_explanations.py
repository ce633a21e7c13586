import pytest

from training.collect import SourceFile
from training.explanations import explained, first_sentence


def python(text: str) -> list[tuple[str, str]]:
    return [(item.code, item.sentence) for item in explained(SourceFile("a.py", "python", text))]


def typescript(text: str) -> list[tuple[str, str]]:
    return [(item.code, item.sentence) for item in explained(SourceFile("a.ts", "typescript", text))]


METHOD = """
class Box:
    def area(self, width, height):
        '''
        Return the area of a box.

        More.
        '''
        return self.scale * width * height
"""

LONG_COMMENT = f"""
def count(things):
    '''Count the things in a list.

{"    more" * 90}
    '''
    return sum(1 for thing in things if thing is not None)
"""

CLASS = """class A {
	/**
	 * Adds a listener, and {@link Emitter.off removes} it later.
	 * @param a x
	 */
	on(a: string): void {
		this.listeners.push(a);
		this.count += 1;
	}

	other() {}
}
"""


def test_takes_a_docstring_out_of_its_function() -> None:
    code = "def area(self, width, height):\n    return self.scale * width * height\n"
    assert python(METHOD) == [(code, "Return the area of a box.")]


def test_a_docstring_longer_than_the_code_leaves_all_of_the_code() -> None:
    [(code, _)] = python(LONG_COMMENT.replace("more", "more\n"))
    assert code.endswith("if thing is not None)\n")


def test_a_function_that_is_only_a_docstring_is_left_out() -> None:
    assert python('def area(width, height):\n    """Return the area of a box of that size, in metres."""\n') == []


def test_python_that_does_not_parse_has_none() -> None:
    assert python("def broken(:\n") == []


def test_takes_the_comment_of_a_method() -> None:
    [(found, sentence)] = typescript(CLASS)
    assert found == "on(a: string): void {\n\tthis.listeners.push(a);\n\tthis.count += 1;\n}\n"
    assert sentence.startswith("Adds a listener")


def test_a_comment_of_no_definition_is_left_out() -> None:
    assert typescript("/** The whole file does something nice. */\n\n\nimport { a } from 'b';\n") == []


def test_other_languages_have_none() -> None:
    assert explained(SourceFile("a.go", "go", "// Area returns the area of it.\nfunc Area() {}\n" * 9)) == []


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("Return the sum. Then more.", "Return the sum."),
        ("Return the sum of\n    both numbers", "Return the sum of both numbers."),
        ("Parse e.g. a number from text.", "Parse e.g. a number from text."),
        ("Use :func:`~a.b.c` to load it.", "Use `a.b.c` to load it."),
        ("@returns a number of things", None),
        ("TODO: write this one day", None),
        ("See https://example.org for more.", None),
        ("Short one", None),
        ("Licensed under the licence of it.", None),
    ],
)
def test_finds_the_first_sentence(comment: str, expected: str | None) -> None:
    assert first_sentence(comment) == expected
