"""A resident comes to the window, and goes home with a receipt."""

from __future__ import annotations

import re
import uuid

import pytest
import segno
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from yizhan import clock
from yizhan.cases.models import Case, Draft
from yizhan.identity import presences, scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Role, RoleGrant
from yizhan.identity.tests.browsers import browser_of
from yizhan.journal.models import Access
from yizhan.station.tests.conftest import begun, card_of, typed
from yizhan.station.who import CLERK
from yizhan.voice import invitation


def submit(window, address: str, **more: str):
    command = re.search(r'name="command" value="([^"]+)"', window.get(address).content.decode())[1]
    return window.post(address, typed(command=command, then="submit", **more))


def test_granted_on_the_spot_from_the_card_to_the_receipt(town, window):
    assert "高龄津贴申领" in window.get("/station/?q=长寿金").content.decode()
    address = begun(window)
    sheet = window.get(address).content.decode()
    for words in ("申领人", "收款账户", "代办人", "声明", "陈玥堃", "来自：公安户籍登记", "2026年11月18日"):
        assert words in sheet, words

    answer = submit(window, address)
    number = answer.headers["Location"].rpartition("/")[2]
    assert "当场办结：准予" in window.get(answer.headers["Location"]).content.decode()
    case = town.case(number)
    assert (case.channel, case.outcome, case.units[0]) == ("window", "granted", "440104-bj")
    assert case.received_by == town.people["clerk"].pk

    paper = window.get(f"/station/receipts/{number}").content.decode()
    assert number in paper
    assert 'src="data:image/svg+xml' in paper
    assert "手机号或证件号码的后四位" in paper
    assert "最迟受理" not in paper and "承诺时限" not in paper, "nothing is waited for"
    assert window.get(f"/desk/cases/{number}").status_code == 200


def test_what_an_answer_makes_the_form_ask_comes_at_once(town, window):
    address = begun(window)
    sheet = window.get(address).content.decode()
    assert 'name="agent.name"' not in sheet
    shown = re.search(r'name="shown" value="(\d+)"', sheet)[1]
    same = window.post(f"{address}/save", typed(shown=shown))
    assert (same.status_code, same.content) == (204, b"")
    more = window.post(f"{address}/save", typed(shown=shown) | {"agent.is_agent": "yes"})
    page = more.content.decode()
    assert more.status_code == 200
    assert 'data-piece="agent.name"' in page
    assert "error-summary" not in page, "nobody is blamed while typing"
    assert f'value="{shown}"' not in page


def test_the_receipt_carries_a_code_to_rate_that_the_clerk_cannot_follow(town, window):
    number = submit(window, begun(window)).headers["Location"].rpartition("/")[2]
    with town.acting("clerk"):
        token = invitation.token(town.case(number))
    sheet = window.get(f"/station/receipts/{number}").content.decode()
    code = segno.make(f"{settings.PUBLIC_ADDRESS}/rate/{token}", error="m").svg_data_uri(scale=4, border=2)
    assert code in sheet.replace("&#39;", "'") and "办结后扫码评价" in sheet
    assert token not in sheet, "no address on the screen"
    assert window.get(f"/rate/{token}").status_code == 403
    colleague = town.people["colleague"]
    post = colleague.appointments.get().post
    RoleGrant.give(Role.objects.get(code=CLERK), post, "own_unit", by=HOUSE, reason="测试")
    again = browser_of(colleague).get(f"/station/receipts/{number}").content.decode()
    assert number in again and "办结后扫码评价" not in again, "only whoever took it in hands it out"


def test_a_doubtful_one_goes_to_where_the_resident_is_registered(town, window):
    answer = submit(
        window,
        begun(window, "wang"),
        **{"declaration.other_allowance": "yes", "declaration.other_place": "示例市"},
    )
    number = answer.headers["Location"].rpartition("/")[2]
    task = town.task(number)
    assert (task.unit, task.origin) == ("440104-lr", "北京街道办事处")
    assert "已转有关单位办理" in window.get(answer.headers["Location"]).content.decode()
    sheet = window.get(f"/station/receipts/{number}").content.decode()
    for words in ("最迟受理", "2026年11月27日", "计5个工作日", "其间不计", "10 个工作日内办结"):
        assert words in sheet, words
    assert number in browser_of(town.people["stranger"]).get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "陈月坤"}, "没有查到姓名和证件号码都相符的人员"),
        ({"number": "44019919450308001"}, "没有查到"),
    ],
)
def test_both_must_match_and_what_was_typed_stays(town, window, change, words):
    answer = window.post("/station/items/elderly_allowance", card_of("chen") | change)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{next(iter(change.values()))}"' in page
    with scope.service():
        assert not Draft.objects.exists()


def test_the_look_up_is_logged_with_its_reason(town, window):
    begun(window)
    line = Access.objects.filter(action="search", account=town.people["clerk"].subject).get()
    assert line.purpose == "reason:窗口收件：高龄津贴申领"
    assert line.subjects == [town.subjects["chen"]]


def test_only_window_clerks_come_in(town, window):
    assert browser_of(town.people["approver"]).get("/station/").status_code == 403
    assert browser_of(town.people["chen"]).get("/station/").status_code == 403
    assert "窗口收件" not in browser_of(town.people["approver"]).get("/desk/").content.decode()


def test_another_window_finds_neither_draft_nor_case(town, window):
    address = begun(window)
    other = browser_of(town.people["stranger"])
    assert other.get(address).status_code == 404
    assert other.post(f"{address}/save", typed()).status_code == 404
    number = submit(window, address).headers["Location"].rpartition("/")[2]
    assert other.get(f"/station/cases/{number}").status_code == 404
    assert other.get(f"/station/receipts/{number}").status_code == 404


def test_a_mistake_stands_at_its_field_and_nothing_is_lost(town, window):
    address = begun(window)
    answer = submit(window, address, **{"applicant.phone": "1380000"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="f-applicant-phone-error"' in page
    assert 'href="#f-applicant-phone"' in page
    assert 'value="1380000"' in page
    assert 'value="示例银行越秀支行"' in page
    assert page.index("<title>错误：") > 0
    with scope.service():
        assert not Case.objects.exists()


def test_what_looked_wrong_is_confirmed_once(town, window):
    address = begun(window)
    asked = window.post(address, typed(then="check", **{"account.number~sure": ""}))
    assert "我已逐位核对，账号无误" in asked.content.decode()
    other = window.post(address, typed(then="check", **{"account.bank": ""})).content.decode()
    assert '<input type="hidden" name="account.number~sure" value="6222021234567890">' in other


def test_checked_before_it_is_handed_in(town, window):
    address = begun(window)
    assert window.post(address, typed(then="check", **{"account.bank": ""})).status_code == 422
    page = window.post(address, typed(then="check"), follow=True).content.decode()
    assert "核对无误，可以提交" in page


def test_left_and_found_again(town, window):
    address = begun(window)
    window.post(address, typed(then="save", **{"account.bank": "写了一半"}))
    home = window.get("/station/").content.decode()
    assert address in home
    assert "陈＊堃" in home
    assert 'value="写了一半"' in window.get(address).content.decode()
    assert begun(window) == address, "the same card finds the same draft"
    window.post(f"{address}/discard")
    assert address not in window.get("/station/").content.decode()


def test_what_was_saved_while_typing_survives_the_end_of_the_session(town, window):
    address = begun(window)
    half = {"applicant.phone": "13800001234", "account.bank": "打到一半的银行名"}
    assert window.post(f"{address}/save", half).status_code == 204
    presences.end_all(town.people["clerk"])
    answer = window.post(address, typed(then="submit", command=str(uuid.uuid4())))
    assert answer.headers["Location"].startswith("/staff/login?next=")
    again = browser_of(town.people["clerk"]).get(address).content.decode()
    assert 'value="打到一半的银行名"' in again


def test_a_double_click_is_one_case(town, window):
    address = begun(window)
    fields = typed(command=str(uuid.uuid4()), then="submit")
    first, second = window.post(address, fields), window.post(address, fields)
    assert first.headers["Location"] == second.headers["Location"]
    with scope.service():
        assert Case.objects.count() == 1


AGENT = {
    "agent.is_agent": "yes",
    "agent.name": "陈某",
    "agent.relation": "child",
    "agent.phone": "13800004321",
    "declaration.other_allowance": "yes",
    "declaration.other_place": "示例市",
}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def test_a_file_is_kept_with_the_draft_and_goes_with_the_case(town, window):
    address = begun(window)
    window.post(address, typed(then="save", **AGENT))
    letter = SimpleUploadedFile("委托书.pdf", PDF, "application/pdf")
    page = window.post(address, {**typed(then="save", **AGENT), "agent.letter": letter}, follow=True)
    assert "委托书.pdf" in page.content.decode()

    number = submit(window, address, **AGENT).headers["Location"].rpartition("/")[2]
    handler = browser_of(town.people["colleague"])
    case = handler.get(f"/desk/cases/{number}").content.decode()
    link = re.search(rf'href="(/desk/cases/{number}/files/[^"]+)">委托书.pdf', case)[1]
    answer = handler.get(link)
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    bureau = browser_of(town.people["approver"]).get(link)
    assert b"".join(bureau.streaming_content) == PDF, "the unit of the item takes part"
    assert browser_of(town.people["stranger"]).get(link).status_code == 404


def test_a_file_of_a_wrong_kind_is_told_at_its_question(town, window):
    address = begun(window)
    window.post(address, typed(then="save", **AGENT))
    program = SimpleUploadedFile("委托书.exe", b"MZ", "application/octet-stream")
    answer = window.post(address, {**typed(then="save", **AGENT), "agent.letter": program})
    assert answer.status_code == 422
    assert 'href="#f-agent-letter"' in answer.content.decode()


def test_by_keyboard_alone(town, window):
    sheet = window.get(begun(window)).content.decode()
    for key in ("t", "c", "s", "1", "2", "3", "4"):
        assert f'accesskey="{key}"' in sheet, key
    form = sheet[sheet.index("<form method") :]
    assert 'tabindex="' not in re.sub(r'tabindex="-1"', "", form), "the order is the order of reading"
    home = window.get("/station/").content.decode()
    assert "autofocus" in home


def test_in_english_no_chinese_but_names(town, window):
    window.cookies["django_language"] = "en"
    address = begun(window)
    number = submit(window, address).headers["Location"].rpartition("/")[2]
    for page in ("/station/", "/station/items/elderly_allowance", f"/station/cases/{number}",
                 f"/station/receipts/{number}"):  # fmt: skip
        html = window.get(page).content.decode()
        outside = re.sub(r'<(\w+)[^>]*\blang="zh[^"]*"[^>]*>.*?</\1>', "", html, flags=re.DOTALL)
        # Proper names stand as they are: whoever is signed in, and units that have no English name.
        names = {"林晓岚", "北京街道办事处", "越秀区民政局"}
        assert set(re.findall(r"[\u3400-\u9fff]+", outside)) <= names, page


def test_an_expired_draft_is_gone(town, window):
    address = begun(window)
    with clock.standing_at("2027-01-05T09:00"):
        assert window.get(address).status_code == 404


def test_what_the_resident_has_already_is_said_and_nothing_is_begun(town, window):
    """The clerk here takes part in the case and may open it; the window of 六榕街道 learns only that there is one."""
    number = town.apply("chen", other_allowance=True)
    for clerk, shown in ((window, True), (browser_of(town.people["stranger"]), False)):
        answer = clerk.post("/station/items/elderly_allowance", card_of("chen"))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "申请人已有这个事项的办件，不能重复受理" in page
        assert "此事项已于2026年11月20日提交申请，正在办理" in page
        assert (f'href="/desk/cases/{number}"' in page, number in page) == (shown, shown)
        assert ("该办件不在您的查阅范围内" in page) is not shown
    with scope.service():
        assert not Draft.objects.filter(submitted_as="").exists()


def test_what_came_in_meanwhile_stops_a_draft_that_is_kept(town, window):
    draft = begun(window)
    town.apply("chen")
    answer = window.post(draft, {**typed(), "then": "submit", "command": str(uuid.uuid4())})
    assert "此事项已于2026年11月20日准予，目前仍然有效" in answer.content.decode()
    assert 'value="示例银行越秀支行"' in answer.content.decode()
    assert "不能重复受理" in window.get(draft).content.decode()
    with scope.service():
        assert Case.objects.count() == 1
        assert Draft.objects.get(submitted_as="")
