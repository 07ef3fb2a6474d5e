"""Surnames that are read otherwise than the character, and surnames of two characters.

Readings follow the usual lists of easily misread surnames and 百家姓; families may differ, and a person's
own statement always wins over this table. Tones are numbers (``shan4``).
"""

from __future__ import annotations

SINGLE = {
    "单": "shan4", "解": "xie4", "仇": "qiu2", "区": "ou1", "查": "zha1", "任": "ren2", "华": "hua4",
    "曾": "zeng1", "缪": "miao4", "朴": "piao2", "盖": "ge3", "繁": "po2", "员": "yun4", "贠": "yun4",
    "种": "chong2", "折": "she2", "召": "shao4", "洗": "xian3", "黑": "he4", "秘": "bi4", "乜": "nie4",
    "覃": "qin2", "佴": "nai4", "翟": "zhai2", "祭": "zhai4", "句": "gou1", "过": "guo1", "哈": "ha3",
    "燕": "yan1", "乐": "yue4", "纪": "ji3", "那": "na1", "阚": "kan4", "蔚": "yu4", "卜": "bu3",
    "葛": "ge3", "干": "gan1", "都": "du1", "能": "nai4", "要": "yao1", "相": "xiang4", "薄": "bo2",
    "隗": "wei3", "适": "kuo4", "郇": "xun2", "舍": "she4",
}  # fmt: skip

COMPOUND = {
    "万俟": "mo4 qi2", "尉迟": "yu4 chi2", "长孙": "zhang3 sun1", "澹台": "tan2 tai2", "单于": "chan2 yu2",
    "令狐": "ling2 hu2", "鲜于": "xian1 yu2", "乐正": "yue4 zheng4", "子车": "zi3 ju1", "亓官": "qi2 guan1",
    "宰父": "zai3 fu3", "谷梁": "gu3 liang2", "皇甫": "huang2 fu3", "闾丘": "lv2 qiu1", "拓跋": "tuo4 ba2",
    "独孤": "du2 gu1", "夏侯": "xia4 hou2", "欧阳": "ou1 yang2", "司马": "si1 ma3", "上官": "shang4 guan1",
    "诸葛": "zhu1 ge3", "司徒": "si1 tu2", "司空": "si1 kong1", "东方": "dong1 fang1", "公孙": "gong1 sun1",
    "慕容": "mu4 rong2", "轩辕": "xuan1 yuan2", "钟离": "zhong1 li2", "宇文": "yu3 wen2", "端木": "duan1 mu4",
    "呼延": "hu1 yan2", "南宫": "nan2 gong1", "申屠": "shen1 tu2", "淳于": "chun2 yu2", "濮阳": "pu2 yang2",
    "公冶": "gong1 ye3", "太叔": "tai4 shu1", "仲孙": "zhong4 sun1", "赫连": "he4 lian2", "完颜": "wan2 yan2",
    "西门": "xi1 men2", "东郭": "dong1 guo1", "南门": "nan2 men2", "公羊": "gong1 yang2", "百里": "bai3 li3",
    "第五": "di4 wu3", "漆雕": "qi1 diao1", "巫马": "wu1 ma3", "颛孙": "zhuan1 sun1", "闻人": "wen2 ren2",
    "纳兰": "na4 lan2", "梁丘": "liang2 qiu1", "左丘": "zuo3 qiu1", "东门": "dong1 men2",
}  # fmt: skip

# Registers of people from Hong Kong, Macao and Taiwan write the same surnames in traditional characters.
TRADITIONAL = str.maketrans(
    "單區華繆員種黑秘過樂紀闞蔚幹萬尉遲長孫澹臺于鮮車亓穀谷閭丘歐陽司馬諸東軒轅鍾鐘離呼濮連顏門顓聞納蘭",
    "单区华缪员种黑秘过乐纪阚蔚干万尉迟长孙澹台于鲜车亓谷谷闾丘欧阳司马诸东轩辕钟钟离呼濮连颜门颛闻纳兰",
) | str.maketrans("蓋葉", "盖叶")
