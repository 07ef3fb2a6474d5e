"""The page after GB/T 9704: millimetres, lines and characters are measured in the PDF that was made."""

from __future__ import annotations

from itertools import pairwise

import pytest

from yizhan import clock
from yizhan.records import fonts
from yizhan.records.tests.reading import MM, lines_of, opened, pieces_of
from yizhan.records.tests.test_sheets import LINE, PAPER
from yizhan.records.typesetting import Sheet, Typesetter

LETTER = '#import "letter.typ": *\n#show: letter.with(to: data.name)\n'
SIZE = 15.78 * MM
LEFT, RIGHT, UPPER, LOWER = 28, 184, 37, 262
FULL = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"  # 28
RARE = "昇玥堃喆犇翀𬱖㛃"


@pytest.fixture(scope="module")
def typesetter():
    made = Typesetter(fonts.files())
    yield made
    made.close()


@pytest.fixture
def pages(typesetter):
    def made(body, data=None, **paper):
        sheet = Sheet(LETTER + body, clock.now(), {"name": "陈玥堃", **(data or {})}, {**PAPER, **paper})
        assert typesetter.warnings(sheet) == []
        return opened(typesetter.pdf(sheet)).pages

    return made


def within(page):
    """Lines of the type area."""
    return [line for line in lines_of(page) if UPPER < line[1] < LOWER]


def tops(page):
    return [y - 0.8 * SIZE for _, y, _ in within(page)]


def test_a_full_page_has_22_lines_of_28_characters_and_fills_the_type_area(pages):
    page = pages("#set par(first-line-indent: 0pt)\n" + FULL * 60)[1]
    lines = within(page)
    assert len(lines) == 22
    assert [text for _, _, text in lines] == [FULL] * 22
    assert {round(x, 1) for x, _, _ in lines} == {28.0}
    assert tops(page)[0] == pytest.approx(UPPER, abs=1)
    assert tops(page)[-1] + SIZE == pytest.approx(LOWER, abs=1)
    for upper, lower in pairwise(tops(page)):
        assert lower - upper == pytest.approx(SIZE * 15 / 8, abs=0.11)


def test_every_chinese_character_is_one_em_wide_whoever_draws_it(pages):
    rare = (RARE * 4)[:28]
    for role in ("fangsong", "kaiti", "heiti", "xiaobiaosong"):
        page = pages(f'#set par(first-line-indent: 0pt)\n#face("{role}", data.rare)', {"rare": rare * 3})[0]
        body = [text for _, _, text in within(page) if text[0] in rare]
        assert body[:3] == [rare] * 3, role


def test_a_paragraph_begins_with_two_characters_and_punctuation_stays_inside(pages):
    page = pages(("，".join(FULL[:9]) + "。") * 6)[0]
    first, *others = [line for line in within(page) if "一，二" in line[2] or "，" in line[2]]
    assert first[0] == pytest.approx(LEFT + 2 * SIZE, abs=0.1)
    assert {round(x, 1) for x, _, _ in others} == {28.0}
    assert not any(text[0] in "，。" for _, _, text in others)


def test_four_levels_of_headings_have_their_faces(pages):
    body = '#level("一", "甲甲")\n#second("一", "乙乙")\n#third("1", "丙丙")\n#fourth("1", "丁丁")\n戊戊。'
    found = {text[-2:]: face for _, _, _, face, text in pieces_of(pages(body)[0]) if text[-1] in "甲乙丙丁"}
    roles = fonts.files()
    assert found["甲甲"] == "NotoSansSC-Medium"
    assert found["乙乙"].split("-")[0] == roles["kaiti"][0].name.split("-")[0].split("_")[0]
    assert found["丙丙"] == found["丁丁"]
    texts = [text.replace(" ", "") for _, _, text in lines_of(pages(body)[0])]
    assert [words in texts for words in ("一、甲甲", "（一）乙乙", "1.丙丙", "（1）丁丁")] == [True] * 4


def test_a_heading_is_never_the_last_line_of_a_page(pages):
    for many in range(10, 22):
        for page in pages("事由。\n\n" * many + '#level("二", "理由")\n甲乙丙丁。\n\n' + "事由。\n\n" * 5)[
            :-1
        ]:
            assert "理由" not in within(page)[-1][2]


def test_page_numbers_stand_outside_7_mm_below_the_type_area(pages):
    odd, even = pages("正文。\n\n" * 40)[:2]
    (odd_x, odd_y), (even_x, even_y) = (
        next((x, y) for x, y, text in lines_of(page) if text.startswith("—")) for page in (odd, even)
    )
    assert odd_x > 160
    assert even_x == pytest.approx(LEFT + 14 * MM, abs=0.5)
    dash = 0.35 * 14 * MM
    assert odd_y - dash == pytest.approx(LOWER + 7, abs=0.3)
    assert even_y - dash == pytest.approx(LOWER + 7, abs=0.3)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("不予行政许可决定书", ["不予行政许可决定书"]),
        (
            "广州市越秀区人民政府关于推进街道统一受理平台建设的通知",
            ["广州市越秀区人民政府关于", "推进街道统一受理平台建设的通知"],
        ),
        (
            "关于做好2026年12月31日前全区580项政务服务事项网上办理有关工作的通知",
            ["关于做好2026年12月31日前全区580项", "政务服务事项网上办理有关工作的通知"],
        ),
        (
            "关于对越秀区北桥街道和平路一百二十三号首层食品经营许可申请不予受理的决定书",
            ["关于对越秀区北桥街道和平路一百二十三号", "首层食品经营许可申请不予受理的决定书"],
        ),
    ],
)
def test_a_title_is_broken_where_words_end(pages, title, lines):
    found = [text for _, _, size, face, text in pieces_of(pages("正文", title=title)[0]) if size == 22]
    assert "".join(found).replace(" ", "") == title
    assert [text.replace(" ", "") for _, _, text in lines_of(pages("正文", title=title)[0])][
        2 : 2 + len(lines)
    ] == lines


def test_a_title_never_narrows_in_the_middle_and_keeps_within_the_type_area(pages):
    subject = "暂时中止2026年度最低生活保障对象家庭经济状况复核工作并重新确定核查期限等有关事项并通报检查情况"
    for end in range(12, len(subject)):
        title = f"广州市越秀区民政局关于{subject[:end]}的通知"
        lines = [
            text
            for _, y, text in lines_of(pages("正文", title=title)[0])
            if 48 < y < 100 and not text.startswith(("陈", "正文"))
        ]
        widths = [len(text.encode("gbk")) for text in lines]
        assert "".join(lines).replace(" ", "") == title
        assert max(widths) <= 2 * 20
        assert not (len(widths) == 3 and widths[1] < widths[0] - 1 and widths[1] < widths[2] - 1), lines
        assert lines[-1].endswith("通知"), lines
        assert len(lines[-1]) > 4


def test_values_that_are_too_long_wrap_and_leave_the_paper_nowhere(pages):
    long = {
        "chinese": "陈玥堃" * 60,
        "address": "https://yizhan.example.gov.cn/" + "a1_-" * 60,
        "digits": "5" * 300,
    }
    body = """
#facts(("名称", data.chinese), ("网址", data.address), ("编号", data.digits))
#listing(("名称", "网址"), ((data.chinese, data.address),))
#data.address #data.digits
"""
    drawn = []
    for page in pages(body, long):
        for x, _, size, _, text in pieces_of(page):
            wide = sum(1 if ord(one) > 0x2000 else 0.45 for one in text) * size * MM
            assert LEFT - 0.1 <= x <= x + wide <= RIGHT + 3, text
            drawn.append(text)
    text = "".join(drawn).replace(" ", "").replace("\n", "")
    assert text.count("5") == 2 * len(long["digits"])
    assert text.count("陈玥堃") >= 120


def test_a_list_repeats_its_head_on_every_page_and_numbers_its_rows(pages):
    rows = [[f"和平路{n}号", str(n)] for n in range(1, 101)]
    made = pages('#listing(("经营场所", "面积"), data.rows)\n特此通知。', {"rows": rows})
    assert len(made) > 3
    listed = [text_of_page for page in made if "和平路" in (text_of_page := page.extract_text())]
    assert all(text.count("经营场所") == 1 and text.count("序号") == 1 for text in listed)
    text = "".join(listed).replace("\n", "")
    assert all(f"{n}和平路{n}号{n}" in text.replace(" ", "") for n in (1, 50, 100))


def test_what_is_attached_is_named_below_the_text(pages):
    long = "受理窗口建设规范（含窗口设置、标识标牌、人员配备、设施设备和服务用语等方面的具体要求）"
    lines = within(pages(f'特此通知。\n\n#attachments("目录", "{long}")')[0])
    first = next(line for line in lines if line[2].startswith("附件："))
    second, over = lines[lines.index(first) + 1 : lines.index(first) + 3]
    assert first[0] == pytest.approx(LEFT + 2 * SIZE, abs=0.1)
    assert second[0] == pytest.approx(LEFT + 5 * SIZE, abs=0.1)
    assert over[0] > second[0] + 3
    last = next(line for line in lines if line[2].startswith("特此通知"))
    assert first[1] - last[1] == pytest.approx(2 * LINE, abs=0.15), "a line is left free"
    (single,) = [
        text for _, _, text in within(pages('特此通知。\n\n#attachments("目录")')[0]) if "附件" in text
    ]
    assert single == "附件：目录"


def test_where_a_photo_is_missing_its_place_says_so(pages):
    assert "无照片" in pages("#photograph(none)\n\n正文")[0].extract_text()
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    shown = pages("#photograph(data.photo)\n\n正文", {"photo": picture})[0]
    assert "无照片" not in shown.extract_text()


def test_the_last_lines_of_the_text_go_with_the_seal_and_no_more_than_these(pages):
    for many in range(60, 400, 20):
        made = pages("甲乙丙丁戊" * many)
        lines = [text for _, _, text in within(made[-1])]
        assert lines[-1] == "2026年11月20日"
        if len(made) > 1:
            assert "戊" in lines[0], "text stands on the page of the seal"
            assert len(within(made[-2])) >= 14, "the page before is full but for the room of the seal"


def test_what_ends_with_a_table_goes_with_its_seal(pages):
    for many in range(10, 20):
        made = pages("事由。\n\n" * many + '#facts(("甲", "乙"), ("丙", "丁"))')
        assert "丁" in made[-1].extract_text()
        assert "2026年11月20日" in made[-1].extract_text()


def test_english_papers_are_set_in_english(pages):
    body = """You\'ve applied. #data.long

#level("1", "Reasons")
#facts(("Name", data.name))
#attachments("List")
"""
    made = pages(
        body, {"long": "The conditions are met. " * 30}, language="en", title="Decision", issuer="Bureau"
    )
    text = "\n".join(page.extract_text() for page in made)
    assert "You've applied" in text
    assert "1. Reasons" in text
    assert "Attached:" in text
    faces = {face for page in made for *_, face, words in pieces_of(page) if "conditions" in words}
    assert {face.partition("-")[0] for face in faces} == {"NotoSerifSC"}
    assert "20 November 2026" in text


def test_a_typist_s_blanks_beside_digits_and_marks_are_left_out_and_others_stay(pages):
    body = "自收到之日起 60 日内，于 6 个月 7 日前每月人民币 #data.money 元。 年满 GB 18030 的要求， 办理 100% 的事项。"
    text = "".join(words for _, _, words in within(pages(body, {"money": "200.00"})[0])).replace("\n", "")
    assert "自收到之日起60日内，于6个月7日前每月人民币200.00元。年满GB 18030的要求，办理100%的事项。" in text


@pytest.mark.parametrize("before", range(9, 28))
def test_the_number_of_a_case_stretches_no_line(pages, before):
    number = "YX2026-1120-00001"
    text = FULL[:before] + number + FULL * 2
    (page,) = pages("#set par(first-line-indent: 0pt)\n" + text)
    lines = [line.strip() for _, _, line in within(page) if FULL[0] in line or "YX" in line]
    assert text.startswith("".join(lines[:2])), "it is read as it was"
    for line in lines[:-1]:
        natural = sum(1 if sign in FULL else 0.55 for sign in line)
        assert natural > 28 - 4.5, line
