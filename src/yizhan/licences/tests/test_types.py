"""Kinds of licences in packs: what is wrong with one is told at its place; facts follow from the kinds there are."""

from __future__ import annotations

import shutil

import pytest
from django.conf import settings

from yizhan.licences import types
from yizhan.registry.catalogue import CATALOGUE
from yizhan.registry.facts import facts
from yizhan.registry.faults import UnknownKey
from yizhan.registry.purposes import Own
from yizhan.releases.pack import read

pytestmark = pytest.mark.django_db
FILE = "licences/outdoor_sign.yaml"


@pytest.fixture
def pack(tmp_path):
    """The pack for signboards, to be written anew."""
    folder = tmp_path / "outdoor_sign"
    shutil.copytree(settings.ROOT / "packs/outdoor_sign", folder, ignore=shutil.ignore_patterns("journeys"))
    return folder


def faults(folder, old, new, file=FILE):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return [str(fault) for fault in read(folder).errors]


def test_the_shipped_pack_is_right_and_says_that_its_code_was_not_verified(pack):
    found = read(pack)
    assert found.errors == []
    assert any("类型代码待核实" in fault.message for fault in found.faults)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("11440199000000852J001", "11440199000000852K001", "校验不符"),
        ("template: sign_permit", "template: sign_permits", "sign_permit"),
        ("template: sign_permit", "template: granted", "certificate"),
        ("fact: entity.address", "fact: entity.adress", "entity.address"),
        ("fact: entity.address", "fact: person.name", "没有信息项"),
        ("key: premises, title", "key: place, title", "premises"),
        ("number: ZP{case}", "number: ZP{cases}", "{case}"),
        ("validity: 3\n", "validity: 3\nvalid: 3\n", "validity"),
    ],
)
def test_what_is_wrong_is_told(pack, old, new, words):
    found = faults(pack, old, new)
    assert any(words in fault for fault in found), found


def test_two_packs_do_not_bring_one_kind(pack):
    (pack / FILE).rename(pack / "licences/food_business.yaml")
    assert any("small_restaurant" in str(fault) for fault in read(pack).errors)


def test_facts_are_known_of_the_kinds_that_packs_bring(pack):
    assert "entity.licence.food_business.number" in CATALOGUE
    assert CATALOGUE["entity.licence.drainage.valid_to"].type == "date"
    assert "entity.licence.food_busines.number" not in CATALOGUE
    assert "entity.licence.food_business.numbers" not in CATALOGUE
    assert set(types.titles()) <= {
        key.split(".")[2] for key in CATALOGUE if key.startswith("entity.licence.")
    }


def test_a_pack_that_names_an_unknown_kind_is_told_the_nearest(pack):
    found = faults(
        pack, "entity.licence.food_business.number", "entity.licence.food_busines.number",
        file="items/outdoor_sign.yaml",
    )  # fmt: skip
    assert any("food_business.number" in fault for fault in found), found


def test_the_program_is_told_too():
    with pytest.raises(UnknownKey, match="did you mean"):
        facts("entity:1", ["entity.licence.food_busines.number"], purpose=Own())


def test_a_kind_is_found_as_it_was_published_and_answered_when_its_pack_is_gone(bureau, monkeypatch):
    assert types.find("outdoor_sign").release is not None
    assert types.find("drainage").release is None, "its pack is not published here"
    monkeypatch.setattr(types, "in_folders", dict)
    assert str(CATALOGUE["entity.licence.outdoor_sign.number"].meaning.zh) == "户外招牌设置许可编号"
    assert "entity.licence.outdoor_sign.number" not in list(CATALOGUE)
    with pytest.raises(KeyError):
        types.find("drainage")
