"""docs/reference/dmn.md says of the language what is so: its functions, and what is not carried out."""

import re
from pathlib import Path

import pytest

from yizhan import feel
from yizhan.feel.builtins import FUNCTIONS, MOMENTS

PAGE = (Path(__file__).parents[4] / "docs/reference/dmn.md").read_text(encoding="utf-8")


def section(title):
    return PAGE.split(f"### {title}\n")[1].split("\n## ")[0].split("\n### ")[0]


def rows(title):
    return [line.strip("| ").split(" | ") for line in section(title).splitlines() if line.startswith("| ")][
        1:
    ]


def written(name):
    ways = []
    for signature in FUNCTIONS.get(name, ()):
        told = [f"{one.name}{'?' if one.optional else ''}: {one.type}" for one in signature.parameters]
        ways += [] if signature.only_named else [f"`({', '.join(told)}{'…' if signature.rest else ''})`"]
    return " ".join(dict.fromkeys(ways)) or "`()`"


def test_every_function_is_named_with_its_ways_to_call_it():
    names = sorted({*FUNCTIONS, *MOMENTS})
    assert dict(rows("Functions")) == {name: written(name) for name in names}
    assert f"{len(names)} names." in PAGE


@pytest.mark.parametrize("expression", [re.fullmatch("`(.*)`", row[0])[1] for row in rows("Not carried out")])
def test_what_is_not_carried_out_is_null_with_a_reason(expression):
    outcome = feel.expression(expression, lenient=True).evaluate({})
    assert outcome.value is None
    assert outcome.reasons
