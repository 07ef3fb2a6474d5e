from types import SimpleNamespace

from django.utils.translation import override

from yizhan.ui.language import chinese, html_lang, local

BOTH = {"zh": "高龄津贴", "en": "Old-age allowance"}


def test_pack_words_follow_the_page():
    with override("zh-hans"):
        assert (local(BOTH), html_lang()) == ("高龄津贴", "zh-Hans")
    with override("en"):
        assert (local(BOTH), html_lang()) == ("Old-age allowance", "en")
        assert local(SimpleNamespace(**BOTH)) == "Old-age allowance"


def test_a_name_without_english_stays_chinese_and_is_marked():
    with override("en"):
        assert local({"zh": "北京街"}) == '<span lang="zh">北京街</span>'
        assert chinese("<陈>") == '<span lang="zh">&lt;陈&gt;</span>'
    with override("zh-hans"):
        assert chinese("陈小芳") == "陈小芳"


def test_plain_text_is_left_alone():
    assert local("YZ20261120-00001") == "YZ20261120-00001"
