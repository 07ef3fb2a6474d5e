"""Pages of those who keep the house in order."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.stops.stop import Stop, at, first
from tests.journeys.walk import Walk


def _guarding_wrong(walk: Walk, page: Page) -> None:
    page.goto("/desk/admin/guarding")
    page.locator("#name").fill("何小满")
    page.locator("#number").fill("440199195001010018")
    page.locator("form.form-page .button-row button").first.click()
    page.locator(".error-summary").wait_for()


def _act_with_errors(walk: Walk, page: Page) -> None:
    page.goto("/desk/admin/people")
    page.locator("#act-open summary").click()
    page.locator("#act-open button").click()
    page.locator(".error-summary").wait_for()


def _post_roles(walk: Walk, page: Page) -> None:
    first("/desk/admin/units/440104-j003", "a[href*='/posts/']")(walk, page)
    page.goto(f"{page.url}/roles")


def _preview(walk: Walk, page: Page) -> None:
    page.goto("/desk/admin/directory")
    with page.expect_download() as template:
        page.locator("a[href$='units.csv']").click()
    head = template.value.path().read_text("utf-8-sig").splitlines()[0]
    page.locator("#file").set_input_files(
        {"name": "units.csv", "mimeType": "text/csv", "buffer": f"{head}\nX\n".encode()}
    )
    page.locator("button[value=preview]").click()
    page.locator("#report").wait_for()


def _seal_with_uses(walk: Walk, page: Page) -> None:
    """The bureau's, which came on the decision that was granted."""
    walk.granted()
    page.goto("/desk/seals?q=越秀区民政局")
    page.goto(str(page.locator(".listing__title a").first.get_attribute("href")))


def _change(walk: Walk, page: Page) -> None:
    first("/desk/seals?q=红十字", ".listing__title a")(walk, page)
    page.goto(f"{page.url}/change")


def _change_wrong(walk: Walk, page: Page) -> None:
    _change(walk, page)
    page.locator("#act-destroy summary").click()
    page.locator("#act-destroy input[name$=why]").fill("机构撤销（示例）")
    page.locator("#act-destroy input[name$=sure]").fill("1")
    page.locator("#act-destroy button").click()
    page.locator(".error-summary").wait_for()


def _make_wrong(walk: Walk, page: Page) -> None:
    page.goto("/desk/seals/new")
    page.locator("select[name$=unit]").select_option("440104-mz")
    page.locator("select[name$=kind]").select_option("approval")
    page.locator("#act-make input[name$=number]").fill("44010499000001")
    page.locator("input[name$='-name']").fill("某" * 25)
    page.locator("#act-make input[name$=why]").fill("启用审批专用章（示例）")
    page.locator("#act-make button").click()
    page.locator(".error-summary").wait_for()


def _stamp_wrong(walk: Walk, page: Page) -> None:
    page.goto("/desk/seals/new")
    page.locator("#act-stamp summary").click()
    page.locator("#act-stamp input[name$=number]").fill("44-01")
    page.locator("#act-stamp input[name$=why]").fill("签发文书（示例）")
    page.locator("#act-stamp button").click()
    page.locator(".error-summary").wait_for()


ADMINISTRATION = (
    Stop("workdays", "desk:workdays", "system", at("/desk/admin/workdays")),
    Stop(
        "workdays-report",
        "desk:workdays_report",
        "system",
        first("/desk/admin/workdays", ".listing__title a"),
    ),
    Stop("moves", "desk:moves", "system", at("/desk/admin/moves")),
    Stop("moves-nobody", "desk:moves", "system", at("/desk/admin/moves?pack=elderly_allowance")),
    Stop("units", "desk:units", "system", at("/desk/admin/units"), main=True),
    Stop("unit", "desk:unit", "system", first("/desk/admin/units", ".listing__title a")),
    Stop("unit-street", "desk:unit", "system", at("/desk/admin/units/440104-j003")),
    Stop("post", "desk:post", "system", first("/desk/admin/units/440104-j003", "a[href*='/posts/']")),
    Stop("people-accounts", "desk:people", "system", at("/desk/admin/people")),
    Stop("people-errors", "desk:people", "system", _act_with_errors),
    Stop("person", "desk:person", "system", first("/desk/admin/people", ".listing__title a")),
    Stop("directory", "desk:directory", "system", at("/desk/admin/directory")),
    Stop("directory-preview", "desk:directory", "system", _preview),
    Stop("divisions", "desk:divisions", "system", at("/desk/admin/divisions")),
    Stop("guarding", "desk:guarding", "security", at("/desk/admin/guarding"), main=True),
    Stop("guarding-errors", "desk:guarding", "security", _guarding_wrong),
    Stop("marked-looks", "desk:marked_looks", "security", at("/desk/admin/marked-looks")),
    Stop("looks", "desk:looks", "audit", at("/desk/admin/looks"), main=True),
    Stop("looks-none", "desk:looks", "audit", at("/desk/admin/looks?who=nobody")),
    Stop("seals", "desk:seals", "seals", at("/desk/seals"), main=True),
    Stop("seals-none", "desk:seals", "seals", at("/desk/seals?q=none")),
    Stop("seal", "desk:seal", "seals", _seal_with_uses, main=True),
    Stop("seal-lost", "desk:seal", "seals", first("/desk/seals?state=replaced", ".listing__title a")),
    Stop("seal-make", "desk:seal_make", "seals", at("/desk/seals/new")),
    Stop("seal-make-errors", "desk:seal_make", "seals", _make_wrong),
    Stop("seal-stamp", "desk:seal", "seals", first("/desk/seals?q=高远航", ".listing__title a")),
    Stop("seal-stamp-errors", "desk:seal_make", "seals", _stamp_wrong),
    Stop("seal-change", "desk:seal_change", "seals", _change, main=True),
    Stop("seal-change-errors", "desk:seal_change", "seals", _change_wrong),
    Stop("running", "desk:running", "system", at("/desk/admin/running")),
    Stop("roles", "desk:roles", "security", at("/desk/admin/roles")),
    Stop("role", "desk:role", "security", first("/desk/admin/roles", ".listing__title a")),
    Stop("post-roles", "desk:post_roles", "security", _post_roles),
)
