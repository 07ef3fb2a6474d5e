"""What people do again and again in the stories: apply, handle, wait for what the worker brings."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.product import Product

NUMBER = re.compile(r"YX\d{4}-\d{4}-\d{5}")
PATIENCE = 90.0  # seconds for what the worker does, on a machine that is busy
MISSING = "请补交代办委托书，或由本人签名确认申请。"
OLD_ENOUGH = "1955-11-20"
BEIJING_STREET = "440104003"

_OLD_AND_WITHOUT_A_CASE = """
    select name, id_number from registry_person person
    where register_division like %s and died_on is null and born_on < %s and phone <> ''
      and not exists (select from cases_case where subject = 'person:' || person.id)
      and not exists (select from cases_draft where subject = 'person:' || person.id)
      and not exists (select from identity_account where document_number = person.id_number)
      and not exists (select from registry_accountlink where person_id = person.id)
      and not exists (select from registry_provenance where person_id = person.id and source_record like 'persona-%%')
    order by born_on desc, id_number limit 1
"""


@dataclass(frozen=True)
class Card:
    """An identity card, as somebody lays it on the counter."""

    name: str
    number: str


def somebody_old(district: Product) -> Card:
    """The card of somebody over seventy of Beijing Sub-district, who has never applied for anything."""
    return Card(*district.rows(_OLD_AND_WITHOUT_A_CASE, f"{BEIJING_STREET}%", OLD_ENOUGH)[0])


def number_on(page: Page) -> str:
    """The number of the case that a page shows."""
    shown = page.get_by_text(NUMBER).first.inner_text()
    found = NUMBER.search(shown)
    assert found, shown
    return found.group()


def fill_in(
    page: Page, *, other: bool = False, bank: str = "示例银行越秀支行", agent: bool = False, phone: str = ""
) -> None:
    """Fill in the application from the guide to the page where it is checked."""
    page.goto("/items/elderly_allowance")
    page.get_by_role("link", name="在线办理").click()
    begin(page)
    if not page.url.endswith("/pages/person"):  # a draft that was left goes on where it was left
        page.goto(f"{page.url.partition('/pages/')[0].removesuffix('/check')}/pages/person")
    expect(page.get_by_text("来自：公安常住人口登记").first).to_be_visible()
    if phone:
        page.get_by_label("联系电话").fill(phone)
    go_on(page)
    page.get_by_label("开户银行").fill(bank)
    page.get_by_label("银行账号").fill("6222 0212 3456 7890")
    go_on(page)
    say_it_is_right(page)
    page.get_by_label("是" if agent else "否").check()
    go_on(page)
    if agent:
        page.get_by_label("代办人姓名").fill("陈小明")
        page.get_by_label("与申领人的关系").select_option(label="子女")
        page.get_by_label("代办人电话").fill("19900001234")
        go_on(page)
    page.get_by_label("是" if other else "否").check()
    page.get_by_label(re.compile("以上内容属实")).check()
    go_on(page)
    if other:
        page.get_by_label("在哪里领取？").fill("示例市")
        go_on(page)
    expect(page.get_by_role("heading", name="请核对您的申请")).to_be_visible()


def say_it_is_right(page: Page) -> None:
    """Confirm the account number if the page asks, and stand before the question for the agent."""
    page.locator("[name$='~sure'], [name='agent.is_agent']").first.wait_for()
    if page.locator("[name$='~sure']").count():
        page.locator("[name$='~sure']").check()
        go_on(page)


def begin(page: Page) -> None:
    """From the page before an application into the form; a draft that was left is gone on with at once."""
    if page.url.endswith("/apply"):
        page.get_by_role("button", name="开始填写").click()
    page.wait_for_url("**/drafts/*/**")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="保存并继续").click()


def apply(page: Page, **answers: bool | str) -> str:
    """Apply from the guide to the receipt; the number of the case."""
    fill_in(page, **answers)
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text("收件回执")).to_be_visible()
    return number_on(page)


def cases_of(page: Page) -> int:
    """How many cases a resident finds among her own."""
    page.goto("/my")
    return page.locator(".card", has=page.locator("#cases")).locator("tbody tr").count()


def act(page: Page, number: str, action: str, *, reason: str = "") -> None:
    """Open a case at the desk and press one of its buttons."""
    page.goto(f"/desk/cases/{number}")
    if reason:
        page.get_by_label("意见").first.fill(reason)
    page.get_by_role("button", name=action, exact=True).click()
    expect(page.get_by_text(f"{number} 已办理")).to_be_visible()


def prove_who_one_is(page: Page, card: Card) -> None:
    """Show name and number, as they stand on the card, before the first application."""
    page.goto("/items/elderly_allowance/apply")
    expect(page.get_by_role("heading", name="实名核验")).to_be_visible()
    page.get_by_label("姓名").fill(card.name)
    page.get_by_label("公民身份号码").fill(card.number)
    page.get_by_role("button", name="核验并继续").click()
    expect(page.get_by_text("实名核验成功。")).to_be_visible()


def ask_for_the_letter(clerk: Page, number: str) -> None:
    """Tell once, in one go, what is missing."""
    clerk.goto(f"/desk/cases/{number}")
    clerk.locator("summary", has_text="要求补正").click()
    clerk.get_by_label("委托书", exact=True).check()
    clerk.get_by_label("委托书：要补什么").fill(MISSING)
    clerk.get_by_role("button", name="一次性告知").click()
    expect(clerk.get_by_text(f"已一次性告知补正，{number} 等待申请人答复。")).to_be_visible()


def awaited(page: Page, what: Callable[[], Locator], patience: float = PATIENCE) -> Locator:
    """Load the page again until something is there that the worker brings."""
    deadline = time.monotonic() + patience
    while not (found := what()).count():
        assert time.monotonic() < deadline, f"not within {patience} s on {page.url}:\n{said(page)}"
        page.wait_for_timeout(400)
        page.reload()
    return found.first


def said(page: Page) -> str:
    """What the page says, for a story that ended otherwise."""
    return page.locator("body").inner_text()[:1500]


def log_in(page: Page, outbox: Page, phone: str) -> None:
    """Log in with the code that comes to the phone; ``outbox`` is where the demo shows what it would have sent."""
    if "/login" not in page.url:
        page.goto("/login")
    page.get_by_label("手机号码").fill(phone)
    page.get_by_role("button", name="获取验证码").click()
    expect(page.get_by_label("短信验证码")).to_be_visible()
    page.get_by_label("短信验证码").fill(code_sent_to(outbox, phone))
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda address: "/login" not in address)


def code_sent_to(page: Page, phone: str) -> str:
    """The log-in code that the demo keeps instead of sending it, newest first."""
    page.goto("/try/messages")
    card = page.locator(".outbox li", has_text=phone).first
    found = re.search(r"验证码 (\d{6})", card.inner_text())
    assert found, card.inner_text()
    return found.group(1)


def end_sessions(district: Product, who: str) -> None:
    """Let all sessions of somebody, by telephone or user name, run out now, as they do after a long pause."""
    ended = district.rows(
        """update identity_presence set seen_at = seen_at - idle * 2 from identity_account account
           where account.id = account_id and %s in (account.phone, account.username) and ended_at is null
           returning 1""",
        who,
    )
    assert ended


def name_of(district: Product, phone: str) -> str:
    """The name of a resident with an account."""
    return str(district.rows("select name from identity_account where phone = %s", phone)[0][0])


def card_of(district: Product, phone: str) -> str:
    """The identity number of a resident with an account, as it stands on her card."""
    found = district.rows("select document_number from identity_account where phone = %s", phone)
    return str(found[0][0])
