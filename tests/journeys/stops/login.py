"""Pages by which staff log in and guard their account: one new colleague goes through all of them."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from tests.journeys.stops.stop import Stop, at, save
from tests.journeys.walk import Walk

_PASSWORD = "木棉花开 2026 longer"
_NAME = "xin.tongshi"
_STEP = 30  # seconds for which a code of an authenticator holds


def _colleague(walk: Walk, page: Page) -> str:
    """The page of the new colleague's account, which the administrator opens."""

    def open_account() -> str:
        page.goto("/desk/admin/people")
        page.locator("#act-open summary").click()
        page.locator("#act-open").get_by_label("用户名").fill(_NAME)
        page.locator("#act-open").get_by_label("姓名").fill("新同事")
        page.locator("#act-open button").click()
        page.wait_for_url("**/people/*")
        return page.url

    return str(walk.once("colleague", open_account))


def _link_page(walk: Walk, page: Page) -> None:
    """The administrator makes the link by which the password is set."""
    page.goto(_colleague(walk, page))
    page.locator("form[action$='set-up-link'] button").click()
    page.wait_for_url("**/set-up-link")


def _set_up(walk: Walk, page: Page) -> None:
    def link() -> str:
        administrator = walk.as_("system")
        _link_page(walk, administrator)
        address = administrator.locator(".breakable [data-copy-target=source]").inner_text()
        return "/staff/" + address.split("/staff/")[1]

    page.goto(str(walk.once("set-up link", link)))


def _wrong_password(walk: Walk, page: Page) -> None:
    page.goto("/staff/login")
    page.locator("#login").fill(_NAME)
    page.locator("#password").fill("wrong")
    save(page)
    page.locator(".error-summary").wait_for()


def _activate(walk: Walk, page: Page) -> None:
    def choose() -> None:
        _set_up(walk, page)
        page.locator("#password").fill(_PASSWORD)
        page.locator("#again").fill(_PASSWORD)
        save(page)
        _log_in(page)

    walk.once("chosen", choose)
    page.goto("/staff/security/authenticator")


def _codes(walk: Walk, page: Page) -> None:
    def activate() -> str:
        _activate(walk, page)
        secret = page.locator("figcaption code").inner_text()
        page.locator("#code").fill(_code(secret))
        save(page)
        return secret

    walk.once("secret", activate)
    if not page.url.endswith("/recovery-codes"):
        page.goto("/staff/security/recovery-codes")


def _at(address: str):
    def way(walk: Walk, page: Page) -> None:
        _codes(walk, page)
        page.goto(address)

    return way


def _second_factor(walk: Walk, page: Page) -> None:
    _codes(walk, walk.as_("@colleague"))
    if re.search("second-factor", page.url):
        return
    page.goto("/staff/login")
    _log_in(page)
    page.wait_for_url("**/second-factor*")


def _log_in(page: Page) -> None:
    page.locator("#login").fill(_NAME)
    page.locator("#password").fill(_PASSWORD)
    save(page)


def _code(secret: str) -> str:
    """What the authenticator shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // _STEP)))


LOGIN = (
    Stop("staff-login", "account_login", "@staff", at("/staff/login"), main=True),
    Stop("set-up-link", "desk:set_up_link", "system", _link_page),
    Stop("set-up", "staff_set_up", "@staff", _set_up),
    Stop("set-up-gone", "staff_set_up", "@staff", at("/staff/set-up/nobody")),
    Stop("staff-login-error", "account_login", "@staff", _wrong_password),
    Stop("inactive", "account_inactive", "@staff", at("/staff/inactive")),
    Stop("authenticator", "mfa_activate_totp", "@colleague", _activate),
    Stop("recovery-codes", "mfa_view_recovery_codes", "@colleague", _codes),
    Stop(
        "recovery-codes-new",
        "mfa_generate_recovery_codes",
        "@colleague",
        _at("/staff/security/recovery-codes/new"),
    ),
    Stop("security", "mfa_index", "@colleague", _at("/staff/security")),
    Stop(
        "authenticator-replace",
        "mfa_deactivate_totp",
        "@colleague",
        _at("/staff/security/authenticator/replace"),
    ),
    Stop("sessions", "staff_sessions", "@colleague", _at("/staff/sessions")),
    Stop("password", "account_change_password", "@colleague", _at("/staff/password")),
    Stop("proof", "account_reauthenticate", "@colleague", _at("/staff/proof")),
    Stop("proof-code", "mfa_reauthenticate", "@colleague", _at("/staff/proof/code")),
    Stop("logout", "account_logout", "@colleague", _at("/staff/logout")),
    Stop("second-factor", "mfa_authenticate", "@staff", _second_factor),
)
