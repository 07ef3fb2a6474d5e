"""Messages, the bell, and through what one is told."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from yizhan.identity import scope
from yizhan.notices import preferences
from yizhan.notices.models import Message
from yizhan.portal.tests.pages import statements, text


@pytest.fixture
def told(town) -> Message:
    """Chen was told of a decision."""
    town.apply("chen", other_allowance=True)
    number = "YX2026-1120-00001"
    town.do("clerk", number, "accept")
    with scope.service():
        return Message.objects.get(subject=f"case:{number}")


def test_the_bell_counts_and_a_message_is_read_once_opened(town, as_, told):
    chen = as_("chen")
    assert 'class="tabbar__count">1<' in text(chen.get("/"))
    listed = text(chen.get("/my/messages"))
    assert told.title in listed
    assert "未读" in listed
    page = text(chen.get(f"/my/messages/{told.id}"))
    assert told.text in page
    assert "/cases/YX2026-1120-00001" in page
    assert "tabbar__count" not in text(chen.get("/"))
    assert "未读" not in text(chen.get("/my/messages"))


def test_all_are_marked_as_read_at_once(town, as_, told):
    chen = as_("chen")
    assert chen.post("/my/messages").headers["Location"] == "/my/messages"
    assert "全部标为已读" not in text(chen.get("/my/messages"))


def test_anothers_message_does_not_exist(town, as_, told):
    wang = as_("wang")
    assert wang.get(f"/my/messages/{told.id}").status_code == 404
    assert wang.get(f"/my/messages/{uuid.uuid4()}").status_code == 404
    assert told.title not in text(wang.get("/my/messages"))
    wang.post("/my/messages")
    with scope.service():
        assert Message.objects.get(id=told.id).read_at is None


@pytest.mark.parametrize("page", ["", "0", "-1", "9", "x", "９", "9999999999999999"])
def test_a_page_that_is_none_does_no_harm(town, as_, page):
    assert as_("chen").get("/my/messages", {"page": page}).status_code == 200


def test_an_empty_inbox_says_what_it_is_for(town, as_):
    assert "还没有消息" in text(as_("wang").get("/my/messages"))


def test_chinese_words_are_marked_on_an_english_page(town, as_, told):
    chen = as_("chen")
    chen.cookies["django_language"] = "en"
    assert f'lang="zh">{told.title}' in text(chen.get("/my/messages"))
    assert f'<h1 lang="zh">{told.title}' in text(chen.get(f"/my/messages/{told.id}"))


def test_text_messages_can_be_switched_off_and_on(town, as_):
    chen, account = as_("chen"), town.people["chen"]
    page = text(chen.get("/my/channels"))
    assert "138****0001" in page
    assert 'value="mail"' not in page  # she has no address
    chen.post("/my/channels", {})
    with scope.as_account(account):
        assert preferences.of(account.pk)["sms"] is False
    answer = chen.post("/my/channels", {"channel": ["sms", "app", "nonsense"]}, follow=True)
    assert "接收设置已保存" in text(answer)
    with scope.as_account(account):
        assert preferences.of(account.pk)["sms"] is True


def test_who_chooses_english_is_told_in_english(town, as_):
    chen = as_("chen")
    page = text(chen.get("/my/channels"))
    assert 'value="zh-hans" checked' in page
    chen.post("/my/channels", {"channel": ["sms"], "language": "en"})
    chen.post("/my/channels", {"channel": ["sms"], "language": "tlh"})
    town.people["chen"].refresh_from_db()
    number = town.apply("chen", other_allowance=True)
    town.do("clerk", number, "accept")
    with scope.service():
        message = Message.objects.get(subject=f"case:{number}")
    assert (message.title, message.language) == ("Elderly allowance: accepted", "en")
    assert "has been accepted" in message.text


def test_the_bell_is_asked_for_once_a_page(town, as_, told):
    chen = as_("chen")
    chen.get("/items")
    asked = [one for one in statements(lambda: chen.get("/items")) if "notices_message" in one]
    assert len(asked) == 1


def test_messages_are_for_those_signed_in(town):
    for page in ("/my/messages", f"/my/messages/{uuid.uuid4()}", "/my/channels"):
        assert Client().get(page).headers["Location"].startswith("/login?next=")
