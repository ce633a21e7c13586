import pytest

from training.collect import SourceFile
from training.explanations import explained, first_sentence


def python(text: str) -> list[tuple[str, str]]:
    return [(item.code, item.sentence) for item in explained(SourceFile("a.py", "python", text))]


def typescript(text: str) -> list[tuple[str, str]]:
    return [(item.code, item.sentence) for item in explained(SourceFile("a.ts", "typescript", text))]


def test_takes_a_docstring_out_of_its_function() -> None:
    code = 'class A:\n    def area(self, width, height):\n        """\n        Return the area of a box.\n\n        More.\n        """\n        return self.scale * width * height\n'
    assert python(code) == [
        ("def area(self, width, height):\n    return self.scale * width * height\n", "Return the area of a box.")
    ]


def test_a_docstring_longer_than_the_code_leaves_all_of_the_code() -> None:
    body = '    """Count the things in a list.\n\n' + "    more\n" * 90 + '    """\n    return sum(1 for thing in things if thing is not None)\n'
    assert python("def count(things):\n" + body)[0][0].endswith("if thing is not None)\n")


def test_a_function_that_is_only_a_docstring_is_left_out() -> None:
    assert python('def area(width, height):\n    """Return the area of a box of that size, in metres."""\n') == []


def test_python_that_does_not_parse_has_none() -> None:
    assert python("def broken(:\n") == []


def test_takes_the_comment_of_a_method() -> None:
    code = "class A {\n\t/**\n\t * Adds a listener, and {@link Emitter.off removes} it later.\n\t * @param a x\n\t */\n\ton(a: string): void {\n\t\tthis.listeners.push(a);\n\t\tthis.count += 1;\n\t}\n\n\tother() {}\n}\n"
    [(found, sentence)] = typescript(code)
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
