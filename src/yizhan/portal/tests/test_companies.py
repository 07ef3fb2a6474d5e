"""My companies: the pages of a legal representative and of an agent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yizhan import clock
from yizhan.codes import uscc
from yizhan.identity import scope
from yizhan.identity.models import Account, Mandate
from yizhan.identity.tests.browsers import signed_in
from yizhan.portal.tests.pages import sent, text
from yizhan.registry import entities, sources

COMPANY = uscc.make("91", "440199", "MA000001")
PAGE = f"/my/companies/{COMPANY}"


@pytest.fixture
def company(town):
    """陈玥堃 represents a company."""
    chen = town.people["chen"]
    chen.refresh_from_db()
    with scope.service():
        entities.enter(
            COMPANY,
            "示例云澜文化有限公司",
            representative=chen.name,
            document=f"{chen.document_type}:{chen.document_number}",
            source=sources.declare("market", zh="市场主体登记", en="Company register", unit="440104-mz"),
            as_of=clock.today(),
        )


@pytest.fixture
def agent(town):
    return Account.objects.create(
        kind="citizen",
        phone="13900000008",
        name="吴志明",
        document_type="111",
        document_number="440199199205010012",
        assurance=1,
    )


def named(browser, **more):
    form = sent(browser.get(PAGE)) | {"name": "吴志明", "phone": "13900000008"} | more
    return browser.post(PAGE, form, follow=True)


def test_a_representative_names_an_agent_and_dismisses_him(as_, company, agent, client):
    chen = as_("chen")
    assert 'href="/my/companies"' in text(chen.get("/my"))
    assert f'href="{PAGE}"' in text(chen.get("/my/companies"))
    done = text(named(chen))
    assert "已授权，经办人登录后即可看到" in done
    assert "吴志明" in done and "139****0008" in done
    mandate = Mandate.objects.get()
    assert mandate.until == clock.today() + timedelta(days=365)

    wu = signed_in(client, agent)
    page = text(wu.get("/my/companies"))
    assert "示例云澜文化有限公司" in page and f'"{PAGE}"' not in page
    assert wu.get(PAGE).status_code == 404, "an agent does not see who else is one"

    ended = chen.post(f"/my/mandates/{mandate.id}/end", follow=True)
    assert "授权已撤销" in text(ended) and "授权已撤销" in text(ended)
    assert "没有与您有关的企业" in text(wu.get("/my/companies"))


def test_an_agent_lays_it_down(as_, company, agent, client):
    named(as_("chen"))
    wu = signed_in(client, agent)
    done = wu.post(f"/my/mandates/{Mandate.objects.get().id}/end", follow=True)
    assert "您不再是该企业的经办人" in text(done)
    assert not Mandate.objects.live().exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "请填写经办人的姓名"),
        ({"phone": ""}, "请填写经办人在本站登录用的手机号"),
        ({"phone": "12"}, "请输入 11 位手机号"),
        ({"until": ""}, "请填写授权的截止日期"),
        ({"until": "2020-01-01"}, "截止日期不能早于今天"),
        ({"until": "tomorrow"}, "请填写授权的截止日期"),
        ({"name": "吴志强"}, "没有查到姓名和手机号都相符"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_, company, agent, wrong, words):
    answer = named(as_("chen"), **wrong)
    assert answer.status_code == 422
    page = text(answer)
    assert words in page
    assert 'value="13900000008"' in page or "phone" in wrong
    assert not Mandate.objects.exists()


def test_nobody_else_comes_to_the_page_or_ends_a_mandate(as_, company, agent):
    named(as_("chen"))
    wang = as_("wang")
    assert wang.get(PAGE).status_code == 404
    assert (
        wang.post(PAGE, {"name": "吴志明", "phone": "13900000008", "until": "2027-01-01"}).status_code == 404
    )
    assert wang.post(f"/my/mandates/{Mandate.objects.get().id}/end").status_code == 404
    assert Mandate.objects.live().count() == 1


def test_guessing_names_comes_to_an_end(as_, company, agent):
    chen = as_("chen")
    form = sent(chen.get(PAGE)) | {"name": "吴志强", "phone": "13900000008"}
    answers = [chen.post(PAGE, form).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]


def test_in_english_no_chinese_but_names(as_, company, agent):
    chen = as_("chen")
    chen.cookies["django_language"] = "en"
    named(chen)
    page = text(chen.get(PAGE))
    for words in ("Mandates of agents", "In force", "Revoke", "Give the mandate"):
        assert words in page


def test_the_file_of_a_company_is_for_its_own_and_its_agent(as_, company, agent, client):
    file = f"{PAGE}/file"
    page = text(as_("chen").get(file))
    assert "示例云澜文化有限公司" in page
    assert "市场主体登记" in page
    wu = signed_in(client, agent)
    assert wu.get(file).status_code == 404
    named(as_("chen"))
    assert file in text(wu.get("/my/companies"))
    assert "市场主体登记" in text(wu.get(file))


@pytest.mark.django_db
def test_who_is_logged_out_when_revoking_logs_in_and_sees_the_companies(client):
    answer = client.post("/my/mandates/7/end")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login?next=%2Fmy%2Fcompanies")
