"""Staff log in with a password and a code, and the session knows when it is over."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from yizhan.identity import accounts, presences, second_factor
from yizhan.identity.actor import HOUSE
from yizhan.identity.faults import NotAllowed, Refused
from yizhan.identity.models import Lockout, Presence, SpentCode
from yizhan.identity.rights import actor_in
from yizhan.journal.models import News

pytestmark = [pytest.mark.django_db, pytest.mark.urls("yizhan.identity.tests.urls")]

PASSWORD = "晨雾里的 白鹭 27"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def clerk(post, person):
    account = person("wang.wu", "王五")
    accounts.change_password(account, PASSWORD)
    post("440199-mz", clerk="own_unit").appoint(account, by=HOUSE)
    return account


def log_in(client: Client, name: str = "wang.wu", password: str = PASSWORD, **more):
    return client.post("/staff/login", {"login": name, "password": password}, **more)


def secret_on(page) -> str:
    return re.search(r"<code>([A-Z2-7]{32})</code>", page.content.decode())[1]


def code_now(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def set_up_factor(client: Client) -> str:
    secret = secret_on(client.get("/staff/security/authenticator"))
    answer = client.post("/staff/security/authenticator", {"code": code_now(secret, -1)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


@pytest.fixture
def with_factor(clerk):
    """The clerk, who set up an authenticator in a session that is over; gives its secret."""
    client = Client()
    log_in(client)
    secret = set_up_factor(client)
    presences.end_all(clerk)
    cache.clear()
    return secret


def test_the_first_log_in_leads_to_the_second_factor_before_anything_else(clerk, client):
    assert log_in(client).headers["Location"] == "/desk/"
    for address in ("/desk/", "/open", "/staff/sessions", "/staff/security", "/staff/password"):
        assert client.get(address).headers["Location"] == "/staff/security/authenticator", address
    set_up_factor(client)
    assert client.get("/desk/").content.decode() == "GET 王五"
    page = client.get("/staff/security/recovery-codes").content.decode()
    assert len(re.findall(r"<li><code>", page)) == 10
    again = client.get("/staff/security/recovery-codes").content.decode()
    assert "<li><code>" not in again, "they are shown once"
    assert News.objects.filter(kind="second_factor.set", subject=f"account:{clerk.pk}").exists()


def test_afterwards_password_and_code_are_both_needed(with_factor, client):
    assert log_in(client).headers["Location"] == "/staff/second-factor"
    assert client.get("/desk/").headers["Location"].startswith("/staff/login")
    wrong = client.post("/staff/second-factor", {"code": "000000"})
    assert "验证码不正确" in wrong.content.decode()
    assert (
        client.post("/staff/second-factor", {"code": code_now(with_factor)}).headers["Location"] == "/desk/"
    )
    assert client.get("/desk/").content.decode() == "GET 王五"


def test_a_code_that_was_accepted_is_not_accepted_again(with_factor, client):
    code = code_now(with_factor)
    log_in(client)
    assert client.post("/staff/second-factor", {"code": code}).status_code == 302
    cache.clear()  # as in another process
    other = Client()
    log_in(other)
    assert "已用过" in other.post("/staff/second-factor", {"code": code}).content.decode()
    assert SpentCode.objects.count() == 1
    assert code not in SpentCode.objects.get().hash


def test_a_recovery_code_lets_in_once(with_factor, clerk, client):
    code = Authenticator.objects.get(user=clerk, type="recovery_codes").wrap().get_unused_codes()[0]
    log_in(client)
    assert client.post("/staff/second-factor", {"code": code}).status_code == 302
    other = Client()
    log_in(other)
    assert other.post("/staff/second-factor", {"code": code}).status_code == 200


def test_codes_cannot_be_guessed_through(with_factor, client):
    log_in(client)
    for _ in range(5):
        client.post("/staff/second-factor", {"code": "000000"})
    locked = client.post("/staff/second-factor", {"code": code_now(with_factor)})
    assert "请等待" in locked.content.decode()


def test_the_secret_is_sealed_in_the_database(with_factor, clerk):
    data = Authenticator.objects.get(user=clerk, type="totp").data
    assert with_factor not in str(data)


def test_an_unknown_name_and_a_wrong_password_read_the_same(clerk, client):
    unknown = log_in(client, "nobody.here", "x" * 12).content.decode()
    wrong = log_in(client, password="x" * 12).content.decode()
    assert "用户名或密码不正确" in unknown
    assert re.sub(r"nobody\.here|wang\.wu|value=\"[^\"]{40,}\"", "", unknown) == re.sub(
        r"nobody\.here|wang\.wu|value=\"[^\"]{40,}\"", "", wrong
    )


def test_names_are_the_same_in_upper_case(clerk, client):
    assert log_in(client, " Wang.WU ").status_code == 302


@pytest.mark.parametrize("name", ["wang.wu", "nobody.here"])
def test_after_five_failures_a_name_waits_whether_it_exists_or_not(clerk, client, name):
    for _ in range(5):
        assert "不正确" in log_in(client, name, "x" * 12).content.decode()
    locked = log_in(client, name).content.decode()
    assert "登录失败次数过多" in locked
    assert re.search(r"请等待 \d+ 秒后再试", locked)
    assert News.objects.filter(kind="account.locked", subject=f"login:name:{name}").count() == 1
    Lockout.objects.update(locked_until=timezone.now())
    assert (log_in(client, name).status_code == 302) is (name == "wang.wu")


def test_other_names_do_not_wait_meanwhile(clerk, person, client):
    accounts.change_password(person("li.si"), PASSWORD)
    for _ in range(6):
        log_in(client, "wang.wu", "x" * 12)
    assert log_in(client, "li.si").status_code == 302


def test_a_session_that_rested_half_an_hour_is_over(clerk, client):
    log_in(client)
    set_up_factor(client)
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=29))
    assert client.get("/desk/").status_code == 200
    assert Presence.objects.get(ended_at=None).seen_at > timezone.now() - timedelta(minutes=1)
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=31))
    assert client.get("/desk/").headers["Location"] == "/staff/login?next=%2Fdesk%2F"


def test_a_session_is_over_after_twelve_hours_however_busy(clerk, client):
    log_in(client)
    set_up_factor(client)
    presence = Presence.objects.get()
    assert timedelta(hours=11, minutes=59) < presence.lasts_until - presence.began_at <= timedelta(hours=12)
    Presence.objects.update(lasts_until=timezone.now())
    assert client.get("/desk/").status_code == 302


def test_logging_out_ends_the_session(clerk, client):
    log_in(client)
    set_up_factor(client)
    key = client.session.session_key
    assert client.post("/staff/logout").status_code == 302
    assert Presence.objects.get().ended_at is not None
    client.cookies["yizhan_session"] = key
    assert client.get("/desk/").status_code == 302
    assert [n.kind for n in News.objects.filter(kind__startswith="session.")] == [
        "session.began",
        "session.ended",
    ]


def test_a_closed_account_is_told_so_and_does_not_come_in(clerk, client):
    accounts.deactivate(clerk, by=HOUSE, reason="离职")
    assert log_in(client).headers["Location"] == "/staff/inactive"
    assert "已停用" in client.get("/staff/inactive").content.decode()


def test_closing_an_account_ends_its_sessions_at_once(clerk, client):
    log_in(client)
    set_up_factor(client)
    accounts.deactivate(clerk, by=HOUSE, reason="离职")
    assert client.get("/desk/").status_code == 302


def two_devices(clerk) -> tuple[Client, Client]:
    here, there = Client(), Client()
    for client, device in ((here, "X11; Linux x86_64 Firefox/140"), (there, "iPhone; like Mac OS X Safari")):
        client.force_login(clerk)
        presences.begin(client.session.session_key, clerk, device=device, excused=True)
    return here, there


def test_one_sees_where_one_is_signed_in_and_ends_the_others(clerk):
    here, there = two_devices(clerk)
    page = here.get("/staff/sessions").content.decode()
    assert "Safari · iPhone" in page
    assert "Firefox · Linux" in page
    assert "本机" in page
    other = re.search(r'name="session" value="([0-9a-f]{16})"', page)[1]
    here.post("/staff/sessions/end", {"session": other})
    assert there.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200


def test_all_other_sessions_end_with_one_click(clerk):
    here, there = two_devices(clerk)
    here.post("/staff/sessions/end")
    assert there.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200


def test_a_changed_password_ends_every_session(clerk):
    here, there = two_devices(clerk)
    wrong = here.post(
        "/staff/password", {"oldpassword": "x", "password1": "山间的溪水 88", "password2": "山间的溪水 88"}
    )
    assert "当前密码不正确" in wrong.content.decode()
    here.post(
        "/staff/password",
        {"oldpassword": PASSWORD, "password1": "山间的溪水 88", "password2": "山间的溪水 88"},
    )
    assert here.get("/desk/").status_code == 302
    assert there.get("/desk/").status_code == 302
    assert log_in(Client(), password="山间的溪水 88").status_code == 302
    assert log_in(Client()).status_code == 200


def test_a_sensitive_act_asks_again_and_then_goes_on_with_what_was_sent(clerk, client):
    (client, _there) = two_devices(clerk)
    assert client.post("/seal", {"n": "1"}).content.decode() == "POST 王五", "just logged in"
    Presence.objects.update(proved_at=timezone.now() - timedelta(minutes=6))
    asked = client.post("/seal", {"n": "1"})
    assert asked.headers["Location"] == "/staff/proof?next=%2Fseal"
    assert "5 分钟" in client.get(asked.headers["Location"]).content.decode()
    wrong = client.post("/staff/proof?next=/seal", {"password": "x", "next": "/seal"})
    assert "密码不正确" in wrong.content.decode()
    done = client.post("/staff/proof?next=/seal", {"password": PASSWORD, "next": "/seal"})
    assert done.content.decode() == "POST 王五"
    assert client.get("/seal").status_code == 200


def test_a_new_authenticator_takes_the_old_one_s_place(with_factor, clerk, client):
    log_in(client)
    client.post("/staff/second-factor", {"code": code_now(with_factor)})
    assert client.get("/staff/security/authenticator/replace").status_code == 200
    gone = client.post("/staff/security/authenticator/replace")
    assert gone.headers["Location"] == "/staff/security/authenticator"
    assert client.get("/desk/").headers["Location"] == "/staff/security/authenticator"
    assert set_up_factor(client) != with_factor
    assert client.get("/desk/").status_code == 200


def test_a_lost_factor_is_taken_away_by_two_administrators(with_factor, clerk, person, post):
    first, second = person("sys.one"), person("sec.one")
    post("440199", "sys", **{"platform.system_admin": "all"}).appoint(first, by=HOUSE)
    post("440199", "sec", **{"platform.security_admin": "all"}).appoint(second, by=HOUSE)
    with pytest.raises(NotAllowed):
        second_factor.ask_reset(clerk, by=actor_in(second), reason="手机丢失")
    reset = second_factor.ask_reset(clerk, by=actor_in(first), reason="手机丢失")
    with pytest.raises(Refused, match="待确认"):
        second_factor.ask_reset(clerk, by=actor_in(first), reason="手机丢失")
    with pytest.raises(NotAllowed):
        second_factor.confirm_reset(reset, by=actor_in(first))
    second_factor.confirm_reset(reset, by=actor_in(second))
    with pytest.raises(Refused, match="已经确认"):
        second_factor.confirm_reset(reset, by=actor_in(second))
    assert not presences.has_second_factor(clerk)
    client = Client()
    log_in(client)
    assert client.get("/desk/").headers["Location"] == "/staff/security/authenticator"


def test_a_password_that_is_too_old_is_changed_first(with_factor, clerk, client, settings):
    settings.PASSWORD_MAX_AGE = timedelta(days=90)
    clerk.password_changed_at = timezone.now() - timedelta(days=91)
    clerk.save()
    log_in(client)
    client.post("/staff/second-factor", {"code": code_now(with_factor)})
    assert client.get("/desk/").headers["Location"] == "/staff/password"
    assert "90 天" in client.get("/staff/password").content.decode()


def test_nobody_signs_up_as_staff(client):
    assert client.get("/staff/signup").status_code == 404


def test_a_link_sends_nobody_to_another_house(clerk, client):
    answer = client.post(
        "/staff/login?next=https://evil.example/", {"login": "wang.wu", "password": PASSWORD,
                                                    "next": "https://evil.example/"}
    )  # fmt: skip
    assert answer.headers["Location"] == "/desk/"


@pytest.mark.parametrize(
    "address",
    ["/staff/login", "/staff/security", "/staff/security/authenticator/replace", "/staff/sessions",
     "/staff/security/recovery-codes/new", "/staff/password", "/staff/proof", "/staff/proof/code",
     "/staff/logout"],
)  # fmt: skip
def test_every_page_is_there_and_in_the_house_s_dress(with_factor, client, address):
    if address != "/staff/login":
        log_in(client)
        client.post("/staff/second-factor", {"code": code_now(with_factor)})
    page = client.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert '<html lang="zh-Hans"' in text
    assert not re.search(r"<style|style=|<script(?! type=\"module\")| on[a-z]+=", text), "the content policy"


def test_an_account_without_a_password_is_told_how_to_get_one(client, post, person):
    account = person("li.si", "李四")
    post("440199-mz", clerk="own_unit").appoint(account, by=HOUSE)
    client.force_login(account)
    presences.begin(client.session.session_key, account, excused=True)
    answer = client.get("/staff/password")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/staff/security"
