"""A form comes out of a release, once, and stays what it was when its release was published."""

from __future__ import annotations

import pytest

from yizhan.forms.form import Form
from yizhan.releases.models import Release

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(schema, sheet):
    content = {
        "manifest": {},
        "definitions": {"form": {"allowance": sheet}, "form_schema": {"allowance": schema}},
    }
    return Release.objects.create(
        pack="elderly", version=1, sha256="0" * 64, content=content, published_by="test"
    )


def test_a_form_of_a_release_is_compiled_once(release, good):
    form = Form.of(release.id, "allowance")
    assert Form.of(release.id, "allowance") is form
    assert form.key == "allowance"
    assert form.validate(good, {"age": 81}) == []


def test_order_survives_the_database(release, form):
    """jsonb sorts the keys of objects, so nothing that has an order is one."""
    again = Form.of(release.id, "allowance")
    assert list(again.fields) == list(form.fields)
    options = [option.value for option in again.top["for_whom"].sheet.options]
    assert options == ["self", "other"]


def test_a_form_that_is_not_there(release):
    with pytest.raises(KeyError):
        Form.of(release.id, "nothing")
    with pytest.raises(Release.DoesNotExist):
        Form.of(release.id + 1000, "allowance")
