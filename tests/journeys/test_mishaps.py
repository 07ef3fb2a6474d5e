"""What goes wrong on the way: clicked twice, gone back, thrown out, cut off, tampered with. Nothing is lost or doubled."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import act, apply, begin, cases_of, end_sessions, fill_in, go_on, log_in, number_on

pytestmark = [pytest.mark.browser, pytest.mark.product]

TWO_AT_ONCE = """async () => {
  const form = document.querySelector("form[action$='/submit']");
  const sent = [0, 1].map(() => fetch(form.action, {method: "POST", body: new FormData(form)}));
  return (await Promise.all(sent)).map(answer => `${answer.status} ${new URL(answer.url).pathname}`);
}"""
SCRIPT = "<script>document.title='闯入'</script><img src=x onerror=\"document.title='闯入'\">"


def test_two_clicks_are_one_case(applicant):
    page = applicant("19800000201")
    before = cases_of(page)
    fill_in(page)
    first, second = page.evaluate(TWO_AT_ONCE)
    assert first == second
    assert re.fullmatch(r"200 /receipts/YX[\d-]+", first)
    assert cases_of(page) == before + 1


def test_the_back_button_leads_to_the_receipt_and_not_to_a_second_case(applicant):
    page = applicant("19800000202")
    number = apply(page)
    before = cases_of(page)
    page.go_back()
    page.go_back()
    expect(page.get_by_role("button", name="确认提交").or_(page.get_by_text("收件回执"))).to_be_visible()
    if page.get_by_role("button", name="确认提交").count():
        page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text("收件回执")).to_be_visible()
    assert number_on(page) == number
    assert cases_of(page) == before


def test_of_two_clerks_the_second_is_told_who_was_faster(applicant, enter):
    number = apply(applicant("19800000203"), other=True)
    first, second = enter("clerk", desk=True), enter("window", desk=True)
    for page in (first, second):
        page.goto(f"/desk/cases/{number}")
        expect(page.get_by_role("button", name="受理", exact=True)).to_be_visible()
    first.get_by_role("button", name="受理", exact=True).click()
    expect(first.get_by_text(f"{number} 已办理：受理。")).to_be_visible()
    second.get_by_role("button", name="受理", exact=True).click()
    expect(second.locator("#main")).to_contain_text("没有办成")
    expect(second.locator("#main")).to_contain_text("此任务已由何志强办理，您的操作没有生效。")


def test_thrown_out_while_typing_and_everything_is_still_there(enter, stranger, district):
    page = enter("huang")
    page.goto("/items/elderly_allowance/apply")
    begin(page)
    go_on(page)
    page.get_by_label("开户银行").fill("打到一半的银行")
    page.get_by_label("银行账号").fill("62220212")
    end_sessions(district, "19900000002")
    go_on(page)

    expect(page.get_by_text("登录已过期。刚才填写的内容已为您留存，登录后可以接着填。")).to_be_visible()
    log_in(page, stranger, "19900000002")
    expect(page.get_by_text("刚才的内容还没有保存")).to_be_visible()
    expect(page.get_by_label("开户银行")).to_have_value("打到一半的银行")
    expect(page.get_by_label("银行账号")).to_have_value("62220212")


def test_a_clerk_thrown_out_finds_what_was_saved_while_typing(enter, old_person, district):
    page = enter("window", desk=True)
    page.goto("/station/items/elderly_allowance")
    page.get_by_label("公民身份号码").fill(old_person.number)
    page.get_by_label("姓名", exact=True).fill(old_person.name)
    page.get_by_role("button", name="核对并开始").click()
    page.get_by_label("开户银行").fill("打到一半的银行")
    expect(page.get_by_text(re.compile("已保存 [0-9]"))).to_be_visible()
    end_sessions(district, "demo.window")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page).to_have_url(re.compile("/staff/login"))

    again = enter("window", desk=True)
    again.goto("/station/")
    again.get_by_role("row", name=re.compile(f"{old_person.name[0]}＊")).get_by_role("link").first.click()
    expect(again.get_by_label("开户银行")).to_have_value("打到一半的银行")


def test_an_official_thrown_out_finds_the_opinion_typed(applicant, enter, district):
    number = apply(applicant("19800000207"), other=True)
    page = enter("clerk", desk=True)
    page.goto(f"/desk/cases/{number}")
    page.get_by_label("意见").first.fill("电话核实，未在外地领取。")
    end_sessions(district, "demo.clerk")
    page.get_by_role("button", name="受理", exact=True).click()
    expect(page).to_have_url(re.compile("/staff/login"))
    expect(page.get_by_text("刚才填写的内容已为您留存，登录后可以接着填。")).to_be_visible()
    page.goto("/try/")
    page.locator('form[action$="/clerk"] button').click()
    page.goto(f"/desk/cases/{number}")
    expect(page.get_by_text("刚才的操作没有提交")).to_be_visible()
    expect(page.get_by_label("意见").first).to_have_value("电话核实，未在外地领取。")
    page.get_by_role("button", name="受理", exact=True).click()
    expect(page.get_by_text(f"{number} 已办理：受理。")).to_be_visible()


def test_cut_off_in_the_middle_of_an_upload_and_the_file_is_still_there(applicant, photo):
    page = applicant("19800000206")
    page.goto("/items/elderly_allowance/apply")
    begin(page)
    page.goto(urlsplit(page.url).path.rpartition("/")[0] + "/agent")
    page.get_by_label("是").check()
    go_on(page)
    page.get_by_label("委托书").set_input_files(photo)
    address = urlsplit(page.url).path
    page.route(
        f"**{address}*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    go_on(page)
    expect(page.get_by_text("没有传成功，文件还在这里。")).to_be_visible()
    assert page.get_by_label("委托书").evaluate("field => field.files[0].name") == "委托书.png"

    page.unroute_all()
    page.get_by_label("代办人姓名").fill("李小明")
    go_on(page)
    expect(page.get_by_role("listitem").filter(has_text="委托书.png")).to_be_visible()
    expect(page.get_by_label("代办人姓名")).to_have_value("李小明")


def test_what_is_no_text_is_shown_as_text_everywhere(applicant, enter):
    resident = applicant("19800000204")
    said: list[str] = []
    resident.on("dialog", lambda dialog: said.append(dialog.message))
    number = apply(resident, other=True, bank=SCRIPT[:80], agent=True)
    resident.goto(f"/cases/{number}")
    expect(resident.get_by_text(SCRIPT[:80])).to_be_visible()

    clerk = enter("clerk", desk=True)
    act(clerk, number, "受理")
    act(clerk, number, "拟不同意", reason=SCRIPT)
    clerk.goto(f"/desk/cases/{number}")
    for words in (SCRIPT[:80], SCRIPT):
        expect(clerk.get_by_text(words).first).to_be_visible()
    act(enter("approver", desk=True), number, "不予发放", reason=SCRIPT)
    resident.goto(f"/cases/{number}")
    expect(resident.get_by_text(SCRIPT).first).to_be_visible()
    for page in (resident, clerk):
        assert "闯入" not in page.title()
        assert not page.locator("#main script, #main img[src=x]").count()
    assert said == []


def test_another_persons_number_opens_no_door(applicant, enter, stranger):
    number = apply(applicant("19800000205"))
    other = enter("huang")
    for address in (
        f"/cases/{number}",
        f"/receipts/{number}",
        f"/cases/{number}/supplement",
        f"/cases/{number}/rating",
    ):
        answer = other.goto(address)
        assert answer
        assert answer.status == 404, address
        expect(other.get_by_role("heading", name="没有找到这一页")).to_be_visible()
    stranger.goto("/progress")
    stranger.get_by_label("受理编号").fill(number)
    stranger.get_by_label("手机号或证件号码的后四位").fill("9999")
    stranger.get_by_role("button", name="查询").click()
    expect(
        stranger.get_by_text("没有查到。请核对受理编号，以及手机号或证件号码的后四位。").first
    ).to_be_visible()
    expect(stranger.get_by_label("受理编号")).to_have_value(number)
