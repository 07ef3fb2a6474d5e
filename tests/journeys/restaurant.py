"""Opening a small restaurant in a browser, page by page, in whatever language."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page

from tests.journeys.steps import number_on
from tests.journeys.stops.stop import save

ITEM = "/items/small_restaurant"
OUTLET = "楼顶，距最近住宅窗户十二米"
EXTINGUISHERS = "干粉灭火器十二具，应急照明齐全"
BOARD = "荔枝湾小厨（门头）"


def begin(page: Page, company: str) -> str:
    """From the page before an application into the form, for a company; the draft's address."""
    page.goto(f"{ITEM}/apply")
    if page.get_by_label(company).count():
        page.get_by_label(company).check()
        save(page)
    if page.url.partition("?")[0].endswith("/apply"):
        save(page)
    page.wait_for_url("**/drafts/*/**")
    return page.url.split("/pages/")[0].removesuffix("/check")


def choose(page: Page, name: str, value: str) -> None:
    """Choose an answer."""
    page.locator(f"input[name='{name}'][value='{value}']").check()


def describe(page: Page, draft: str, *, cooking: str, area: int, sign: str = "yes") -> None:
    """Answer the questions about the situation."""
    page.goto(f"{draft}/pages/cooking")
    choose(page, "scene.cooking", cooking)
    save(page)
    page.locator("[name='scene.area']").fill(str(area))
    choose(page, "scene.dine_in", "yes")
    save(page)
    choose(page, "scene.sign", sign)
    choose(page, "scene.renovation", "no")
    choose(page, "scene.central_air", "no")
    save(page)


def fill_in(page: Page, photo: FilePayload) -> None:
    """Everything that is asked after the situation, up to the page where it is checked."""
    answers = {
        "shop.name": "荔枝湾小厨", "shop.dishes": "粥粉面饭", "fire.exits": "3", "fire.equipment": EXTINGUISHERS,
        "fumes.stoves": "3", "fumes.outlet": OUTLET, "board.words": BOARD, "board.size": "宽 3 米，高 0.8 米",
    }  # fmt: skip
    for _page in range(12):
        if page.url.endswith("/check"):
            return
        for name, value in answers.items():
            if page.locator(f"[name='{name}']").count():
                page.locator(f"[name='{name}']").fill(value)
        for upload in page.locator(
            "input[type=file][required], .field:not(:has(.field__optional)) input[type=file]"
        ).all():
            upload.set_input_files(photo)
        if page.locator("input[name='declaration.true']").count():
            page.locator("input[name='declaration.true']").check()
        here = page.url
        save(page)
        page.wait_for_url(lambda address, left=here: address != left)


def hand_in(page: Page) -> str:
    """Hand in; the number of the case."""
    with page.expect_navigation():
        page.locator(".button-row .btn-primary").first.click()
    page.wait_for_url("**/receipts/*")
    return number_on(page)
