"""陈婆婆 is 81 and applies for the elderly allowance; the register knows all but her bank account."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.http import QueryDict
from django.utils import translation

from yizhan.forms.form import Form
from yizhan.forms.prefill import Given
from yizhan.forms.sheet import Sheet
from yizhan.releases.plain_yaml import plain_yaml
from yizhan.releases.words import Text

FORMS = Path(__file__).parent / "forms"
REGISTER = Text(zh="人口库", en="Population register")
GRANDMOTHER = "440199194511200029"
LETTER = "7f1c1c1e-1111-4111-8111-111111111111"


@pytest.fixture(autouse=True)
def demo(settings):
    """Her number has a division that was never issued, which only demonstrations accept."""
    settings.DEMO = True


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def schema():
    return json.loads((FORMS / "allowance.schema.json").read_text("utf-8"))


@pytest.fixture
def sheet():
    return plain_yaml((FORMS / "allowance.ui.yaml").read_text("utf-8"))[0]


@pytest.fixture
def form(schema, sheet):
    return Form(schema, Sheet.model_validate(sheet), key="allowance")


@pytest.fixture
def known():
    """What the register says of her."""
    day = date(2026, 11, 1)
    return {
        "applicant.name": Given("陈玉兰", REGISTER, day, locked=True),
        "applicant.id_number": Given(GRANDMOTHER, REGISTER, day, locked=True),
        "applicant.born": Given("1945-11-20", REGISTER, day, locked=True),
        "applicant.address": Given("北京街 1 号", REGISTER, day),
        "account.holder": Given("陈玉兰", REGISTER, day),
    }


@pytest.fixture
def good():
    """An application with nothing to object to."""
    return {
        "applicant": {
            "name": "陈玉兰",
            "id_number": GRANDMOTHER,
            "born": "1945-11-20",
            "phone": "13800138000",
        },
        "for_whom": "self",
        "account": {"holder": "陈玉兰", "number": "6222020000000000000"},
        "declaration": {"other_allowance": False, "promise": True},
    }


@pytest.fixture
def full(good):
    """An application in which everything is answered."""
    return good | {
        "for_whom": "other",
        "agent": {"name": "李明", "relation": "other", "relation_words": "邻居", "letter": [LETTER]},
        "members": [
            {"name": "李红", "born": "1970-01-01", "income": 1200.5, "works": True, "employer": "某公司"}
        ],
        "needs": ["meals"],
        "rooms": 3,
        "remarks": "第一行\n第二行",
        "stay_from": "2026-01-01",
        "declaration": {"other_allowance": True, "other_place": "外省", "promise": True},
    }


@pytest.fixture
def sent():
    """What a browser sends: ``sent({"account.number": "…"})``."""

    def make(values):
        query = QueryDict(mutable=True)
        for name, value in values.items():
            query.setlist(name, value if isinstance(value, list) else [value])
        return query

    return make


def words(faults):
    return {fault.path: fault.words for fault in faults}
