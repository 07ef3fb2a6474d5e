"""Whatever a browser or another system sends: nothing is raised, nothing is invented."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.http import QueryDict
from django.template import engines
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yizhan.forms.fitting import answers
from yizhan.forms.form import Form
from yizhan.forms.prefill import Given
from yizhan.forms.sheet import Sheet
from yizhan.forms.tests.conftest import FORMS, GRANDMOTHER, LETTER, REGISTER
from yizhan.releases.plain_yaml import plain_yaml

FORM = Form(
    json.loads((FORMS / "allowance.schema.json").read_text("utf-8")),
    Sheet.model_validate(plain_yaml((FORMS / "allowance.ui.yaml").read_text("utf-8"))[0]),
)
LOCKED = {
    "applicant.name": Given("陈玉兰", REGISTER, date(2026, 11, 1), locked=True),
    "applicant.id_number": Given(GRANDMOTHER, REGISTER, locked=True),
}
PLACES = sorted(path.replace("[]", f".{n}") for path in FORM.fields for n in ("0", "1", "99"))
KEYS = sorted({part for path in FORM.fields for part in path.replace("[]", "").split(".")})
ENDS = ["~rows", "~add", "~remove", "~sure", ".0~remove"]
NAMES = st.one_of(
    st.sampled_from(PLACES),
    st.builds(str.__add__, st.sampled_from(PLACES), st.sampled_from(ENDS)),
    st.text(max_size=20),
)
TYPED = st.one_of(
    st.sampled_from(
        ["yes", "no", "other", "child", "2", "5", "100", "-1", "2026-11-20", "1,200.50", LETTER, "", " "]
    ),
    st.text(max_size=30),
    st.text(st.characters(codec=None), max_size=10),
)
SUBMITTED = st.dictionaries(NAMES, st.lists(TYPED, max_size=3), max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.just(LETTER),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=25,
)
DRAFTS = st.dictionaries(
    st.sampled_from(list(FORM.schema["properties"])) | st.text(max_size=5), JSON, max_size=10
)
FACTS = st.fixed_dictionaries({}, optional={"age": JSON})
PAGES = st.sampled_from([None, *(page.key for page in FORM.pages)])
often = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def query(values):
    made = QueryDict(mutable=True)
    for name, typed in values.items():
        made.setlist(name, typed)
    return made


def assert_in_the_schema(data, schema):
    schema = FORM.schema["$defs"]["name"] if "$ref" in schema else schema
    if isinstance(data, dict):
        assert set(data) <= set(schema.get("properties", {})), data
        for name, value in data.items():
            assert_in_the_schema(value, schema["properties"][name])
    elif isinstance(data, list) and schema["items"].get("type") == "object":
        for row in data:
            assert_in_the_schema(row, schema["items"])


@often
@given(submitted=SUBMITTED, before=DRAFTS, facts=FACTS, page=PAGES)
def test_no_submission_raises_or_invents(submitted, before, facts, page):
    reading = FORM.read(query(submitted), page=page, before=before, prefill=LOCKED, facts=facts)
    assert_in_the_schema(reading.data, FORM.schema)
    known = {*FORM.top, "", *answers(FORM.top.values(), reading.data)}
    rows = {path for path in FORM.fields if "[]" in path}
    for fault in reading.faults:
        assert fault.path in known or FORM.field_at(fault.path).path in rows
        assert fault.words


@often
@given(submitted=SUBMITTED, before=DRAFTS, page=PAGES)
def test_no_submission_changes_what_is_locked(submitted, before, page):
    reading = FORM.read(query(submitted), page=page, before=before, prefill=LOCKED)
    if not any(fault.path == "" for fault in reading.faults):
        assert reading.data["applicant"]["name"] == "陈玉兰"
        assert reading.data["applicant"]["id_number"] == GRANDMOTHER


@often
@given(submitted=SUBMITTED, page=PAGES)
def test_no_submission_brings_a_file(submitted, page):
    reading = FORM.read(query(submitted), page=page, before={"for_whom": "other"})
    assert "letter" not in reading.data.get("agent", {})


@often
@given(data=DRAFTS, facts=FACTS)
def test_no_data_of_another_system_raises(data, facts):
    for fault in FORM.validate(data, facts):
        assert fault.words
        assert fault.path == "" or FORM.field_at(fault.path)


@often
@given(data=DRAFTS, facts=FACTS)
def test_what_passes_is_what_the_schema_says(data, facts):
    if not FORM.validate(data, facts):
        assert FORM.validator.is_valid(FORM.settled(data, facts))


@settings(max_examples=40, deadline=None)
@given(submitted=SUBMITTED, page=st.sampled_from([page.key for page in FORM.pages]))
@pytest.mark.parametrize("template", ["page", "sections"])
def test_whatever_was_read_can_be_shown(template, submitted, page):
    reading = FORM.read(query(submitted), page=page, prefill=LOCKED, facts={"age": 81})
    known = {"facts": {"age": 81}, "faults": reading.faults, "prefill": LOCKED}
    sheet = (
        FORM.page_sheet(page, reading.data, **known)
        if template == "page"
        else FORM.sections_sheet(reading.data, **known)
    )
    assert engines["jinja2"].get_template(f"forms/{template}.jinja").render({"sheet": sheet})
