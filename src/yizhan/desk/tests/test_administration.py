"""An empty district is furnished in the browser: units, posts, people, roles; each by whom it is for."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from yizhan import clock, journal
from yizhan.identity import accounts, phone_code, presences, roles
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account, Appointment, Delegation, Post, Presence, Role, RoleGrant, Unit
from yizhan.identity.tests.browsers import browser_of
from yizhan.journal.models import Cursor, Effect


@pytest.fixture
def empty(db, _a_demo_on_a_day):
    """A house with nobody in it but the first administrator."""
    roles.publish_platform()
    return accounts.create_first_administrator("root.admin", "孙文博", "晨雾里的 白鹭 27")


@pytest.fixture
def system(empty) -> Client:
    return browser_of(empty)


def send(browser: Client, address: str, act: str, **fields):
    prefixed = {f"{act}-{name}": value for name, value in fields.items()}
    return browser.post(address, {"act": act, **prefixed}, follow=True)


def told(answer) -> str:
    assert answer.status_code == 200, re.findall(r"field__error.*?</p>", answer.content.decode())
    return answer.content.decode()


def furnish(system: Client) -> Post:
    """A government, a department under it, a post in it."""
    found = {"name_en": "", "short_name": ""}
    told(send(system, "/desk/admin/units", "found", code="440199", name="示例区人民政府", kind="government",
              division="440199000000", **found))  # fmt: skip
    told(send(system, "/desk/admin/units/440199", "found", code="440199-mz", name="示例区民政局",
              kind="department", division="440199000000", **found))  # fmt: skip
    told(send(system, "/desk/admin/units/440199-mz", "post", code="clerk", title="科员", title_en="Officer"))
    return Post.objects.get(unit="440199-mz", code="clerk")


class TestUnits:
    """The tree grows, changes and ends; nothing is deleted."""

    def test_founded_renamed_moved_closed(self, system):
        furnish(system)
        page = told(send(system, "/desk/admin/units/440199-mz", "rename", name="示例区民政和养老局"))
        assert "示例区民政和养老局" in page
        told(send(system, "/desk/admin/units/440199-mz", "move", parent=""))
        assert Unit.objects.get(code="440199-mz").parent is None
        told(send(system, "/desk/admin/units/440199-mz", "close", on=""))
        assert "本单位已撤销" in system.get("/desk/admin/units/440199-mz").content.decode()
        assert Unit.objects.get(code="440199-mz").valid_to == clock.today()

    def test_a_refusal_stands_on_the_page_with_what_was_typed(self, system):
        furnish(system)
        answer = send(system, "/desk/admin/units/440199", "found", code="440199-mz", name="重复的局",
                      kind="department", division="")  # fmt: skip
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "单位代码 440199-mz 已被使用" in page
        assert 'value="重复的局"' in page
        assert page.index("<title>错误：") > 0

    def test_a_division_has_twelve_digits(self, system):
        furnish(system)
        answer = send(system, "/desk/admin/units/440199", "found", code="x", name="局", kind="department",
                      division="4401")  # fmt: skip
        assert (answer.status_code, "区划代码应为 12 位数字" in answer.content.decode()) == (422, True)
        assert not Unit.objects.filter(code="x").exists()


class TestPeople:
    """Opened, handed a link once, appointed, closed."""

    def test_from_nothing_to_a_password(self, system):
        post = furnish(system)
        answer = send(
            system, "/desk/admin/people", "open", username="wang.wu", name="王五", phone="", email=""
        )
        assert "已开设账户：王五" in told(answer)
        account = Account.objects.get(username="wang.wu")
        link = system.post(f"/desk/admin/people/{account.pk}/set-up-link")
        address = re.search(r"http://127\.0\.0\.1:8000(/staff/set-up/[\w-]+)", link.content.decode())[1]
        assert "no-store" in link.headers["Cache-Control"]
        assert address not in system.get(f"/desk/admin/people/{account.pk}").content.decode()
        assert "王五" in Client().get(address).content.decode()

        told(send(system, f"/desk/admin/units/posts/{post.pk}", "appoint", account="wang.wu", kind="main",
                  since="", until=""))  # fmt: skip
        assert "示例区民政局" in system.get("/desk/admin/people?q=wang").content.decode()

    def test_sessions_end_and_the_account_closes(self, system):
        account = accounts.create_staff("wang.wu", "王五", by=HOUSE)
        browser_of(account)
        page = told(send(system, f"/desk/admin/people/{account.pk}", "sessions"))
        assert "已结束 1 个登录会话" in page
        refused = send(system, f"/desk/admin/people/{account.pk}", "deactivate", reason="")
        assert (refused.status_code, "请填写停用事由" in refused.content.decode()) == (409, True)
        told(send(system, f"/desk/admin/people/{account.pk}", "deactivate", reason="调离"))
        account.refresh_from_db()
        assert not account.is_active

    def test_an_appointment_ends(self, system):
        post = furnish(system)
        account = accounts.create_staff("wang.wu", "王五", by=HOUSE)
        held = post.appoint(account, by=HOUSE)
        told(send(system, f"/desk/admin/units/posts/{post.pk}", "end", which=held.pk, on=""))
        assert not Appointment.objects.live().filter(id=held.pk).exists()


class TestRoles:
    """The security administrator gives roles; the system administrator only founds the other two."""

    def test_the_first_administrators_and_then_nobody_but_security(self, system, empty):
        furnish(system)
        told(
            send(system, "/desk/admin/units/440199", "post", code="security", title="安全管理员", title_en="")
        )
        post = Post.objects.get(code="security")
        account = accounts.create_staff("sec.admin", "钱可心", by=HOUSE)
        post.appoint(account, by=HOUSE)
        address = f"/desk/admin/units/posts/{post.pk}/roles"
        told(
            send(system, address, "give", role="platform.security_admin", reach="all", reason="平台首次启用")
        )
        other = send(system, address, "give", role="platform.leader", reach="all", reason="试试")
        assert other.status_code == 403

        security, clerk = browser_of(account), Post.objects.get(code="clerk")
        address = f"/desk/admin/units/posts/{clerk.pk}/roles"
        none = send(security, address, "give", role="platform.window_clerk", reach="own_unit", reason="")
        assert (none.status_code, "请填写授权事由" in none.content.decode()) == (409, True)
        page = told(
            send(security, address, "give", role="platform.window_clerk", reach="own_unit", reason="开窗")
        )
        assert "已授予角色：综合窗口人员" in page
        grant = RoleGrant.objects.live().get(post=clerk)
        told(send(security, address, "take", which=grant.pk, reason="撤窗"))
        assert not RoleGrant.objects.live().filter(post=clerk).exists()

    def test_nobody_becomes_two_administrators(self, system, empty):
        post = empty.appointments.get().post
        answer = send(system, f"/desk/admin/units/posts/{post.pk}/roles", "give", role="platform.audit_admin",
                      reach="all", reason="省事")  # fmt: skip
        assert (answer.status_code, "三员分立" in answer.content.decode()) == (409, True)

    def test_it_asks_for_a_recent_proof(self, system, empty):
        post = empty.appointments.get().post
        Presence.objects.filter(account=empty).update(proved_at=timezone.now() - timedelta(minutes=6))
        answer = system.get(f"/desk/admin/units/posts/{post.pk}/roles")
        assert answer.status_code == 302
        assert "/staff/proof" in answer.headers["Location"]


def test_who_is_no_administrator_finds_no_door(town, as_):
    clerk = as_("clerk")
    for address in ("units", "people", "roles", "delegations", "directory", "divisions", "running"):
        assert clerk.get(f"/desk/admin/{address}").status_code == 403, address
    assert "系统管理" not in clerk.get("/desk/").content.decode()


def test_an_audit_administrator_looks_and_changes_nothing(system, empty):
    furnish(system)
    post = Post(unit_id="440199", code="audit", title="审计管理员").found(by=HOUSE)
    RoleGrant.give(Role.objects.get(code="platform.audit_admin"), post, "all", by=HOUSE, reason="测试")
    auditor = accounts.create_staff("aud.admin", "马立群", by=HOUSE)
    post.appoint(auditor, by=HOUSE)
    browser = browser_of(auditor)
    assert 'name="act"' not in browser.get("/desk/admin/units/440199").content.decode()
    assert send(browser, "/desk/admin/units/440199", "rename", name="别名").status_code == 404
    assert browser.get("/desk/admin/directory").status_code == 403


class TestDelegations:
    """For some days, with a reason, to a colleague; ended by those it concerns."""

    def give(self, browser, town, **more):
        appointment = town.people["clerk"].appointments.get().pk
        usual = {"receiver": "colleague", "since": "2026-11-23", "until": "2026-11-27", "reason": "休假"}
        return send(browser, "/desk/delegations", "give", appointment=appointment, **(usual | more))

    def test_given_seen_by_both_and_ended(self, town, as_):
        page = told(self.give(as_("clerk"), town))
        assert "已委托给何志强" in page
        assert "林晓岚" in as_("colleague").get("/desk/delegations").content.decode()
        one = Delegation.objects.get()
        stranger = send(as_("stranger"), "/desk/delegations", "end", which=one.pk)
        assert stranger.status_code == 403
        told(send(as_("colleague"), "/desk/delegations", "end", which=one.pk))
        assert not Delegation.objects.filter(ended_at=None).exists()

    def test_refused_with_what_was_typed(self, town, as_):
        answer = self.give(as_("clerk"), town, until="2026-11-22", reason="写好的理由")
        page = answer.content.decode()
        assert (answer.status_code, "委托期限不正确" in page, 'value="写好的理由"' in page) == (
            409,
            True,
            True,
        )

    def test_the_receiver_does_the_work_on_behalf(self, town, doubtful, as_):
        self.give(as_("clerk"), town, since="2026-11-20", receiver="approver")
        browser = as_("approver")
        delegation = Delegation.objects.get().pk
        browser.post("/staff/post", {"as": f"delegation:{delegation}", "next": "/desk/"})
        assert doubtful in browser.get("/desk/").content.decode()


class TestDirectory:
    """Looked at first, entered as a whole, rejects to take away."""

    UNITS = (
        "单位代码,单位名称,单位类型,上级单位代码\n"
        "440199,示例区人民政府,government,\n"
        "440199-mz,示例区民政局,{},440199\n"
    )

    def file(self, kind: str):
        return SimpleUploadedFile("units.csv", self.UNITS.format(kind).encode("gb18030"), "text/csv")

    def test_previewed_then_loaded_without_choosing_the_file_again(self, system):
        page = system.post(
            "/desk/admin/directory", {"kind": "units", "then": "preview", "file": self.file("部门")}
        )
        html = page.content.decode()
        assert "全部合格：新增 2 行" in html
        assert not Unit.objects.filter(code="440199").exists()
        kept = re.search(r'name="kept" value="([^"]+)"', html)[1]
        done = system.post(
            "/desk/admin/directory", {"kind": "units", "then": "load", "kept": kept}, follow=True
        )
        assert "已导入：新增 2 行" in done.content.decode()
        assert Unit.objects.get(code="440199-mz").parent_id == "440199"

    def test_one_wrong_row_stops_all_and_can_be_taken_away(self, system):
        page = system.post(
            "/desk/admin/directory", {"kind": "units", "then": "preview", "file": self.file("衙门")}
        )
        html = page.content.decode()
        assert "有 1 处不合格" in html
        kept = re.search(r'name="kept" value="([^"]+)"', html)[1]
        rejects = system.post("/desk/admin/directory", {"kind": "units", "then": "rejects", "kept": kept})
        assert "衙门" in rejects.content.decode("utf-8-sig")
        system.post("/desk/admin/directory", {"kind": "units", "then": "load", "kept": kept})
        assert not Unit.objects.filter(code="440199").exists()

    def test_without_a_file(self, system):
        answer = system.post("/desk/admin/directory", {"kind": "units", "then": "preview"})
        assert (answer.status_code, "请选择要导入的文件" in answer.content.decode()) == (422, True)

    def test_somebody_elses_file_is_not_there(self, system, empty):
        page = system.post(
            "/desk/admin/directory", {"kind": "units", "then": "preview", "file": self.file("部门")}
        )
        kept = re.search(r'name="kept" value="([^"]+)"', page.content.decode())[1]
        other = accounts.create_staff("other.admin", "李四", by=HOUSE)
        empty.appointments.get().post.appoint(other, by=HOUSE)
        answer = browser_of(other).post(
            "/desk/admin/directory", {"kind": "units", "then": "load", "kept": kept}
        )
        assert answer.status_code == 422
        assert not Unit.objects.filter(code="440199").exists()

    def test_a_template_has_the_headings(self, system):
        text = system.get("/desk/admin/directory/staff.csv").content.decode("utf-8-sig")
        assert text.startswith("用户名,姓名,单位代码")


def test_news_held_back_by_a_long_transaction_are_told_apart_from_a_fault(system):
    """The long transaction is the test's own."""
    Cursor.objects.create(reader="payments")
    with clock.standing_at(clock.now() - timedelta(minutes=10)):
        journal.write("case.closed", subject="case:1")
    page = system.get("/desk/admin/running").content.decode()
    assert "等待长事务" in page and "要等数据库中较早开始的事务结束" in page


def test_what_waits_and_what_was_refused_is_seen(system, empty):
    Effect.objects.create(
        topic="case.paper", key="a", body={"secret": "机密"}, tries=3, fault="ConnectionError: away"
    )
    Effect.objects.create(
        topic="notices.sms", key="b", body={}, refused_at=timezone.now(), fault="no such number"
    )
    page = system.get("/desk/admin/running").content.decode()
    for words in ("case.paper", "ConnectionError: away", "notices.sms", "no such number"):
        assert words in page, words
    assert "机密" not in page


def test_codes_sent_and_a_limit_that_was_reached_are_seen(system, settings):
    settings.PHONE_CODES_PER_HOUR = 1
    page = system.get("/desk/admin/running").content.decode()
    assert "最近一小时发出 0 条，全区每小时至多 1 条" in page and "达到上限" not in page
    phone_code.issue("13900000001")
    with pytest.raises(phone_code.HouseBusy):
        phone_code.issue("13900000002")
    page = system.get("/desk/admin/running").content.decode()
    assert "最近一小时发出 1 条" in page and "达到上限" in page


def test_divisions_below_the_district(system):
    furnish(system)
    assert system.get("/desk/admin/divisions").status_code == 200
    assert system.get("/desk/admin/divisions?of=abc").status_code == 404


def test_a_delegation_can_be_ended_by_the_system_administrator(town, as_):
    given = town.people["clerk"].appointments.get()
    Delegation.give(given, town.people["colleague"], by=HOUSE, since=clock.today(),
                    until=clock.today() + timedelta(days=3), reason="病假")  # fmt: skip
    post = Post(unit_id="440104", code="sys", title="系统管理员").found(by=HOUSE)
    RoleGrant.give(Role.objects.get(code="platform.system_admin"), post, "all", by=HOUSE, reason="测试")
    admin = accounts.create_staff("sys.admin", "孙文博", by=HOUSE)
    post.appoint(admin, by=HOUSE)
    browser = browser_of(admin)
    assert "病假" in browser.get("/desk/admin/delegations").content.decode()
    told(send(browser, "/desk/admin/delegations", "end", which=Delegation.objects.get().pk))
    assert "目前没有委托" in browser.get("/desk/admin/delegations").content.decode()
    assert presences.of(admin).count() == 1


def test_an_empty_file_is_no_file(system):
    empty = SimpleUploadedFile("units.csv", b"", content_type="text/csv")
    answer = system.post("/desk/admin/directory", {"kind": "units", "then": "preview", "file": empty})
    assert answer.status_code == 422
    assert "文件里没有数据" in answer.content.decode()


def test_a_name_that_nobody_can_see_is_none(system):
    furnish(system)
    answer = send(system, "/desk/admin/units/440199-mz", "rename", name="\u202e\u200b")
    assert answer.status_code == 422
    assert Unit.objects.get(code="440199-mz").name == "示例区民政局"
