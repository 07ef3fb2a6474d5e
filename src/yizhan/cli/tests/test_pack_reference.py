"""What is written for authors of packs is true: the reference is current, the guide's examples are real."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from yizhan import feel
from yizhan.cli import pack_reference
from yizhan.cli.places import CHECKOUT
from yizhan.releases import vocabulary
from yizhan.releases.kinds import house
from yizhan.releases.manifest import Manifest
from yizhan.releases.words import Basis, Text, fields_of

PACKS = CHECKOUT / "packs"
ELDERLY = PACKS / "elderly_allowance"
RESTAURANT = PACKS / "small_restaurant"
GUIDES = ["packs.md", "packs.en.md"]
_EXAMPLE = re.compile(r"```yaml\n# (\S+)\n(.*?)```", re.DOTALL)


def guide(name):
    return (CHECKOUT / "docs/guide" / name).read_text(encoding="utf-8")


def shapes():
    kinds = [kind for kind in house.all() if kind.model and kind.name != "form_schema"]
    own = [shape for kind in kinds for shape in pack_reference.shapes_of(kind)]
    return [*pack_reference.gathered(Manifest), Text, Basis, *own]


def test_the_reference_is_current():
    written = pack_reference.FILE.read_text(encoding="utf-8")
    assert written == pack_reference.text(), "./yizhan packs reference writes it anew"


def test_every_key_that_an_author_can_write_has_a_name_in_both_languages():
    nameless = [
        f"{shape.__name__}.{field.alias or name}"
        for shape in shapes()
        for name, field in fields_of(shape).items()
        if vocabulary.word(shape, field.alias or name) is None
    ]
    assert nameless == []


def test_no_name_is_left_of_a_key_that_is_gone():
    known = {
        (shape.__name__, field.alias or name)
        for shape in shapes()
        for name, field in fields_of(shape).items()
    }
    keys = {key for _shape, key in known}
    stale = []
    for path in CHECKOUT.glob("src/yizhan/*/keys.csv"):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            shape, key = line.split(",")[:2]
            if (shape, key) not in known and not (shape == "*" and key in keys):
                stale.append(f"{path.parent.name}: {shape}.{key}")
    assert stale == []


@pytest.mark.parametrize("name", GUIDES)
def test_every_example_of_the_guide_stands_in_the_pack(name):
    examples = _EXAMPLE.findall(guide(name))
    assert len(examples) >= 3
    for file, text in examples:
        pack = next(one for one in (PACKS, ELDERLY, RESTAURANT) if (one / file).exists())
        assert text in (pack / file).read_text(encoding="utf-8"), file


@pytest.mark.parametrize("name", GUIDES)
def test_every_expression_of_the_guide_can_be_read(name):
    table = guide(name).split("|---|---|")[1].split("\n\n")[0]
    cells, *conditions = [row.split(" | ")[0].strip("| ") for row in table.strip().splitlines()]
    for cell in re.findall(r"`([^`]+)`", cells):
        feel.compile_tests(cell)
    for condition in conditions:
        feel.expression(condition.split("`")[1])


@pytest.mark.parametrize("name", GUIDES)
def test_the_commands_and_folders_of_the_guide_are_there(name):
    text = guide(name)
    for verb in ("new", "check", "rehearse", "diff", "publish", "withdraw"):
        assert re.search(rf"packs {verb}|`{verb}`", text), verb
    for one, other in pairwise(["items", "forms", "processes", "decisions", "documents"]):
        assert text.find(one) >= 0
        assert text.find(other) >= 0
