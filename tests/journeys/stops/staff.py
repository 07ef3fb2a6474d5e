"""Pages of staff: desk, window, administration."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.steps import number_on
from tests.journeys.stops.portal import rate
from tests.journeys.stops.stop import Stop, Way, at, first, save
from tests.journeys.walk import Walk


def _window_company(walk: Walk, page: Page) -> None:
    page.goto("/station/items/outdoor_sign")
    page.locator("#number").fill("91440199MA00000230")
    page.locator("#name").fill("示例泮水食品有限公司")
    save(page)
    page.wait_for_url("**/station/drafts/*")


def _window_error(walk: Walk, page: Page) -> None:
    page.goto("/station/items/elderly_allowance")
    page.locator("#number").fill("44019919450101000X")
    page.locator("#name").fill("陈玉珍")
    save(page)
    page.locator(".error-summary").wait_for()


def _window_already(walk: Walk, page: Page) -> None:
    """Somebody whose application of last week waits for a supplement."""
    page.goto("/station/items/elderly_allowance")
    page.locator("#number").fill(walk.identity_number("liang"))
    page.locator("#name").fill("梁婉仪")
    save(page)
    page.locator(".notice--warning").wait_for()


def _window_draft(walk: Walk, page: Page) -> None:
    def begin() -> str:
        page.goto("/station/items/elderly_allowance")
        page.locator("#number").fill(walk.identity_number("li"))
        page.locator("#name").fill("李惠兰")
        save(page)
        page.wait_for_url("**/station/drafts/*")
        return page.url

    page.goto(str(walk.once("window draft", begin)))


def _window_errors(walk: Walk, page: Page) -> None:
    _window_draft(walk, page)
    page.locator("button[value=check]").click()
    page.locator(".error-summary").wait_for()


def _window_number(walk: Walk, page: Page) -> str:
    """The number of a case that was taken in at the window."""

    def hand_in() -> str:
        _window_draft(walk, page)
        page.get_by_label("联系电话").fill("19900000004")
        page.get_by_label("开户银行").fill("示例银行越秀支行")
        page.get_by_label("银行账号").fill("6222 0212 3456 7890")
        for question in ("agent.is_agent", "declaration.other_allowance"):
            page.locator(f"input[name='{question}']").last.check()
        page.locator("input[name='declaration.true']").check()
        for _ in range(3):
            page.locator("button[value=submit]").click()
            page.wait_for_load_state("load")
            if "/station/cases/" in page.url:
                break
            page.locator("[name$='~sure']").check()
        return number_on(page)

    return str(walk.once("window case", hand_in))


def _window(before: str) -> Way:
    def way(walk: Walk, page: Page) -> None:
        page.goto(f"{before}{_window_number(walk, page)}")

    return way


def _desk_case_error(walk: Walk, page: Page) -> None:
    """Send what the clerk must say more about, without saying it."""
    page.goto("/desk/?tab=todo")
    page.locator("tr", has_text="街道受理").locator(".listing__title a").first.click()
    page.locator("details.more-acts > summary").click()
    page.locator("details.more-acts form .btn-primary").click()
    page.wait_for_load_state("load")


def _too_late(walk: Walk, page: Page) -> None:
    """Press a button on a task that somebody else has done meanwhile."""
    first("/desk/?tab=todo", ".listing__title a")(walk, page)
    other = page.context.new_page()
    other.goto(page.url)
    for window in (other, page):
        window.locator("#reason").fill("核对无误。")
        window.locator("button[name=action].btn-primary").first.click()
        window.wait_for_load_state("load")
    other.close()
    page.locator(".notice--danger").wait_for()


def _occupants(_walk: Walk, page: Page) -> None:
    """Who is registered in a building, for a reason."""
    page.goto("/desk/places/4401040031040001")
    page.locator("#reason").fill("入户走访前核对在册人员")
    page.locator("form.form-page button").click()
    page.locator("#occupants").wait_for()


def _people_found(walk: Walk, page: Page) -> None:
    page.goto("/desk/search?q=陈")
    page.locator("#reason").fill("核实高龄津贴申请人的户籍信息")
    page.locator("form.form-page .button-row button").first.click()  # in either language
    page.locator(".card", has=page.locator("#persons")).locator("tbody tr").first.wait_for()


def _typing(walk: Walk, page: Page) -> None:
    page.goto("/desk/")
    page.keyboard.press("Control+k")
    page.keyboard.type("YX2026")
    page.locator("#seek-found [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")


def _file_why(walk: Walk, page: Page) -> None:
    _people_found(walk, page)
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


def _guarding_wrong(walk: Walk, page: Page) -> None:
    page.goto("/desk/admin/guarding")
    page.locator("#name").fill("何小满")
    page.locator("#number").fill("440199195001010018")
    page.locator("form.form-page .button-row button").first.click()
    page.locator(".error-summary").wait_for()


def _batch(walk: Walk, page: Page) -> None:
    page.goto("/desk/?tab=todo")
    boxes = page.locator("input[name=task]")
    for number in range(min(3, boxes.count())):
        boxes.nth(number).check()
    page.locator(".toolbar--bulk button").first.click()
    page.locator("h1", has_text="批量").wait_for()


def _granted_at_desk(walk: Walk, page: Page) -> None:
    page.goto(f"/desk/cases/{walk.granted()}")


def _redress(walk: Walk, page: Page) -> None:
    walk.once("rated", lambda: rate(walk, walk.as_("chen")))
    first("/desk/redress", ".listing__title a")(walk, page)


def _payment(walk: Walk, page: Page) -> None:
    """One that is paid, from the list of the month."""
    first("/desk/payments", ".listing__title a")(walk, page)
    page.goto(str(page.locator("a[href*='/of/']").first.get_attribute("href")))


def _payment_errors(walk: Walk, page: Page) -> None:
    _payment(walk, page)
    page.locator("form[action$='/stop']").locator("..").locator("summary").click()
    page.locator("form[action$='/stop'] button").click()
    page.locator(".error-summary").wait_for()


def _payment_account(walk: Walk, page: Page) -> None:
    _payment(walk, page)
    page.locator("a[href$='/account']").click()
    page.locator("#again").wait_for()


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


STAFF = (
    Stop("desk", "desk:home", "clerk", at("/desk/"), main=True),
    Stop("desk-mine", "desk:home", "clerk", at("/desk/?tab=mine")),
    Stop("desk-done", "desk:home", "clerk", at("/desk/?tab=done")),
    Stop("desk-nothing", "desk:home", "clerk", at("/desk/?words=zzz")),
    Stop("desk-case", "desk:case", "clerk", first("/desk/", ".listing__title a"), main=True),
    Stop("desk-objection", "desk:case", "objection", first("/desk/", ".listing__title a"), main=True),
    Stop("desk-case-error", "desk:supplement", "clerk", _desk_case_error),
    Stop("desk-case-granted", "desk:case", "approver", _granted_at_desk),
    Stop("desk-case-department", "desk:case", "fire", first("/desk/", ".listing__title a"), main=True),
    Stop("desk-case-merged", "desk:case", "lead_head", first("/desk/", ".listing__title a")),
    Stop("desk-search", "desk:search", "clerk", at("/desk/search")),
    Stop("desk-search-found", "desk:search", "clerk", at("/desk/search?q=YX2026")),
    Stop("desk-search-typing", "desk:home", "clerk", _typing),
    Stop("desk-search-people", "desk:search", "window", _people_found),
    Stop("desk-messages", "desk:messages", "clerk", at("/desk/messages")),
    Stop("delegations", "desk:delegations", "clerk", at("/desk/delegations")),
    Stop("keys-desk", "ui:keys", "clerk", at("/keys")),
    Stop("places", "desk:places", "window", at("/desk/places?q=4401040031040")),
    Stop("place", "desk:place", "window", at("/desk/places/4401040031040001"), main=True),
    Stop("place-occupants", "desk:place", "window", _occupants),
    Stop("late", "desk:late", "leader", at("/desk/late"), main=True),
    Stop("workdays", "desk:workdays", "system", at("/desk/admin/workdays")),
    Stop(
        "workdays-report",
        "desk:workdays_report",
        "system",
        first("/desk/admin/workdays", ".listing__title a"),
    ),
    Stop("moves", "desk:moves", "system", at("/desk/admin/moves")),
    Stop("moves-nobody", "desk:moves", "system", at("/desk/admin/moves?pack=elderly_allowance")),
    Stop("extensions", "desk:extensions", "approver", at("/desk/extensions")),
    Stop("extensions-none", "desk:extensions", "clerk", at("/desk/extensions")),
    Stop("cards", "desk:cards", "leader", at("/desk/cards"), main=True),
    Stop("cards-none", "desk:cards", "leader", at("/desk/cards?state=annulled&colour=red")),
    Stop("card", "desk:card", "leader", first("/desk/cards", ".listing__title a")),
    Stop("payments", "desk:payments", "payer", at("/desk/payments")),
    Stop("payment-list", "desk:payment_list", "payer", first("/desk/payments", ".listing__title a")),
    Stop("payment", "desk:payment", "payer", _payment, main=True),
    Stop("payment-errors", "desk:payment_order", "payer", _payment_errors),
    Stop("payment-account", "desk:payment_account", "payer", _payment_account),
    Stop("recoveries-none", "desk:recoveries", "payer", at("/desk/payments/recoveries")),
    Stop("redress-list", "desk:redress_list", "leader", at("/desk/redress")),
    Stop("redress", "desk:redress", "leader", _redress),
    Stop("station", "station:home", "window", at("/station/")),
    Stop("station-resident", "station:resident", "window", at("/station/items/elderly_allowance")),
    Stop("station-resident-error", "station:resident", "window", _window_error),
    Stop("station-company", "station:resident", "window", at("/station/items/outdoor_sign")),
    Stop("station-company-draft", "station:draft", "window", _window_company),
    Stop("station-already", "station:resident", "window", _window_already, main=True),
    Stop("station-draft", "station:draft", "window", _window_draft, main=True),
    Stop("station-draft-errors", "station:draft", "window", _window_errors),
    Stop("station-done", "station:done", "window", _window("/station/cases/")),
    Stop("station-receipt", "station:receipt", "window", _window("/station/receipts/")),
    Stop("units", "desk:units", "system", at("/desk/admin/units"), main=True),
    Stop("unit", "desk:unit", "system", first("/desk/admin/units", ".listing__title a")),
    Stop("unit-street", "desk:unit", "system", at("/desk/admin/units/440104-j003")),
    Stop("post", "desk:post", "system", first("/desk/admin/units/440104-j003", "a[href*='/posts/']")),
    Stop("people-accounts", "desk:people", "system", at("/desk/admin/people")),
    Stop("people-errors", "desk:people", "system", _act_with_errors),
    Stop("person", "desk:person", "system", first("/desk/admin/people", ".listing__title a")),
    Stop("directory", "desk:directory", "system", at("/desk/admin/directory")),
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
    Stop("directory-preview", "desk:directory", "system", _preview),
    Stop("divisions", "desk:divisions", "system", at("/desk/admin/divisions")),
    Stop("person-file-why", "desk:person_file", "window", _file_why),
    Stop("person-file-no-case", "desk:person_file", "window", _file_no_case),
    Stop("person-file", "desk:person_file", "window", _file, main=True),
    Stop("guarding", "desk:guarding", "security", at("/desk/admin/guarding"), main=True),
    Stop("guarding-errors", "desk:guarding", "security", _guarding_wrong),
    Stop("marked-looks", "desk:marked_looks", "security", at("/desk/admin/marked-looks")),
    Stop("looks", "desk:looks", "audit", at("/desk/admin/looks"), main=True),
    Stop("looks-none", "desk:looks", "audit", at("/desk/admin/looks?who=nobody")),
    Stop("running", "desk:running", "system", at("/desk/admin/running")),
    Stop("roles", "desk:roles", "security", at("/desk/admin/roles")),
    Stop("role", "desk:role", "security", first("/desk/admin/roles", ".listing__title a")),
    Stop("post-roles", "desk:post_roles", "security", _post_roles),
    Stop("all-delegations", "desk:all_delegations", "security", at("/desk/admin/delegations")),
    Stop("batch", "desk:batch", "approver", _batch),
    Stop("error-409", "desk:complete", "clerk", _too_late),
)
