"""Pages of the registers: places, persons, companies, laws, files."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.stops.stop import Stop, at, first, save
from tests.journeys.walk import Walk


def _occupants(_walk: Walk, page: Page) -> None:
    """Who is registered in a building, for a reason."""
    page.goto("/desk/places/4401040031040001")
    page.locator("#reason").fill("入户走访前核对在册人员")
    page.locator("form.form-page button").click()
    page.locator("#occupants").wait_for()


def people_found(walk: Walk, page: Page) -> None:
    page.goto("/desk/search?q=陈")
    page.locator("#reason").fill("核实高龄津贴申请人的户籍信息")
    page.locator("form.form-page .button-row button").first.click()  # in either language
    page.locator(".card", has=page.locator("#persons")).locator("tbody tr").first.wait_for()


def _file_why(walk: Walk, page: Page) -> None:
    people_found(walk, page)
    page.locator(".card", has=page.locator("#persons")).locator("tbody th a").first.click()
    page.locator("#case").wait_for()


def _file(walk: Walk, page: Page) -> None:
    """The whole file of somebody, for a reason."""
    _file_why(walk, page)
    page.locator("#reason").fill("核实高龄津贴申请人的户籍信息")
    save(page)
    page.locator("#category-identity").wait_for()


def _file_no_case(walk: Walk, page: Page) -> None:
    _file_why(walk, page)
    page.locator("#case").fill("YX2026-0000-00000")
    save(page)
    page.locator(".error-summary").wait_for()


def _file_as_of(walk: Walk, page: Page) -> None:
    """The same as it was on an earlier day."""
    _file(walk, page)
    page.locator("details.more-acts summary").first.click()
    page.locator("#on").fill("2020-05-01")
    page.locator("details.more-acts form button").first.click()
    page.locator(".notice--warning").first.wait_for()


def _entering(walk: Walk, page: Page) -> None:
    """One category of somebody, with what the office may enter."""
    _file(walk, page)
    page.locator("form[action$='/enter/marriage'] button").click()
    page.locator("#because").wait_for()


def _entering_nothing(walk: Walk, page: Page) -> None:
    _entering(walk, page)
    save(page)
    page.locator(".error-summary").wait_for()


def _dying(walk: Walk, page: Page) -> None:
    """What is asked where somebody died."""
    _file(walk, page)
    page.locator("form[action$='/death'] button").click()
    page.locator("#because").wait_for()


def _dying_on_no_day(walk: Walk, page: Page) -> None:
    _dying(walk, page)
    page.locator("#because").fill("REG-2026-001")
    save(page)
    page.locator(".error-summary").wait_for()


def _household(walk: Walk, page: Page) -> None:
    """The book somebody stands in, and what may become of it."""
    _file(walk, page)
    page.locator("form[action$='/book'] button").click()
    page.locator("#act-join summary").click()


def _household_wrong(walk: Walk, page: Page) -> None:
    _household(walk, page)
    page.locator("#book-join").fill("440199001-9999")
    page.locator("#because-join").fill("REG-2026-001")
    page.locator("#act-join .button-row button").click()
    page.locator(".error-summary").wait_for()


def _new_person_doubted(_walk: Walk, page: Page) -> None:
    """Somebody whose number fails its check."""
    page.goto("/desk/register/persons/new")
    page.locator("#name").fill("何小满")
    page.locator("#id_number").fill("440199195001010010")
    page.locator("#division").select_option(index=1)
    page.locator("#address").fill("榕荫街12号之一2栋301房")
    page.locator("#because").fill("REG-2026-001")
    save(page)
    page.locator("#sure").wait_for()


def _company_entry(_walk: Walk, page: Page) -> None:
    """What may be entered of a company, the first form unfolded."""
    page.goto("/desk/register/companies/91440199MA00000230/enter")
    page.locator("#act-change summary").click()


def _company_entry_wrong(walk: Walk, page: Page) -> None:
    _company_entry(walk, page)
    page.locator("#act-change .button-row button").click()
    page.locator(".error-summary").wait_for()


def _law_entry_wrong(_walk: Walk, page: Page) -> None:
    """A law whose days are in the wrong order."""
    page.goto("/desk/register/laws/of/meals_for_the_old/enter")
    page.locator("#valid_until").fill("2020-01-01")
    page.locator("#because").fill("2026-008")
    save(page)
    page.locator(".error-summary").wait_for()


def _room(_walk: Walk, page: Page) -> None:
    """One room of a building, and who is there."""
    page.goto("/desk/places/4401040031040001")
    page.locator("table th a[href*='/rooms/']").first.click()
    page.locator("#reason").fill("入户走访前核对在册人员")
    page.locator("form.form-page button").click()
    page.locator("#occupants").wait_for()


def _register_previewed(walk: Walk, page: Page) -> None:
    page.goto("/desk/register/imports")
    rows = [
        "记录号,数据日期,姓名,公民身份号码,学历",
        "T-1,2026-11-18,何小满,440199195001010018,本科",
        "T-2,昨天,张伟,,大学",
    ]
    page.locator("#file").set_input_files(
        {"name": "人口.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode("gb18030")}
    )
    page.locator("button[value=preview]").click()
    page.locator("#report").wait_for()


def _licence_no_reason(walk: Walk, page: Page) -> None:
    """A licence that somebody wants to suspend without a reason."""
    first("/desk/licences", ".listing__title a")(walk, page)
    page.locator("input[name=act][value=suspended]").check()
    save(page)
    page.locator(".error-summary").wait_for()


def _licence_opened(walk: Walk, page: Page) -> None:
    """A licence that its holder let the bureau look at."""
    page.goto("/desk/licences/granted")
    page.locator("tbody form button").first.click()
    page.wait_for_url("**/granted/*")


REGISTERS = (
    Stop("licences", "desk:licences", "licences", at("/desk/licences"), main=True),
    Stop("licences-granted", "desk:licences_granted", "licences", at("/desk/licences/granted"), main=True),
    Stop("licence-opened", "desk:licence_opened", "licences", _licence_opened),
    Stop("licences-none", "desk:licences", "licences", at("/desk/licences?q=无此证照")),
    Stop("desk-licence", "desk:licence", "licences", first("/desk/licences", ".listing__title a"), main=True),
    Stop("desk-licence-error", "desk:licence_act", "licences", _licence_no_reason),
    Stop("places", "desk:places", "window", at("/desk/places?q=4401040031040")),
    Stop("place", "desk:place", "window", at("/desk/places/4401040031040001"), main=True),
    Stop("place-occupants", "desk:place", "window", _occupants),
    Stop("room", "desk:room", "window", _room, main=True),
    Stop("grids", "desk:grids", "window", at("/desk/places/grids")),
    Stop("residents", "desk:residents", "window", first("/desk/places/grids", "a[href*='/committees/']")),
    Stop("grid", "desk:grid", "window", first("/desk/places/grids", ".listing__title a")),
    Stop("person-entry", "desk:person_entry", "register", _entering, main=True),
    Stop("person-entry-wrong", "desk:person_entry", "register", _entering_nothing),
    Stop("person-death", "desk:person_death", "register", _dying, main=True),
    Stop("person-death-wrong", "desk:person_death", "register", _dying_on_no_day),
    Stop("person-household", "desk:person_household", "register", _household, main=True),
    Stop("person-household-wrong", "desk:person_household", "register", _household_wrong),
    Stop("person-new", "desk:person_new", "register", at("/desk/register/persons/new"), main=True),
    Stop("person-new-doubts", "desk:person_new", "register", _new_person_doubted),
    Stop("person-as-of", "desk:person_file", "register", _file_as_of),
    Stop("companies", "desk:companies", "leader", at("/desk/register/companies")),
    Stop("companies-none", "desk:companies", "leader", at("/desk/register/companies?q=无此企业")),
    Stop("company", "desk:company", "leader", at("/desk/register/companies/91440199MA00000230"), main=True),
    Stop("company-entry", "desk:company_entry", "companies", _company_entry, main=True),
    Stop("company-entry-wrong", "desk:company_entry", "companies", _company_entry_wrong),
    Stop(
        "company-as-of",
        "desk:company",
        "leader",
        at("/desk/register/companies/91440199MA00000230?on=2020-05-01"),
    ),
    Stop("desk-laws", "desk:laws", "laws", at("/desk/register/laws"), main=True),
    Stop("desk-laws-mending", "desk:laws_mending", "laws", at("/desk/register/laws/mending"), main=True),
    Stop("desk-law", "desk:law", "laws", at("/desk/register/laws/of/temporary_relief_rules"), main=True),
    Stop(
        "desk-law-as-of",
        "desk:law",
        "laws",
        at("/desk/register/laws/of/temporary_relief_rules?on=2020-05-01"),
    ),
    Stop("law-new", "desk:law_new", "laws", at("/desk/register/laws/new")),
    Stop(
        "law-entry", "desk:law_entry", "laws", at("/desk/register/laws/of/meals_for_the_old/enter"), main=True
    ),
    Stop("law-entry-wrong", "desk:law_entry", "laws", _law_entry_wrong),
    Stop("register-imports", "desk:imports", "register", at("/desk/register/imports"), main=True),
    Stop("register-imports-wrong", "desk:imports", "register", _register_previewed),
    Stop(
        "register-undo",
        "desk:imports_undo",
        "register",
        first("/desk/register/imports", "td a[href$='/undo']"),
    ),
    Stop("person-file-why", "desk:person_file", "window", _file_why),
    Stop("person-file-no-case", "desk:person_file", "window", _file_no_case),
    Stop("person-file", "desk:person_file", "window", _file, main=True),
)
