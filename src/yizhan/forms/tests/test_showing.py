"""Pages: every control has its label, every mistake its id, every word is only a word."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.template import engines
from django.utils import translation

from yizhan.forms.form import Form
from yizhan.forms.prefill import Given
from yizhan.forms.sheet import Sheet
from yizhan.forms.showing import Attached
from yizhan.forms.tests.conftest import LETTER, REGISTER

AGE = {"age": 81}
EVIL = "\"><script>alert(1)</script>'{{7*7}}{% raw %}&<img src=x onerror=alert(1)>"


class Html(HTMLParser):
    """The elements of a page, as (tag, attributes), and its visible text."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.text, self.texts = [], "", {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, *tags):
        return [attrs for tag, attrs in self.elements if tag in tags]

    @property
    def ids(self):
        return [attrs["id"] for _tag, attrs in self.elements if "id" in attrs]

    def control(self, name):
        return [a for a in self.all("input", "select", "textarea", "button") if a.get("name") == name]


def page(template, sheet):
    return Html(engines["jinja2"].get_template(f"forms/{template}.jinja").render({"sheet": sheet}))


def whole(form, data, **known):
    return page("sections", form.sections_sheet(data, facts=AGE, **known))


def assert_is_accessible(html):
    assert len(html.ids) == len(set(html.ids)), "an id stands twice"
    labels = {label["for"] for label in html.all("label")}
    controls = [c for c in html.all("input", "select", "textarea") if c.get("type") != "hidden"]
    assert controls
    assert [c for c in controls if c.get("id") not in labels] == [], "a control without a label"
    assert labels <= set(html.ids)
    for _tag, attrs in html.elements:
        for name in attrs.get("aria-describedby", "").split() + attrs.get("aria-labelledby", "").split():
            assert name in html.ids
    for link in html.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in [*html.ids, "main"]


def test_every_control_of_the_whole_form_has_a_label(form, full, known):
    html = whole(form, full, prefill=known)
    assert_is_accessible(html)
    names = {attrs["name"] for attrs in html.all("input", "select", "textarea")}
    assert {"account.number", "members.0.name", "members.0.employer", "agent.letter", "members~rows"} <= names


@pytest.mark.parametrize(
    "key", ["applicant", "for_whom", "agent", "account", "members", "needs", "declaration"]
)
def test_every_page_stands_alone(form, full, known, key):
    html = page("page", form.page_sheet(key, full, facts=AGE, prefill=known))
    assert_is_accessible(html)
    assert len(html.all("h1")) == 1


def test_every_mistake_leads_to_its_control_in_the_same_words(form, known):
    faults = form.validate({"for_whom": "other", "members": [{}], "rooms": "x"}, AGE)
    html = whole(form, {"for_whom": "other", "members": [{}], "rooms": "x"}, faults=faults)
    assert_is_accessible(html)
    links = [link["href"][1:] for link in html.all("a") if link["href"].startswith("#f-")]
    assert links == [f"f-{fault.path.replace('.', '-')}" for fault in faults]
    for fault in faults:
        assert html.text.count(fault.words) >= 2, "in the summary and beside the question"


def test_a_page_shows_only_its_own_mistakes(form):
    faults = form.validate({}, AGE)
    sheet = form.page_sheet("account", {}, facts=AGE, faults=faults)
    assert [id_ for id_, _words in sheet.errors] == ["f-account-holder", "f-account-number"]


def test_locked_values_are_shown_with_source_and_day_and_cannot_be_typed(form, known):
    html = page("page", form.page_sheet("applicant", form.begin(known), facts=AGE, prefill=known))
    assert html.control("applicant.name") == []
    assert "陈玉兰" in html.text
    assert "来自：人口库，截至 2026年11月1日" in html.text
    (address,) = html.control("applicant.address")
    assert address["value"] == "北京街 1 号"
    assert "已按“人口库”填好，可以修改" in html.text


def test_wrong_input_is_shown_again_as_it_was_typed(form):
    data = {"rooms": "三间", "stay_from": "明天", "needs": ["meals"]}
    html = page("page", form.page_sheet("needs", data, facts=AGE))
    assert html.control("rooms")[0]["value"] == "三间"
    assert html.control("stay_from")[0]["value"] == "明天"
    assert [box["value"] for box in html.control("needs") if "checked" in box] == ["meals"]


def test_hidden_questions_are_not_on_the_page(form, full):
    full["for_whom"] = "self"
    html = whole(form, full)
    assert html.control("agent.name") == []
    assert "代办人信息" not in html.text


def test_rows_have_buttons_and_a_first_button_for_the_return_key(form, full):
    html = page("page", form.page_sheet("members", full, facts=AGE))
    buttons = html.all("button")
    assert "name" not in buttons[0], "the first button of the form must do what the door's own does"
    assert [b["name"] for b in buttons[1:]] == ["members.0~remove", "members~add"]
    full["members"] = full["members"] * 5
    html = page("page", form.page_sheet("members", full, facts=AGE))
    assert html.control("members~add") == []


def test_a_group_that_must_have_a_row_lies_open(schema, sheet):
    schema["properties"]["members"]["minItems"] = 1
    form = Form(schema, Sheet.model_validate(sheet))
    html = page("page", form.page_sheet("members", {}, facts=AGE))
    assert html.control("members.0.name")
    assert html.control("members~rows")[0]["value"] == "1"


def test_files_are_listed_with_name_size_and_button(form, full):
    attached = {LETTER: Attached("委托书.pdf", 20_480, "/files/1")}
    html = page("page", form.page_sheet("agent", full, facts=AGE, attached=attached))
    assert "委托书.pdf" in html.text
    assert "20 KB" in html.text
    assert html.control("agent.letter~remove")[0]["value"] == LETTER
    assert html.control("agent.letter")[0]["accept"] == ".pdf,.jpg,.jpeg"
    assert "可传 PDF、JPG，每份不超过 5 MB，最多 3 份" in html.text


def test_a_doubted_account_can_be_confirmed(form, sent):
    reading = form.read(
        sent({"account.holder": "陈玉兰", "account.number": "6222020000000000001"}), page="account", facts=AGE
    )
    html = page("page", form.page_sheet("account", reading.data, facts=AGE, faults=reading.faults))
    assert_is_accessible(html)
    assert html.control("account.number~sure")[0]["value"] == "6222020000000000001"


def test_answers_are_read_in_words_and_changed_by_page(form, full, known):
    sheet = form.answers_sheet(full, facts=AGE, prefill=known, change=lambda key: f"/apply/{key}")
    html = page("answers", sheet)
    for words in (
        "1945年11月20日",
        "为他人代办",
        "其他",
        "助餐",
        "1,200.50 元",
        "已确认",
        "某公司",
        "未填写",
        "来自：人口库，截至 2026年11月1日",
    ):
        assert words in html.text, words
    links = [link["href"] for link in html.all("a")]
    assert "/apply/account" in links
    assert links.count("/apply/applicant") == 2, "three of five are locked"


def test_answers_with_mistakes_lead_to_them(form, full):
    full["members"][0]["born"] = "?"
    full["account"] = {}
    faults = form.validate(full, AGE)
    html = page("answers", form.answers_sheet(full, facts=AGE, faults=faults))
    for fault in faults:
        assert f"f-{fault.path.replace('.', '-')}" in html.ids
        assert html.text.count(fault.words) == 2


def test_paper_has_every_answer_in_the_order_of_the_sheet(form, full):
    sheet = form.print_sheet(full, facts=AGE)
    assert [part.key for part in sheet.parts] == ["person", "money", "agent", "household", "promise"]


@pytest.mark.parametrize("template", ["page", "sections", "answers"])
def test_nothing_anybody_wrote_becomes_markup(schema, sheet, full, template):
    text = {"zh": EVIL, "en": EVIL}
    sheet["title"] = text
    for section in sheet["sections"]:
        section["title"] = section["intro"] = text
        for one in section["pages"]:
            one["title"] = one["intro"] = text
            for field in one["fields"]:
                field["label"] = field["hint"] = text
                for option in field.get("options", []):
                    option["label"] = option["hint"] = text
    form = Form(schema, Sheet.model_validate(sheet))
    full["remarks"] = full["applicant"]["phone"] = full["agent"]["relation_words"] = EVIL
    full["members"][0] |= {"name": EVIL, "employer": EVIL, "born": EVIL, "income": EVIL}
    known = {
        "applicant.name": Given(EVIL, REGISTER.model_copy(update={"zh": EVIL}), locked=True),
        "account.holder": Given(full["account"]["holder"], REGISTER.model_copy(update={"zh": EVIL})),
    }
    attached = {LETTER: Attached(EVIL, 1, "/files/1")}
    faults = form.validate(full, AGE)
    assert faults
    sheets = {
        "page": lambda: form.page_sheet(
            "needs", full, facts=AGE, faults=faults, prefill=known, attached=attached
        ),
        "sections": lambda: form.sections_sheet(
            full, facts=AGE, faults=faults, prefill=known, attached=attached
        ),
        "answers": lambda: form.answers_sheet(
            full, facts=AGE, faults=faults, prefill=known, attached=attached
        ),
    }
    html = page(template, sheets[template]())
    assert html.all("script", "img") == []
    assert not any(name.startswith("on") for _tag, attrs in html.elements for name in attrs)
    assert "{{7*7}}" in html.text


def test_an_english_page_is_english(form, full, known):
    faults = form.validate({"for_whom": "other", "rooms": "x"}, AGE)
    with translation.override("en"):
        faults = form.validate({"for_whom": "other", "rooms": "x"}, AGE)
        html = whole(form, {"for_whom": "other", "rooms": "x"}, faults=faults)
    assert not any("\u4e00" <= character <= "\u9fff" for character in html.text), html.text
