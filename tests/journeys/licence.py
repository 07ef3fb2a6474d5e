"""What becomes of a licence in a browser: found in the wallet, shown on a phone, verified by a stranger, used, suspended."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.chromium import axe, overflow
from tests.journeys.steps import awaited

FOOD = "食品经营许可证"


def downloaded(owner: Page, folder: Path, company: str) -> Path:
    """The owner opens the licence on a phone and takes its sealed file along."""
    owner.goto("/my/licences")
    pocket = owner.locator("section", has=owner.get_by_role("heading", name=company))
    pocket.get_by_role("link", name=FOOD).click()
    awaited(owner, lambda: owner.get_by_role("link", name="下载电子证照"))
    _looked_at(owner)
    with owner.expect_download() as coming:
        owner.get_by_role("link", name="下载电子证照").click()
    file = folder / "licence.pdf"
    coming.value.save_as(file)
    return file


def shown(owner: Page, stranger: Page) -> None:
    """A minute's code on the owner's phone, read by somebody else; the owner sees that it was."""
    card = owner.url
    owner.get_by_role("button", name="出示").click()
    code = owner.locator(".licence-code__written").inner_text()
    _looked_at(owner)
    stranger.goto(f"/licences/show/{code}")
    expect(stranger.get_by_text("证照有效")).to_be_visible()
    _looked_at(stranger)
    owner.goto(card)
    expect(owner.get_by_role("region", name="用证记录").get_by_text("扫码查看")).to_be_visible()


def verified(stranger: Page, file: Path, *, holds: bool) -> None:
    """A stranger uploads the file, in English, and is told in five answers."""
    stranger.goto("/verify")
    english = {
        "name": "django_language",
        "value": "en",
        "domain": urlsplit(stranger.url).hostname,
        "path": "/",
    }
    stranger.context.add_cookies([{**english, "sameSite": "Lax"}])
    stranger.reload()
    stranger.locator("#file").set_input_files(file)
    stranger.get_by_role("button", name="Examine the file").click()
    for answer in ("as_issued", "sealed", "whole", "authorised"):
        expect(stranger.locator(f"#answer-{answer} .tag")).to_have_text("Yes")
    expect(stranger.locator("#answer-in_force .tag")).to_have_text("Yes" if holds else "No")
    _looked_at(stranger)


def suspended(keeper: Page, company: str) -> None:
    """The keeper of licences lets it rest, with a reason."""
    keeper.goto("/desk/licences")
    keeper.locator("tr", has_text=company).filter(has_text="有效").get_by_role("link").first.click()
    keeper.get_by_label("暂停").check()
    keeper.locator("#because").fill("现场检查发现加工场所未保持整洁，责令整改")
    keeper.get_by_role("button", name="确认办理").click()
    expect(keeper.get_by_text("该证照现在已暂停")).to_be_visible()


def _looked_at(page: Page) -> None:
    assert axe(page) == []
    assert not overflow(page)
