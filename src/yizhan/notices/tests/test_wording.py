"""Texts of packs are checked before anybody gets them, and values stay values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.notices import wording
from yizhan.notices.tests.conftest import MESSAGES
from yizhan.notices.wording import Wording, WrongParameters, find, plain, sms_count, without_links


def test_a_good_pack_has_no_faults(pack):
    assert [str(fault) for fault in pack().faults] == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{name}，您", "{nmae}，您", "nmae 未在 parameters 中声明"),
        ("[app, sms, mail]", "[app, fax]", "fax"),
        ("[app, sms, mail]", "[app, app]", "同一渠道写了两次"),
        ("[app, sms, mail]", "[]", "channels"),
        ("most_sms: 3", "most_sms: 1", "超过 most_sms 的 1 条"),
        ("longest: 16", "longest: 300", "每条 70 字"),
        ("{key: due,", "{key: item,", "未在 parameters 中声明"),
        ("urgent: true", "urgnet: true", "urgent"),
        ("en: Typhoon warning", "de: Taifun", "en"),
        ("zh: 台风红色预警", 'zh: "{link}"', "标题中不能有"),
        ("zh: 台风红色预警", 'zh: "{__class__}"', "__class__"),
        (
            "urgent: true",
            "urgent: true\n    parameters: [{key: idle, meaning: {zh: 无, en: none}}]",
            "idle 没有用到",
        ),
    ],
)
def test_mistakes_are_told_at_their_place(pack, old, new, words):
    assert old in MESSAGES
    faults = [str(fault) for fault in pack(MESSAGES.replace(old, new, 1)).faults]
    assert any(words in fault and fault.startswith("messages.yaml") for fault in faults), faults


def words(release, key="accepted"):
    return find(release.id, key)


VALUES = {"name": "陈玥堃", "item": "高龄津贴", "due": date(2026, 12, 4)}


def test_a_message_is_filled_in_in_either_language(release):
    chinese = words(release).fill(VALUES, language="zh-hans", link="https://x/1")
    assert chinese.title == "您的申请已受理"
    assert chinese.text == "陈玥堃，您申请的“高龄津贴”已受理，将于2026年12月4日前办结。"
    assert (
        chinese.sms
        == "【云津区政务服务网】陈玥堃您好，“高龄津贴”已受理，2026年12月4日前办结。详见 https://x/1"
    )
    english = words(release).fill(VALUES, language="en", link="https://x/1")
    assert (
        english.text
        == "陈玥堃, your application for 高龄津贴 was accepted. It will be decided by 4 Dec 2026."
    )
    assert "政务" not in english.sms


@pytest.mark.parametrize(
    ("text", "value", "filled"),
    [
        ("需补正：{what}。请登录。", "请补交委托书。", "需补正：请补交委托书。请登录。"),
        ("需补正：{what}。请登录。", "请补交委托书", "需补正：请补交委托书。请登录。"),
        ("Needed: {what}. Log in.", "a letter.", "Needed: a letter. Log in."),
        ("“{what}”已生成。", "请补交。", "“请补交。”已生成。"),
    ],
)
def test_a_sentence_in_a_sentence_has_one_full_stop(text, value, filled):
    message = Wording.model_validate(
        {
            "channels": ["app"],
            "parameters": [{"key": "what", "meaning": {"zh": "内容", "en": "what"}}],
            "title": {"zh": "标题", "en": "Title"},
            "text": {"zh": text, "en": text},
        }
    )
    assert message.fill({"what": value}, language="zh-hans").text == filled


def test_a_missing_or_a_foreign_value_is_an_error(release):
    with pytest.raises(WrongParameters, match="缺少 due, item；多余 colour"):
        words(release).fill({"name": "陈", "item": "", "colour": "red"}, language="zh-hans")


def test_an_unknown_message_is_an_error(release):
    with pytest.raises(KeyError):
        words(release, "nothing")


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("a\r\nBcc: everybody@example.org", "a Bcc: everybody@example.org"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("零\u200b宽\x00字\x1b[31m", "零宽 字 [31m"),
        ("  多  空格　", "多 空格"),
        ("line\u2028separator", "line separator"),
        (3, "3"),
        ("x" * 10_000, "x" * 499 + "…"),
        ("{link} {name.__class__} %(x)s", "{link} {name.__class__} %(x)s"),
    ],
)
def test_values_are_one_plain_line(given_, shown):
    assert plain(given_) == shown


def test_a_value_is_never_read_as_a_place(release):
    filled = words(release).fill({**VALUES, "name": "{link}", "item": "{due}"}, language="zh-hans", link="L")
    assert filled.text == "{link}，您申请的“{due}”已受理，将于2026年12月4日前办结。"


@pytest.mark.parametrize(
    ("name", "on_the_phone"),
    [
        ("http://evil.cn/x", "http://evil．cn/x"),
        ("加V信evil.cn", "加V信evil．cn"),
        ("3.5公里", "3.5公里"),
        ("1.2.3.4.com", "1.2.3.4．com"),
    ],
)
def test_nobody_puts_a_link_into_an_sms_through_a_name(name, on_the_phone):
    assert without_links(name) == on_the_phone


def test_a_long_value_cannot_make_an_sms_longer_than_its_pack_said(release):
    filled = words(release).fill({**VALUES, "name": "长" * 400}, language="zh-hans", link="https://x/1")
    assert "长长长长长长长…您好" in filled.sms
    assert "长" * 400 in filled.text
    assert sms_count(filled.sms) <= words(release).most_sms


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("字" * 70, 1),
        ("字" * 71, 2),
        ("字" * 134, 2),
        ("字" * 135, 3),
        ("𬱖" * 35, 1),
        ("𬱖" * 36, 2),
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("", 1),
    ],
)
def test_sms_are_counted_as_operators_count_them(text, count):
    assert sms_count(text) == count


@given(value=st.text(max_size=700))
def test_whatever_a_value_is_it_stays_on_its_line_and_in_its_bounds(value):
    shown = plain(value)
    assert len(shown) <= wording.LONGEST_VALUE
    assert shown.isprintable()
    one = Wording.model_validate(
        {
            "channels": ["sms"],
            "parameters": [{"key": "v", "meaning": {"zh": "值", "en": "value"}, "longest": 10}],
            "title": {"zh": "题", "en": "Title"},
            "text": {"zh": "值为{v}。", "en": "It is {v}."},
            "most_sms": 1,
        }
    )
    if shown:
        assert sms_count(one.fill({"v": value}, language="zh-hans").sms) == 1
