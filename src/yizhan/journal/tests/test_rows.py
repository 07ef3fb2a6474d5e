"""Rows that are made without the ORM's maker are those that it would have made."""

from __future__ import annotations

import pytest

from yizhan import clock
from yizhan.database.rows import as_read, json_of, new, to_json
from yizhan.journal.models import Effect, News


def test_a_new_row_begins_with_what_the_model_says():
    given = {"kind": "case.decided", "subject": "case:1", "actor": "system", "data": {"item": "a"}}
    with clock.standing_at("2026-11-20T09:30"):
        quick, slow = new(News, **given), News(**given)
    assert {**vars(quick), "_state": None} == {**vars(slow), "_state": None}
    assert quick._state.adding
    assert to_json(quick) == to_json(slow)


def test_two_rows_share_nothing():
    assert new(Effect, body={}).body is not new(Effect, body={}).body
    assert new(News, data={}).at is not new(News, data={}).at


def test_an_attribute_that_the_model_lacks_is_an_error():
    with pytest.raises(TypeError, match="a News has no colour"):
        new(News, kind="case.decided", colour="red")


@pytest.mark.django_db
def test_a_new_row_is_entered_like_any_other():
    made = new(Effect, topic="a.topic", key="a/1", body={"case": 1})
    made.save(force_insert=True)
    assert Effect.objects.get(pk=made.pk).body == {"case": 1}


@pytest.mark.django_db
def test_what_was_not_read_is_asked_for():
    made = Effect.objects.create(topic="a.topic", key="a/2", body={"case": 2})
    found = as_read(Effect, ["id", "topic"], [made.pk, "a.topic"])
    assert found == made
    assert not found._state.adding
    assert found.get_deferred_fields() >= {"key", "body"}
    assert found.key == "a/2"


def test_json_holds_no_more_than_columns_do():
    with pytest.raises(TypeError, match="no column holds set"):
        json_of({"a": {1}})
