"""Readings, names and sorting."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan import hanzi
from yizhan.hanzi.readings import syllables
from yizhan.hanzi.surnames import COMPOUND, SINGLE

NAMES = st.text(alphabet="单解仇王李欧阳修明安𠮷〇", min_size=1, max_size=5)


def test_phrases_decide_between_readings():
    assert hanzi.pinyin("重庆 番禺 银行行长") == "chong qing pan yu yin hang hang zhang"


def test_words_and_numbers_stay_as_they_are():
    assert hanzi.pinyin("越秀区１２号Ａ座") == "yue xiu qu 12 hao a zuo"
    assert hanzi.initials("越秀区１２号Ａ座") == "yxq12haz"


def test_a_character_nobody_can_read_stays():
    assert hanzi.pinyin("𠮷祥") == "𠮷 xiang"
    assert hanzi.initials("𠮷祥") == "𠮷x"


@pytest.mark.parametrize(
    ("name", "spelled", "with_tones"),
    [
        ("单雄信", "Shan Xiongxin", "Shàn Xióngxìn"),
        ("解缙", "Xie Jin", "Xiè Jìn"),
        ("仇英", "Qiu Ying", "Qiú Yīng"),
        ("区寄", "Ou Ji", "Ōu Jì"),
        ("查良镛", "Zha Liangyong", "Zhā Liángyōng"),
        ("任盈盈", "Ren Yingying", "Rén Yíngyíng"),
        ("华罗庚", "Hua Luogeng", "Huà Luógēng"),
        ("曾巩", "Zeng Gong", "Zēng Gǒng"),
        ("缪荃孙", "Miao Quansun", "Miào Quánsūn"),
        ("朴正", "Piao Zheng", "Piáo Zhèng"),
        ("盖叫天", "Ge Jiaotian", "Gě Jiàotiān"),
        ("万俟卨", "Moqi Xie", "Mòqí Xiè"),
        ("尉迟敬德", "Yuchi Jingde", "Yùchí Jìngdé"),
        ("长孙无忌", "Zhangsun Wuji", "Zhǎngsūn Wújì"),
        ("欧阳修", "Ouyang Xiu", "Ōuyáng Xiū"),
        ("李西安", "Li Xi'an", "Lǐ Xī'ān"),
        ("吕布", "Lü Bu", "Lǚ Bù"),
        ("𠮷明", "𠮷 Ming", "𠮷 Míng"),
        ("曾", "Zeng", "Zēng"),
        ("司馬遷", "Sima Qian", "Sīmǎ Qiān"),
        ("歐陽脩", "Ouyang Xiu", "Ōuyáng Xiū"),
        ("尉遲恭", "Yuchi Gong", "Yùchí Gōng"),
        ("萬俟卨", "Moqi Xie", "Mòqí Xiè"),
        ("單雄信", "Shan Xiongxin", "Shàn Xióngxìn"),
        ("區寄", "Ou Ji", "Ōu Jì"),
        ("華羅庚", "Hua Luogeng", "Huà Luógēng"),
    ],
)
def test_names_are_spelled_as_the_person_is_called(name, spelled, with_tones):
    assert hanzi.name_pinyin(name) == spelled
    assert hanzi.name_pinyin(name, tones=True) == with_tones


def test_names_with_a_dot_or_in_letters_have_no_surname():
    assert hanzi.name_parts("阿卜杜拉·买买提").surname == ""
    assert hanzi.name_pinyin("阿卜杜拉·买买提") == "Abodula Maimaiti"
    assert hanzi.name_pinyin("anna SCHMIDT") == "Anna Schmidt"


def test_a_name_of_two_characters_is_surname_and_given_name():
    assert hanzi.name_parts("司马") == ("司", "马")
    assert hanzi.name_parts("司马光") == ("司马", "光")
    assert hanzi.name_parts("欧阳夏丹青") == ("欧阳", "夏丹青")


def test_the_table_of_surnames_holds_exceptions_only():
    usual = {char: syllables(char)[0].reading for char in SINGLE}
    assert [char for char in SINGLE if SINGLE[char] == usual[char]] == []
    assert all(len(name) == len(reading.split()) == 2 for name, reading in COMPOUND.items())


def test_a_lone_character_is_a_surname_only_where_the_table_knows_it():
    assert hanzi.name_parts("仇") == ("仇", "")
    assert hanzi.name_parts("㛃") == ("", "㛃")
    assert sorted(["曾", "陈", "仇"], key=hanzi.name_sort_key) == ["陈", "仇", "曾"]


@given(NAMES)
def test_a_divided_name_is_the_name(name):
    assert "".join(hanzi.name_parts(name)) == name


def test_text_sorts_by_value_then_letters_then_pinyin_tone_and_code_point():
    right = ["1号", "2 号", "9", "12", "abc", "安", "的", "第2街", "第10街", "希", "西", "西安", "先进", "𠮷"]
    assert sorted(set(right), key=hanzi.sort_key) == right


def test_names_sort_by_how_they_are_called():
    assert sorted(["邓一", "单一", "尚一"], key=hanzi.name_sort_key) == ["邓一", "单一", "尚一"]
    assert hanzi.name_sort_key("单一") > hanzi.name_sort_key("邓一") > hanzi.sort_key("单一")


@given(
    st.text(alphabet="西安先希1290ab 的𠮷", max_size=8), st.text(alphabet="西安先希1290ab 的𠮷", max_size=8)
)
def test_python_and_the_c_collation_agree_on_keys(one, other):
    one, other = hanzi.sort_key(one), hanzi.sort_key(other)
    assert (one < other) == (one.encode() < other.encode())


def test_searching_never_loads_the_dictionary_of_readings():
    program = "import sys; from yizhan import hanzi; hanzi.query('越秀'); sys.exit('pypinyin' in sys.modules)"
    source = Path(hanzi.__file__).parents[2]
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ, "PYTHONPATH": str(source)})
