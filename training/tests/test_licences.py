import pytest

from training.licences import LicenceError, check, is_permissive


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", True),
        ("(MIT OR GPL-3.0-only)", True),
        ("MIT AND Zlib AND CC0-1.0", True),
        ("BSD-3-Clause AND GPL-2.0-only", False),
        ("(MIT AND ISC) OR LGPL-3.0-or-later", True),
        ("GPL-3.0-only OR (MIT AND AGPL-3.0-only)", False),
        ("Apache License, Version 2.0", True),
        ("Expat", True),
        ("LGPL-2.1-or-later", False),
        ("MPL-2.0", False),
        ("SEE LICENSE IN LICENSE.md", False),
        ("UNLICENSED", False),
        ("(MIT", False),
        ("MIT)", False),
        ("MIT OR", True),
        ("OR", False),
        ("", False),
    ],
)
def test_judges_an_expression(expression: str, expected: bool) -> None:
    assert is_permissive(expression) is expected


def test_a_package_with_another_licence_stops_the_run_by_name() -> None:
    with pytest.raises(LicenceError, match=r"left-pad: licence “WTFPL” is not on the list"):
        check("left-pad", ["WTFPL"])


def test_a_package_without_a_licence_stops_the_run_by_name() -> None:
    with pytest.raises(LicenceError, match="left-pad: no licence"):
        check("left-pad", ["  "])


def test_every_expression_found_must_be_permissive() -> None:
    assert check("p", ["MIT", "BSD License", "MIT"]) == "MIT AND BSD License"
    assert check("p", ["MIT", "ISC OR GPL-2.0-only"]) == "MIT AND (ISC OR GPL-2.0-only)"
    with pytest.raises(LicenceError):
        check("p", ["MIT", "GNU General Public License v3 (GPLv3)"])
