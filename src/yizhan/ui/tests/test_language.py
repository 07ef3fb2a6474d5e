from types import SimpleNamespace

from django.utils.translation import override
from markupsafe import Markup

from yizhan.ui.language import chinese, html_lang, local, mixed

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


def test_names_in_an_english_sentence_are_marked_and_nothing_else_is():
    with override("en"):
        assert mixed("何志强 has done it.") == '<span lang="zh">何志强</span> has done it.'
        assert mixed("<b>陈＊芳</b> & 5") == '&lt;b&gt;<span lang="zh">陈＊芳</span>&lt;/b&gt; &amp; 5'
        assert mixed(Markup('<a title="陈">陈</a>')) == '<a title="陈"><span lang="zh">陈</span></a>'
        assert mixed("nobody has done it.") == "nobody has done it."
    with override("zh-hans"):
        assert mixed("何志强已办理。") == "何志强已办理。"


def test_plain_text_is_left_alone():
    assert local("YZ20261120-00001") == "YZ20261120-00001"
