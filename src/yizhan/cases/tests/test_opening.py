"""A case that is opened by a plain statement is the case that the ORM would have read."""

from __future__ import annotations

import pytest

from yizhan.cases import dossier
from yizhan.cases.models import Case, Item
from yizhan.cases.refusals import NotYours


def test_every_field_of_case_and_item_is_read_as_the_orm_reads_it(town):
    number = town.apply("chen", other_allowance=True)
    with town.acting("clerk") as actor:
        opened = dossier.open_(number, by=actor).case
        known = Case.objects.select_related("item").get(number=number)
    for model, found, expected in ((Case, opened, known), (Item, opened.item, known.item)):
        for field in model._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(expected, field.attname), field.name


def test_a_case_out_of_reach_is_no_case(town):
    number = town.apply("chen", other_allowance=True)
    with town.acting("stranger") as actor, pytest.raises(NotYours):
        dossier.open_(number, by=actor)
