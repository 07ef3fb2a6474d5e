"""Invented names. The weights are round guesses at what sounds like Guangzhou; nobody is meant."""

from __future__ import annotations

from random import Random

_SURNAMES = (
    "陈:120 李:90 黄:80 张:70 梁:70 林:50 何:48 刘:46 吴:45 罗:34 王:34 杨:30 周:28 郑:24 曾:24 叶:22 邓:22 "
    "谢:22 冯:22 麦:16 区:12 许:18 蔡:18 苏:16 卢:16 潘:14 钟:18 黎:18 徐:16 朱:16 胡:14 郭:18 彭:14 余:12 "
    "方:10 温:8 简:8 谭:18 莫:10 关:10 霍:6 伍:8 欧阳:5 司徒:3 单:2 解:1 仇:1 查:1"
)
_OLD_WOMEN = (
    "玉珍 秀英 桂芳 惠兰 月娥 金凤 淑贞 丽华 素珍 婉仪 凤仙 佩珍 美玲 玉莲 少芳 润好 群英 秀琼 雪梅 瑞莲"
)
_OLD_MEN = (
    "国强 建国 志明 伟民 德荣 炳坤 耀华 锦棠 润生 福林 永昌 树森 兆麟 伯仁 广源 汉文 庆堂 达明 松柏 金水"
)
_WOMEN = "晓岚 雅婷 慧敏 思颖 嘉欣 佩珊 诗琪 梓晴 欣怡 静雯 婉婷 美玥 紫菱 海燕 丹丹 昕玥 若彤 芷晴 颖诗 雪莹"
_MEN = "志强 俊杰 家豪 子轩 浩然 伟杰 文博 嘉俊 梓轩 宇航 建华 国栋 明辉 永康 锦程 海涛 喆 昇 昊 翀"
_FIRST = "文志国建明伟家子俊海永嘉思晓雅慧静婉诗紫佩秀玉淑丽梓浩宇泽一若欣可昕锦景书承启润"
_SECOND = "华强明辉杰豪轩然博航栋康程涛宁安怡琪晴雯婷彤萱妍涵桐雪莹芳兰珍英梅霞琴云平刚勇军波鑫磊翔帆"
_OLD = 60  # years; names of that age sound different

surnames, weights = zip(
    *((s, int(w)) for s, w in (pair.split(":") for pair in _SURNAMES.split())), strict=True
)


def surname(dice: Random) -> str:
    """A family name."""
    return str(dice.choices(surnames, weights)[0])


def given(dice: Random, *, woman: bool, age: int) -> str:
    """A given name that fits sex and age."""
    old, young = (_OLD_WOMEN, _WOMEN) if woman else (_OLD_MEN, _MEN)
    return dice.choice((old if age >= _OLD else young).split())


def full(dice: Random, *, woman: bool, age: int, rare: bool = False) -> str:
    """A whole name; ``rare`` for a given name of any two characters, as a million people need them."""
    if rare:
        return surname(dice) + dice.choice(_FIRST) + dice.choice(_SECOND)
    return surname(dice) + given(dice, woman=woman, age=age)
