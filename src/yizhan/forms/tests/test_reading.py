"""What a browser sends becomes a draft: kindly read, nothing invented, nothing overwritten that is locked."""

from __future__ import annotations

import pytest

from yizhan.forms.tests.conftest import GRANDMOTHER, LETTER, words

AGE = {"age": 81}
OTHER = "9f1c1c1e-2222-4222-8222-222222222222"


def test_a_draft_begins_with_what_is_known(form, known):
    assert form.begin(known) == {
        "applicant": {
            "name": "陈玉兰",
            "id_number": GRANDMOTHER,
            "born": "1945-11-20",
            "address": "北京街 1 号",
        },
        "account": {"holder": "陈玉兰"},
    }


def test_a_page_is_read_into_the_draft(form, known, sent):
    reading = form.read(
        sent({"account.holder": " 陈玉兰 ", "account.number": "6222 0200 0000 0000 000"}),
        page="account",
        before={"remarks": "已有内容"},
        prefill=known,
        facts=AGE,
    )
    assert reading.ok
    assert reading.data["account"] == {"holder": "陈玉兰", "number": "6222020000000000000"}
    assert reading.data["remarks"] == "已有内容"


def test_what_is_locked_is_never_read_from_the_browser(form, known, sent):
    forged = {"applicant.name": "王五", "applicant.id_number": "1", "applicant.address": "南京路 2 号"}
    before = {"applicant": {"name": "王五", "born": "2000-01-01"}}
    applicant = form.read(sent(forged), page="applicant", before=before, prefill=known, facts=AGE).data[
        "applicant"
    ]
    assert applicant == {
        "name": "陈玉兰",
        "id_number": GRANDMOTHER,
        "born": "1945-11-20",
        "address": "南京路 2 号",
    }


def test_what_the_register_does_not_know_is_typed(form, known, sent):
    del known["applicant.born"]
    reading = form.read(
        sent({"applicant.born": "1945年11月20日"}), page="applicant", prefill=known, facts=AGE
    )
    assert reading.data["applicant"]["born"] == "1945-11-20"


def test_a_mistake_keeps_what_was_typed_and_says_what_to_do(form, known, sent):
    typed = {"rooms": "三间", "stay_from": "明天", "remarks": "请 尽快"}
    reading = form.read(sent(typed), page="needs", prefill=known, facts=AGE)
    assert reading.data["rooms"] == "三间"
    assert reading.data["stay_from"] == "明天"
    assert words(reading.faults) == {
        "rooms": "“住房间数”应为整数。请只填数字，例如 3",
        "stay_from": "“入住日期”不是有效的日期。请按 2026-11-20 的样子填写",
    }


def test_only_the_page_that_was_read_is_judged(form, known, sent):
    assert set(words(form.read(sent({}), page="account", prefill=known, facts=AGE).faults)) == {
        "account.holder",
        "account.number",
    }
    assert "declaration.promise" in words(form.read(sent({}), prefill=known, facts=AGE).faults)


def test_unknown_names_are_not_looked_at(form, known, sent):
    noise = {
        "account.limit": "1",
        "is_admin": "1",
        "csrfmiddlewaretoken": "x",
        "members.0.role": "x",
        "__proto__": "x",
    }
    assert form.read(sent(noise), page="account", facts=AGE).data == {}


def test_an_unticked_box_is_an_answer_too(form, sent):
    before = {
        "needs": ["meals"],
        "declaration": {"promise": True, "other_allowance": True, "other_place": "外省"},
    }
    assert "needs" not in form.read(sent({"rooms": "2"}), page="needs", before=before, facts=AGE).data
    reading = form.read(
        sent({"declaration.other_allowance": "no"}), page="declaration", before=before, facts=AGE
    )
    assert "promise" not in reading.data["declaration"]
    assert set(words(reading.faults)) == {"declaration.promise"}


def test_choices_and_yes_no(form, sent):
    reading = form.read(
        sent({"needs": ["meals", "bath", "meals", ""], "rooms": "２"}), page="needs", before={}, facts=AGE
    )
    assert reading.ok
    assert reading.data == {"needs": ["meals", "bath"], "rooms": 2}
    yes = sent(
        {"declaration.other_allowance": "yes", "declaration.other_place": "", "declaration.promise": "yes"}
    )
    reading = form.read(yes, page="declaration", facts=AGE)
    assert reading.data == {"declaration": {"other_allowance": True, "promise": True}}
    assert set(words(reading.faults)) == {"declaration.other_place"}


def test_a_question_that_was_hidden_keeps_its_answer_in_the_draft(form, sent):
    before = {"declaration": {"other_allowance": False, "other_place": "外省"}}
    answer = sent({"declaration.other_allowance": "no", "declaration.promise": "yes"})
    reading = form.read(answer, page="declaration", before=before, facts=AGE)
    assert reading.ok
    assert reading.data["declaration"]["other_place"] == "外省"


def test_rows_are_added_filled_and_removed_with_plain_buttons(form, sent):
    reading = form.read(sent({"members~rows": "0", "members~add": "yes"}), page="members", facts=AGE)
    assert reading.stay
    assert reading.faults == []
    assert reading.data["members"] == [{}]
    row = {"members~rows": "1", "members.0.name": "李明", "members.0.born": "19700101"}
    reading = form.read(sent(row | {"members~add": "yes"}), page="members", before=reading.data, facts=AGE)
    assert reading.data["members"] == [{"name": "李明", "born": "1970-01-01"}, {}]
    two = row | {"members~rows": "2", "members.1.name": "李红", "members.1.income": "1,200.5"}
    reading = form.read(
        sent(two | {"members.0~remove": "yes"}), page="members", before=reading.data, facts=AGE
    )
    assert reading.stay
    assert reading.data["members"] == [{"name": "李红", "income": 1200.5}]


def test_a_row_left_blank_is_no_row(form, sent):
    rows = sent({"members~rows": "3", "members.1.name": "李明", "members.1.born": "1970-01-01"})
    reading = form.read(rows, page="members", facts=AGE)
    assert reading.ok
    assert reading.data["members"] == [{"name": "李明", "born": "1970-01-01"}]


@pytest.mark.parametrize("count", ["-1", "999999999", "x", "٣", "1e3", ""])
def test_no_number_of_rows_can_hurt(form, sent, count):
    reading = form.read(sent({"members~rows": count, "members~add": "yes"}), page="members", facts=AGE)
    assert len(reading.data.get("members", [])) <= 5


def test_no_more_rows_than_the_schema_takes(form, sent):
    full = {"members": [{"name": "李明", "born": "1970-01-01"}] * 5}
    reading = form.read(
        sent({"members~rows": "5", "members~add": "yes"}), page="members", before=full, facts=AGE
    )
    assert len(reading.data.get("members", [])) <= 5


def test_files_come_from_the_store_never_from_the_browser(form, sent):
    before = {"for_whom": "other", "agent": {"letter": [LETTER]}}
    forged = sent(
        {"agent.letter": OTHER, "agent.name": "李明", "agent.relation": "child", "agent.phone": "13800138000"}
    )
    reading = form.read(forged, page="agent", before=before, facts=AGE)
    assert reading.data["agent"]["letter"] == [LETTER]
    reading = form.read(forged, page="agent", before=before, facts=AGE, uploaded={"agent.letter": [OTHER]})
    assert reading.ok
    assert reading.data["agent"]["letter"] == [LETTER, OTHER]


def test_a_file_is_removed_by_its_button_and_only_if_it_was_there(form, sent):
    before = {"for_whom": "other", "agent": {"letter": [LETTER]}}
    reading = form.read(sent({"agent.letter~remove": OTHER}), page="agent", before=before, facts=AGE)
    assert not reading.stay
    reading = form.read(sent({"agent.letter~remove": LETTER}), page="agent", before=before, facts=AGE)
    assert reading.stay
    assert "letter" not in reading.data.get("agent", {})


def test_too_many_files_are_told(form, sent):
    before = {"for_whom": "other", "agent": {"letter": [LETTER] * 3}}
    reading = form.read(sent({}), page="agent", before=before, facts=AGE, uploaded={"agent.letter": [OTHER]})
    assert words(reading.faults)["agent.letter"] == "“委托书”最多 3 项。现有 4 项，请删减"


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("letter.PDF", 100, None),
        ("photo.jpeg", 100, None),
        ("letter.exe", 100, "“letter.exe”的类型不能上传。可传 PDF、JPG"),
        ("letter.pdf", 5 * 1024 * 1024 + 1, "“letter.pdf”超过 5 MB。请压缩后重新上传"),
        ("letter.pdf", 0, "“letter.pdf”是空文件。请重新选择文件"),
    ],
)
def test_a_file_is_looked_at_before_it_is_stored(form, name, size, said):
    fault = form.refused_upload("agent.letter", name, size)
    assert (fault.words if fault else None) == said


def test_only_file_questions_take_files(form):
    with pytest.raises(KeyError):
        form.refused_upload("account.number", "a.pdf", 1)
    with pytest.raises(KeyError):
        form.refused_upload("nowhere", "a.pdf", 1)


def test_an_account_that_may_be_mistyped_is_asked_about_once(form, sent):
    typed = {"account.holder": "陈玉兰", "account.number": "6222 0200 0000 0000 001"}
    reading = form.read(sent(typed), page="account", facts=AGE)
    (doubt,) = reading.faults
    assert doubt.confirm == "我已逐位核对，账号无误"
    assert reading.data["account"]["number"] == "6222020000000000001"
    sure = form.read(sent(typed | {"account.number~sure": "6222020000000000001"}), page="account", facts=AGE)
    assert sure.ok
    changed = typed | {"account.number": "6222020000000000002", "account.number~sure": "6222020000000000001"}
    assert not form.read(sent(changed), page="account", facts=AGE).ok
    assert form.validate(sure.data, AGE) != [], "the rest of the form is still missing"
    assert "account.number" not in words(form.validate(sure.data, AGE))


def test_what_is_too_much_leaves_the_draft_as_it_was(form, sent):
    before = {"remarks": "原有"}
    reading = form.read(sent({"remarks": "长" * 800_000}), page="needs", before=before, facts=AGE)
    assert reading.data == before
    assert words(reading.faults) == {"": "填写的内容超过 2 MB。请精简文字，或改用附件上传"}


def test_an_older_or_broken_draft_is_put_into_shape(form, sent):
    before = {
        "members": "text",
        "needs": {"a": 1},
        "applicant": [],
        "account": {"number": {"x": 1}},
        "old": 1,
    }
    reading = form.read(sent({"rooms": "2"}), page="needs", before=before, facts=AGE)
    assert reading.data == {"rooms": 2}


def test_pages_that_are_asked(form):
    asked = [page.key for page in form.asked_pages({"for_whom": "other"}, AGE)]
    assert asked == ["applicant", "for_whom", "agent", "account", "members", "needs", "declaration"]
    assert [page.key for page in form.asked_pages({}, {"age": 95})] == [
        "applicant",
        "for_whom",
        "account",
        "needs",
        "declaration",
    ]


def test_a_mistake_leads_to_its_page(form):
    assert form.page_of("members.3.name") == "members"
    assert form.page_of("account.number") == "account"
    assert form.page_of("") is None


def test_bindings_say_what_to_look_up(form):
    assert ("applicant.id_number", "person", "id_number", "locked") in form.bindings()
    assert ("account.holder", "person", "name", "verify") in form.bindings()
    assert [(wanted.name, wanted.source, wanted.fact) for wanted in form.facts] == [("age", "person", "age")]


def test_only_declared_facts_reach_the_conditions(form):
    answers = {"for_whom": "self"}
    with_noise = form.asked_pages(answers, {"age": 81, "for_whom": "other"})
    assert "agent" not in [page.key for page in with_noise]
