"""Relations point down, like imports. String foreign keys are invisible to an import checker."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps
from django.db import models

from tests.house import tree


def upward(found: list[type[models.Model]], floors: dict[str, int]) -> list[str]:
    """Relations from a lower room to a higher one, or between two rooms of one floor."""
    wrong = []
    for model in found:
        here = model._meta.app_label
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            there = field.related_model._meta.app_label
            if here == there or here not in floors or there not in floors:
                continue
            if floors[there] >= floors[here]:
                wrong.append(f"{model.__name__}.{field.name}: {here} → {there}")
    return wrong


def test_every_room_has_a_floor():
    assert set(tree.rooms()) <= set(tree.floors())


def test_relations_point_down():
    assert upward(list(apps.get_models()), tree.floors()) == []


def test_a_planted_upward_relation_is_found():
    class Planted(models.Model):
        release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "clock"
            managed = False

    try:
        assert upward([Planted], tree.floors()) == ["Planted.release: clock → releases"]
    finally:
        apps.all_models["clock"].pop("planted")
        apps.clear_cache()


# Libraries that one may want to exchange some day, and the rooms that alone know them.
_KNOWN_TO = {
    "pyhanko": {"seals"},
    "pyhanko_certvalidator": {"seals"},
    "tongsuopy": {"keys"},
    "pkcs11": {"keys"},
    "asn1crypto": {"keys", "seals"},
    "typst": {"records"},
}


def test_libraries_stay_in_their_rooms():
    strangers = []
    for path in tree.python_files():
        room = path.relative_to(tree.SOURCE).parts[0]
        for node in ast.walk(tree.syntax(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                if room not in _KNOWN_TO.get(name.partition(".")[0], {room}):
                    strangers.append(f"{tree.name(path)}:{node.lineno} {name}")
    assert strangers == []


@pytest.mark.parametrize("room", tree.rooms())
def test_every_room_says_what_it_is(room):
    readme = tree.SOURCE / room / "README.md"
    assert readme.exists(), f"{room} has no README.md"
    assert 5 <= len(readme.read_text(encoding="utf-8").splitlines()) <= 80
