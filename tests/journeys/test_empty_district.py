"""A real district is set up by hand: its first administrator, units, posts, people and rights, in the browser."""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import io
import re
import struct
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import DESK
from tests.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.product]

PASSWORD = "晨雾里的 白鹭 27"
UNITS = """单位代码,单位名称,单位类型,上级单位代码,区划代码
440104,越秀区人民政府,government,,440104000000
440104-mz,越秀区民政局,department,440104,440104000000
440104-bj,北京街道办事处,subdistrict,440104,440104003000
"""
POSTS = """单位代码,岗位代码,岗位名称,是否负责人
440104,anquan,安全管理员,否
440104-bj,chuangkou,综合窗口 1 号,否
440104-bj,minzheng,民政专干,否
440104-mz,shending,一级主任科员,是
"""
STAFF = """用户名,姓名,单位代码,岗位代码,手机号码
qian.kexin,钱可心,440104,anquan,13900001001
lin.xiaolan,林晓岚,440104-bj,chuangkou,13900001002
he.zhiqiang,何志强,440104-bj,minzheng,13900001003
zhou.huimin,周慧敏,440104-mz,shending,13900001004
"""
NUMBER = "440199194508240003"
PEOPLE = f"""记录号,数据日期,姓名,公民身份号码,户号,与户主关系代码,户籍区划代码,户籍地址
P-1,2026-09-25,陈玉珍,{NUMBER},H-1,02,440104003104,云澜路1号301房
"""
OVER_THE_HOLIDAY = (
    "自2026年9月28日（星期一）的次日起，计5个工作日，至2026年10月10日（星期六）届满。"
    "其间不计：10月1日至10月7日（国庆节）。计入的周末上班日：10月10日（因国庆节调休上班）。"
)
FILES = {  # a good file, a wrong row, and what is wrong with it
    "单位": (UNITS, "440104-wj,越秀区卫生健康局,department,440104,4401", "区划代码应为 12 位数字"),
    "岗位": (POSTS, "440104-xx,keyuan,科员,否", "单位 440104-xx 不存在或已撤销"),
    "人员及任职": (STAFF, "wang.wu,王五,440104-mz,shending,12345", "手机号不正确"),
}


@pytest.fixture(scope="module")
def empty() -> Iterator[Product]:
    """An empty district some days before a long holiday."""
    with Product("--empty", "--clock", "2026-09-28T09:30") as running:
        yield running


class Official:
    """One official with a browser of her own, a password and an app that shows codes."""

    def __init__(self, browser: Browser, address: str) -> None:
        context = browser.new_context(base_url=address, viewport=DESK, locale="zh-CN")
        context.set_default_timeout(15_000)
        self.page = context.new_page()

    def log_in(self, username: str) -> Page:
        """Password, then the second factor, which is set up at the first log-in."""
        page = self.page
        page.goto("/staff/login")
        page.get_by_label("用户名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", name="设置验证器")).to_be_visible()
        page.get_by_label("验证码").fill("000000")
        page.get_by_role("button", name="完成设置").click()
        expect(page.get_by_role("alert").first).to_be_visible()
        page.get_by_label("验证码").fill(code_of(page.locator("figcaption code").inner_text()))
        page.get_by_role("button", name="完成设置").click()
        expect(page.get_by_role("heading", name="设置验证器")).to_have_count(0)
        return page

    def accept(self, link: str, username: str) -> Page:
        """Open the link that the administrator handed over, and choose a password."""
        self.page.goto(urlsplit(link).path)
        self.page.get_by_label("密码", exact=True).fill(PASSWORD)
        self.page.get_by_label("再输一次密码").fill(PASSWORD)
        self.page.get_by_role("button", name="设置密码").click()
        self.page.wait_for_url("**/staff/login*")
        return self.log_in(username)


def code_of(secret: str) -> str:
    """The six digits that an app shows for a secret at this moment (RFC 6238)."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), moment, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def bring_in(page: Page, kind: str) -> None:
    """A file with one wrong row changes nothing and says which; the mended file is entered."""
    good, wrong_row, why = FILES[kind]
    page.goto("/desk/admin/directory")
    look_at(page, kind, good + wrong_row + "\n")
    expect(page.get_by_text("没有导入任何内容。")).to_be_visible()
    expect(page.locator("#main")).to_contain_text(why)
    with page.expect_download() as rejects:
        page.get_by_role("button", name="下载不合格清单").click()
    rows = list(csv.reader(io.StringIO(rejects.value.path().read_text("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][0] == str(len(good.splitlines()) + 1)
    assert rows[1][3] == why
    look_at(page, kind, good)
    expect(page.get_by_text("全部合格")).to_be_visible()
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.get_by_text(re.compile("已导入：新增 [0-9]+ 行"))).to_be_visible()


def look_at(page: Page, kind: str, content: str) -> None:
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("CSV 文件").set_input_files(
        {"name": "directory.csv", "mimeType": "text/csv", "buffer": content.encode("gb18030")}
    )
    page.get_by_role("button", name="预览").click()


def link_for(page: Page, name: str) -> str:
    """A link with which somebody sets a password, shown once."""
    page.goto("/desk/admin/people")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="生成开通链接").click()
    return page.locator(".breakable .num").inner_text()


def give(page: Page, unit: str, post: str, role: str, reach: str) -> None:
    """Give a role to a post."""
    page.goto(f"/desk/admin/units/{unit}")
    page.get_by_role("link", name=post).first.click()
    page.get_by_role("link", name="授予或收回角色").click()
    page.get_by_label("角色", exact=True).select_option(role)
    page.get_by_label("数据范围").select_option(reach)
    page.get_by_label("授权事由").fill("平台启用")
    page.get_by_role("button", name="授予角色").click()
    expect(page.get_by_text(re.compile("已授予角色"))).to_be_visible()


def test_from_nothing_to_an_open_window(empty, browser):
    assert "./yizhan admin create" in empty.said()
    refused = empty.run("admin", "create", "root.admin", "--name", "孙文博", typed="123456\n")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    made = empty.run("admin", "create", "root.admin", "--name", "孙文博", typed=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    assert "/staff/login" in made.stdout
    second = empty.run("admin", "create", "other.admin", "--name", "另一人", typed=f"{PASSWORD}\n")
    assert second.returncode == 1

    root = Official(browser, empty.address).log_in("root.admin")
    for kind in FILES:
        bring_in(root, kind)
    give(root, "440104", "安全管理员", "platform.security_admin", "all")
    opened = {name: link_for(root, name) for name in ("钱可心", "林晓岚", "何志强")}

    security = Official(browser, empty.address).accept(opened["钱可心"], "qian.kexin")
    for post, role in (
        ("综合窗口 1 号", "platform.window_clerk"),
        ("综合窗口 1 号", "elderly_allowance.clerk"),
        ("民政专干", "elderly_allowance.clerk"),
    ):
        give(security, "440104-bj", post, role, "own_unit")

    clerk = Official(browser, empty.address).accept(opened["何志强"], "he.zhiqiang")
    delegate(clerk, to="lin.xiaolan")
    window = Official(browser, empty.address).accept(opened["林晓岚"], "lin.xiaolan")
    window.goto("/desk/delegations")
    expect(window.locator(".card", has=window.locator("#received"))).to_contain_text("何志强")
    look_up(window)
    expect(window.get_by_role("alert")).to_contain_text("没有查到姓名和证件号码都相符的人员。")
    bring_people_in(empty)
    look_up(window)
    expect(window.get_by_text("来自：公安常住人口登记").first).to_be_visible()
    hand_in(window)
    expect(window.locator("#main")).to_contain_text(OVER_THE_HOLIDAY)
    clerk.goto("/desk/")
    expect(clerk.get_by_role("row").filter(has_text="高龄津贴申领")).to_contain_text("街道受理")


def delegate(page: Page, *, to: str) -> None:
    """Before a holiday: one's own tasks in a colleague's hands for some days."""
    page.goto("/desk/delegations")
    page.locator("summary", has_text="办理委托").click()
    page.get_by_label("受托人用户名").fill(to)
    page.get_by_label("开始日期").fill("2026-09-29")
    page.get_by_label("结束日期").fill("2026-10-09")
    page.get_by_label("委托事由").fill("休假")
    page.get_by_role("button", name="办理委托").click()
    expect(page.get_by_text("已委托给林晓岚")).to_be_visible()


def look_up(window: Page) -> None:
    """The service is published and the window open; whoever comes is looked up in the register."""
    window.goto("/station/?q=老人津贴")
    window.get_by_role("link", name="收件", exact=True).first.click()  # what fits best stands first
    window.get_by_label("公民身份号码").fill(NUMBER)
    window.get_by_label("姓名", exact=True).fill("陈玉珍")
    window.get_by_role("button", name="核对并开始").click()


def bring_people_in(empty: Product) -> None:
    """The police's extract, with a wrong row at first: nothing is entered, and the row is named."""
    people, rejects = empty.home / "people.csv", empty.home / "rejects.csv"
    source = (
        "--source",
        "police.household",
        "--title",
        "公安常住人口登记",
        "--title-en",
        "Police household register",
    )
    command = ("register", "load", str(people), *source, "--unit", "440104", "--rejects", str(rejects))
    people.write_text(
        f"{PEOPLE}P-2,2026-09-25,黄锦棠,44019919501015001X,,,4401,云澜路2号\n", encoding="utf-8"
    )
    refused = empty.run(*command)
    assert refused.returncode == 1
    assert "row 3" in refused.stderr
    assert "区划代码应为 12 位数字" in rejects.read_text("utf-8-sig")
    people.write_text(PEOPLE, encoding="utf-8")
    done = empty.run(*command)
    assert done.returncode == 0, done.stderr
    assert "1 row: 1 entered" in done.stdout


def hand_in(window: Page) -> None:
    """A doubtful application; that the register's number is no real one stops nobody who did not write it."""
    window.get_by_label("联系电话").fill("13900002001")
    window.get_by_label("开户银行").fill("示例银行越秀支行")
    window.get_by_label("银行账号").fill("6222021234567894")
    window.locator("[name='agent.is_agent']").last.check()
    window.locator("[name='declaration.other_allowance']").first.check()
    window.get_by_label(re.compile("以上内容属实")).check()
    window.get_by_role("button", name="保存", exact=True).click()
    window.get_by_label("在哪里领取？").fill("示例市")
    window.get_by_role("button", name="提交", exact=True).click()
    expect(window.get_by_text("本件已转有关单位办理，请把回执交给申请人。")).to_be_visible()


def test_the_demo_never_comes_into_a_real_district(empty):
    people = empty.rows("select count(*) from registry_person")
    refused = empty.run("demo", "load")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert empty.rows("select count(*) from registry_person") == people


def test_a_resident_is_told_why_she_cannot_log_in_yet(empty, browser):
    page = browser.new_page(base_url=empty.address, locale="zh-CN")
    page.goto("/login")
    page.get_by_label("手机号码").fill("19900000001")
    page.get_by_role("button", name="获取验证码").click()
    expect(page.get_by_text("短信服务尚未开通，暂时不能用手机号登录").first).to_be_visible()
    assert page.goto("/try/").status == 404
    page.context.close()
