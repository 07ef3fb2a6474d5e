"""Pages of residents, and those that everybody may meet."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.journeys import restaurant
from tests.journeys.steps import begin, number_on, say_it_is_right
from tests.journeys.stops.stop import Stop, Way, at, first, save
from tests.journeys.walk import Walk
from yizhan.demo.stories import STORIES

NEW, WAITING, ASKED = "19911120000", "19911120001", "19911120002"
"""Phones of residents who come for the first time, so that nothing that others do changes what they see."""


def _refused() -> str:
    """The phone of a resident of the demo whose case was refused long ago."""
    steps = ("accept", "disagree", "refuse")
    found = next(place for place, story in enumerate(STORIES) if story.doubtful and story.steps == steps)
    return f"1991000{found:04d}"


REFUSED = _refused()
_HEARING = "/deadlines?start=2026-09-14&law=licensing.decision&from1=2026-09-21&to1=2026-10-12&more=1"
_SCENARIO = "/items/small_restaurant/scenario"
_SCENE = "scene.cooking=fumes&scene.area=320&scene.dine_in=yes&scene.sign=yes&scene.renovation=no&scene.central_air=no"
NO_NOTICE = "0191b2c3-0000-7000-8000-000000000000"
NO_PAPER = "/verify/AAAA-AAAA-AAAA-AAAA-AAAA"


def _wrong_code(walk: Walk, page: Page) -> None:
    page.context.clear_cookies(name="yizhan_session")
    page.goto("/login")
    page.locator("#phone").fill("19911110001")
    page.locator("main form button").click()
    page.locator("#code").fill("000000")
    page.locator("main form button").click()
    page.locator(".error-summary").wait_for()


def _code(walk: Walk, page: Page) -> None:
    page.goto("/login")
    page.locator("#phone").fill("19911110002")
    page.locator("main form button").click()
    page.locator("#code").wait_for()


def _wrong_phone(walk: Walk, page: Page) -> None:
    page.goto("/login")
    page.locator("#phone").fill("12")
    page.locator("main form button").click()
    page.locator(".error-summary").wait_for()


def _draft(walk: Walk, page: Page) -> str:
    """The address of a new application of somebody."""

    def made() -> str:
        page.goto("/items/elderly_allowance/apply")
        begin(page)
        return page.url.split("/pages/")[0].removesuffix("/check")

    return str(walk.once("draft", made))


def tidy(walk: Walk) -> None:
    """Throw the application away that was never handed in."""
    page = walk.as_("huang")
    page.goto("/my")
    drafts = page.locator("form[action$='/discard']")
    if drafts.count():
        with page.expect_navigation():
            drafts.first.evaluate("form => form.submit()")


def _before(walk: Walk, page: Page) -> None:
    """The page before an application, of somebody who has begun none."""
    tidy(walk)
    page.goto("/items/elderly_allowance/apply")


def _has_it(address: str) -> Way:
    def way(walk: Walk, page: Page) -> None:
        walk.granted()
        page.goto(address)

    return way


def _under_way(walk: Walk, page: Page) -> None:
    walk.doubtful(WAITING)
    page.goto("/items/elderly_allowance/apply")


def _filled_in(walk: Walk, page: Page) -> str:
    draft = _draft(walk, page)

    def fill() -> str:
        page.goto(f"{draft}/pages/person")
        save(page)
        page.get_by_label("开户银行").fill("示例银行越秀支行")
        page.get_by_label("银行账号").fill("6222 0212 3456 7890")
        save(page)
        say_it_is_right(page)
        page.get_by_label("否").check()
        save(page)
        page.get_by_label("是").first.check()
        page.locator("input[name='declaration.true']").check()
        save(page)
        where = page.get_by_label("在哪里领取？")
        if where.count():
            where.fill("示例市")
            save(page)
        return draft

    return str(walk.once("filled in", fill))


def _page(key: str) -> Way:
    def way(walk: Walk, page: Page) -> None:
        page.goto(f"{_draft(walk, page)}/pages/{key}")

    return way


def _page_with_errors(walk: Walk, page: Page) -> None:
    page.goto(f"{_draft(walk, page)}/pages/account")
    page.locator("input[name='account.number']").fill("12")
    save(page)
    page.locator(".error-summary").wait_for()


def _check(walk: Walk, page: Page) -> None:
    page.goto(f"{_filled_in(walk, page)}/check")


def _granted(suffix: str = "", before: str = "/cases/") -> Way:
    def way(walk: Walk, page: Page) -> None:
        page.goto(f"{before}{walk.granted()}{suffix}")

    return way


def _waiting(before: str = "/cases/") -> Way:
    def way(walk: Walk, page: Page) -> None:
        page.goto(f"{before}{walk.doubtful(WAITING)}")

    return way


def _asked(suffix: str = "") -> Way:
    def way(walk: Walk, page: Page) -> None:
        page.goto(f"/cases/{walk.asked(ASKED)}{suffix}")

    return way


def _home_of_somebody_asked(walk: Walk, page: Page) -> None:
    walk.asked(ASKED)
    page.goto("/")
    page.get_by_text("去补正").wait_for()


def _refused_case(walk: Walk, page: Page) -> None:
    page.goto("/my")
    page.goto(f"/cases/{number_on(page)}")


def _mend(walk: Walk, page: Page) -> None:
    _asked("/supplement")(walk, page)
    page.locator(".task-list__link").first.click()
    page.wait_for_url("**/supplement/*")


def _found(walk: Walk, page: Page) -> None:
    page.goto("/progress")
    page.locator("#number").fill(walk.granted())
    page.locator("#tail").fill(walk.identity_number("chen")[-4:])
    page.locator("#main form button").click()
    page.locator("#found").wait_for()


def _not_found(walk: Walk, page: Page) -> None:
    page.goto("/progress")
    page.locator("#number").fill("YX2026-1120-99999")
    page.locator("#main form button").click()
    page.locator(".error-summary").wait_for()


def _verified(walk: Walk, page: Page) -> None:
    page.goto(f"/verify/{walk.paper_code()}")


def rate(walk: Walk, page: Page) -> None:
    page.goto(f"/cases/{walk.granted()}/rating")
    if page.locator("input[name=grade]").count():
        page.locator("label[for='grade-2']").click()
        page.locator("#words").fill("结果没问题，但短信过了一天才收到。")
        save(page)
    walk.once("rated", lambda: True)
    page.goto(f"/cases/{walk.granted()}/rating")


def _message(walk: Walk, page: Page) -> None:
    walk.granted()
    page.goto("/my/messages")
    page.locator(".portal-message a").first.click()
    page.wait_for_url("**/my/messages/*")


def _wrong_mail(walk: Walk, page: Page) -> None:
    page.goto("/my/mail")
    page.locator("#address").fill("chen")
    save(page)
    page.locator(".error-summary").wait_for()


def _mailed(walk: Walk, page: Page) -> None:
    """The page behind the link of the mail, which the demo shows among its messages."""
    page.goto("/my/mail")
    page.locator("#address").fill("chen@example.com")
    save(page)
    page.goto("/try/messages")
    found = re.search(r"/my/mail/confirm/[^\s<]+", page.locator("main").inner_text())
    assert found
    page.goto(found.group())


def _objection(walk: Walk, page: Page) -> None:
    """The page of an objection on which one says what an entry should be."""
    page.goto("/my/file")
    page.locator("button[form=objection][value='person.ethnic_group']").click()
    page.wait_for_url("**/pages/value")


def _wrong_contact(walk: Walk, page: Page) -> None:
    page.goto("/my/contact/phone")
    page.locator("#value").fill("12")
    save(page)
    page.locator(".error-summary").wait_for()


def _contact_code(walk: Walk, page: Page) -> None:
    """The page on which the code is typed for an address; asked for once, since codes are counted."""

    def ask() -> str:
        page.goto("/my/contact/address")
        page.locator("#value").fill("示例路 9 号 301 房")
        save(page)
        page.wait_for_url("**/my/contact/code/*")
        return page.url

    page.goto(str(walk.once("contact", ask)))


def _unknown_agent(walk: Walk, page: Page) -> None:
    first("/my/companies", ".listing__title a")(walk, page)
    page.locator("#name").fill("吴志强")
    page.locator("#phone").fill("19900000008")
    save(page)
    page.locator(".error-summary").wait_for()


def _no_real_name(walk: Walk, page: Page) -> None:
    page.goto("/my/real-name/elderly_allowance")
    page.locator("#name").fill("何秀英")
    page.locator("#number").fill("440199195301010000")
    save(page)
    page.locator(".error-summary").wait_for()


def _restaurant(key: str) -> Way:
    """A page of an application for a restaurant with everything that can be asked."""

    def way(walk: Walk, page: Page) -> None:
        def made() -> str:
            draft = restaurant.begin(page, "示例云澜文化传播有限公司")
            restaurant.describe(page, draft, cooking="fumes", area=320)
            return draft

        page.goto(f"{walk.once('restaurant', made)}/{key}")

    return way


def _object_in_vain(walk: Walk, page: Page) -> None:
    first("/notices", ".listing__title a")(walk, page)
    page.locator("#words").fill("A car.")
    page.locator("#phone").fill("12")
    save(page)
    page.locator(".error-summary").wait_for()


def _nobody_chosen(walk: Walk, page: Page) -> None:
    page.goto("/items/outdoor_sign/apply")
    save(page)
    page.locator(".error-summary").wait_for()


PORTAL = (
    Stop("home", "portal:home", "", at("/"), main=True),
    Stop("home-mine", "portal:home", ASKED, _home_of_somebody_asked),
    Stop("items", "portal:items", "", at("/items")),
    Stop("items-none", "portal:items", "", at("/items?q=zzz")),
    Stop("guide", "portal:guide", "", at("/items/elderly_allowance"), main=True),
    Stop("scenario", "portal:scenario", "", at(_SCENARIO)),
    Stop("scenario-errors", "portal:scenario", "", at(f"{_SCENARIO}?scene.area=-3&scene.cooking=x")),
    Stop("scenario-found", "portal:scenario", "", at(f"{_SCENARIO}?{_SCENE}"), main=True),
    Stop("progress", "portal:progress", "", at("/progress"), main=True),
    Stop("progress-errors", "portal:progress", "", _not_found),
    Stop("progress-found", "portal:progress", "", _found),
    Stop("deadlines", "portal:deadlines", "", at("/deadlines")),
    Stop(
        "deadlines-errors", "portal:deadlines", "", at("/deadlines?start=then&amount=many&from1=2026-11-01")
    ),
    Stop("deadlines-found", "portal:deadlines", "", at(_HEARING), main=True),
    Stop(
        "deadlines-hours",
        "portal:deadlines",
        "",
        at("/deadlines?start=2026-11-20&at=16:00&amount=30&unit=duty_hours"),
    ),
    Stop(
        "deadlines-held", "portal:deadlines", "", at("/deadlines?start=2026-11-20&amount=20&from1=2026-11-25")
    ),
    Stop("verify", "portal:verify", "", at("/verify")),
    Stop("verify-error", "portal:verify", "", at("/verify?code=")),
    Stop("verified", "portal:verified", "", _verified),
    Stop("verified-unknown", "portal:verified", "", at(NO_PAPER)),
    Stop("notices", "portal:notices", "", at("/notices"), main=True),
    Stop("facilities", "portal:facilities", "", at("/facilities"), main=True),
    Stop("laws", "portal:laws", "", at("/laws"), main=True),
    Stop("laws-none", "portal:laws", "", at("/laws?q=zzz&kind=standard")),
    Stop("laws-wrong-day", "portal:laws", "", at("/laws?on=yesterday")),
    Stop("law", "portal:law", "", at("/laws/administrative_licensing_law"), main=True),
    Stop("law-repealed", "portal:law", "", at("/laws/petitions_regulations_2005")),
    Stop("facilities-none", "portal:facilities", "", at("/facilities?kind=7")),
    Stop("notice", "portal:notice", "", first("/notices", ".listing__title a"), main=True),
    Stop("notice-errors", "portal:notice", "", _object_in_vain),
    Stop("notice-over", "portal:notice", "", at(f"/notices/{NO_NOTICE}")),
    Stop("accessibility", "portal:accessibility", "", at("/accessibility")),
    Stop("privacy", "portal:privacy", "", at("/privacy"), main=True),
    Stop("sitemap", "portal:sitemap", "", at("/sitemap")),
    Stop("rate-spent", "portal:rate_by_token", "", at("/rate/nobody")),
    Stop("rate-thanks", "portal:rate_thanks", "", at("/rate/thanks")),
    Stop("login", "portal:login", "@login", at("/login"), main=True),
    Stop("login-error", "portal:login", "@login", _wrong_phone),
    Stop("login-code", "portal:login_code", "@login", _code),
    Stop("login-code-wrong", "portal:login_code", "@login", _wrong_code),
    Stop("real-name", "portal:real_name", NEW, at("/my/real-name")),
    Stop("real-name-error", "portal:real_name", NEW, _no_real_name),
    Stop("mine-new", "portal:mine", NEW, at("/my")),
    Stop("my-file", "portal:my_file", "huang", at("/my/file"), main=True),
    Stop("objection", "portal:page", "owner", _objection, main=True),
    Stop("contact", "portal:contact", "owner", at("/my/contact"), main=True),
    Stop("contact-phone", "portal:contact_change", "owner", at("/my/contact/phone")),
    Stop("contact-error", "portal:contact_change", "owner", _wrong_contact),
    Stop("contact-code", "portal:contact_code", "owner", _contact_code, main=True),
    Stop("my-looks", "portal:my_looks", "huang", at("/my/looks"), main=True),
    Stop("my-looks-unknown", "portal:my_looks", NEW, at("/my/looks")),
    Stop("messages-none", "portal:messages", NEW, at("/my/messages")),
    Stop("companies", "portal:companies", "owner", at("/my/companies"), main=True),
    Stop("companies-none", "portal:companies", "huang", at("/my/companies")),
    Stop("company", "portal:company", "owner", first("/my/companies", ".listing__title a"), main=True),
    Stop(
        "company-file", "portal:company_file", "owner", at("/my/companies/91440199MA00000230/file"), main=True
    ),
    Stop("company-errors", "portal:company", "owner", _unknown_agent),
    Stop("guide-company", "portal:guide", "", at("/items/small_restaurant"), main=True),
    Stop("apply-whom", "portal:begin", "owner", at("/items/outdoor_sign/apply"), main=True),
    Stop("apply-whom-error", "portal:begin", "owner", _nobody_chosen),
    Stop("apply-no-company", "portal:begin", "huang", at("/items/outdoor_sign/apply"), main=True),
    Stop("apply-company", "portal:begin", "owner", at("/items/outdoor_sign/apply?for=91440199MA00000230")),
    Stop("apply-scene", "portal:page", "owner", _restaurant("pages/size")),
    Stop("apply-materials", "portal:page", "owner", _restaurant("pages/files"), main=True),
    Stop("check-materials", "portal:check", "owner", _restaurant("check")),
    Stop("apply-begin", "portal:begin", "huang", _before, main=True),
    Stop("apply-person", "portal:page", "huang", _page("person"), main=True),
    Stop("apply-account", "portal:page", "huang", _page("account"), main=True),
    Stop("apply-errors", "portal:page", "huang", _page_with_errors, main=True),
    Stop("apply-agent", "portal:page", "huang", _page("agent")),
    Stop("apply-declaration", "portal:page", "huang", _page("declaration")),
    Stop("check", "portal:check", "huang", _check, main=True),
    Stop("mine-draft", "portal:mine", "huang", at("/my")),
    Stop("receipt", "portal:receipt", "chen", _granted(before="/receipts/"), main=True),
    Stop("receipt-waiting", "portal:receipt", WAITING, _waiting("/receipts/")),
    Stop("case-granted", "portal:case", "chen", _granted(), main=True),
    Stop("case-waiting", "portal:case", WAITING, _waiting()),
    Stop("case-correcting", "portal:case", ASKED, _asked()),
    Stop("case-refused", "portal:case", REFUSED, _refused_case),
    Stop("supplement", "portal:supplement", ASKED, _asked("/supplement")),
    Stop("mend", "portal:mend", ASKED, _mend),
    Stop("apply-already", "portal:begin", "chen", _has_it("/items/elderly_allowance/apply"), main=True),
    Stop("apply-under-way", "portal:begin", WAITING, _under_way),
    Stop("guide-already", "portal:guide", "chen", _has_it("/items/elderly_allowance"), main=True),
    Stop("mine", "portal:mine", "chen", at("/my"), main=True),
    Stop("messages", "portal:messages", "chen", at("/my/messages")),
    Stop("message", "portal:message", "chen", _message),
    Stop("channels", "portal:channels", "chen", at("/my/channels")),
    Stop("mail", "portal:mail", "chen", at("/my/mail")),
    Stop("mail-error", "portal:mail", "chen", _wrong_mail),
    Stop("mail-confirm", "portal:mail_confirm", "chen", _mailed),
    Stop("rate", "portal:rate", "chen", _granted("/rating")),
    Stop("rated", "portal:rate", "chen", rate),
    Stop("my-payments", "portal:payments", "chen", at("/my/payments")),
    Stop("real-name-known", "portal:real_name", "chen", at("/my/real-name")),
)
