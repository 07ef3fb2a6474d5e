"""Rows of which something is known 逐行带出: locked columns, rows that stay, rows that are found again."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from yizhan.forms.form import Form
from yizhan.forms.prefill import Given
from yizhan.forms.sheet import Sheet
from yizhan.releases.words import Text

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["members"],
    "properties": {
        "members": {
            "type": "array",
            "minItems": 1,
            "maxItems": 9,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "together"],
                "properties": {
                    "name": {"type": "string", "minLength": 2, "maxLength": 20},
                    "together": {"type": "boolean"},
                },
            },
        }
    },
}
WORDS = {"zh": "词", "en": "word"}
SHEET = {
    "title": WORDS,
    "sections": [
        {
            "key": "family",
            "title": WORDS,
            "pages": [
                {
                    "key": "family",
                    "title": WORDS,
                    "fields": [
                        {
                            "path": "members",
                            "label": WORDS,
                            "widget": "group",
                            "row": WORDS,
                            "fields": [
                                {
                                    "path": "name",
                                    "label": WORDS,
                                    "bind": {
                                        "source": "household",
                                        "fact": "member.name",
                                        "mode": "locked",
                                    },
                                },
                                {"path": "together", "label": WORDS, "widget": "yes_no"},
                            ],
                        }
                    ],
                }
            ],
        }
    ],
}


@pytest.fixture
def form() -> Form:
    return Form(SCHEMA, Sheet.model_validate(SHEET))


def known(*names: str) -> dict[str, Given]:
    source = Text(zh="人口库", en="population register")
    return {f"members.{n}.name": Given(name, source, locked=True) for n, name in enumerate(names)}


def sent(**values: str) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update({name.replace("__", "."): value for name, value in values.items()})
    return made


def test_a_new_draft_has_a_row_for_everybody_known(form: Form) -> None:
    assert form.begin(known("甲一", "乙二")) == {"members": [{"name": "甲一"}, {"name": "乙二"}]}
    assert [binding.path for binding in form.row_bindings()] == ["members[].name"]


def test_the_browser_is_not_listened_to_about_what_is_known(form: Form) -> None:
    typed = sent(**{"members~rows": "2", "members__0__name": "别人", "members__0__together": "yes"})
    typed["members.1.together"] = "no"
    read = form.read(typed, before=form.begin(known("甲一", "乙二")), prefill=known("甲一", "乙二"))
    assert read.ok
    assert read.data["members"] == [{"name": "甲一", "together": True}, {"name": "乙二", "together": False}]


def test_a_known_row_cannot_be_removed_and_an_added_one_can(form: Form) -> None:
    before = {"members": [{"name": "甲一"}, {"name": "丙三"}]}
    gone = form.read(
        sent(**{"members~rows": "2", "members.0~remove": "yes", "members.0.together": "yes"}),
        before=before,
        prefill=known("甲一"),
    )
    assert gone.data["members"][0]["name"] == "甲一"
    removed = form.read(
        sent(**{"members~rows": "2", "members.1~remove": "yes", "members.0.together": "yes"}),
        before=before,
        prefill=known("甲一"),
    )
    assert removed.stay
    assert removed.data["members"] == [{"name": "甲一", "together": True}]


def test_answers_stay_with_their_person_when_somebody_joins(form: Form) -> None:
    before = {"members": [{"name": "甲一", "together": True}, {"name": "乙二", "together": False}]}
    settled = form.settled(before, prefill=known("新人", "乙二", "甲一"))
    assert settled["members"] == [
        {"name": "新人"},
        {"name": "乙二", "together": False},
        {"name": "甲一", "together": True},
    ]
    assert [fault.path for fault in form.validate(settled, prefill=known("新人", "乙二", "甲一"))] == [
        "members.0.together"
    ]


def test_a_page_shows_what_is_known_locked(form: Form) -> None:
    sheet = form.page_sheet("family", form.begin(known("甲一")), prefill=known("甲一"))
    ((name, together),) = sheet.questions[0].rows
    assert name.locked and name.answer == "甲一"
    assert not together.locked
