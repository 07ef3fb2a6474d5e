"""Official documents after GB/T 9704-2012: what stands where is measured in the PDF, in millimetres."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest

from yizhan import clock
from yizhan.records import fonts
from yizhan.records.tests import official_papers as papers
from yizhan.records.tests.official_papers import BODY, official
from yizhan.records.tests.reading import MM, lines_of, opened, pieces_of, strokes_of
from yizhan.records.typesetting import Sheet, TemplateBroken, Typesetter

SIZE = 15.78 * MM
LINE = SIZE * 15 / 8
LEFT, RIGHT, UPPER, LOWER = 28, 184, 37, 262
SEAL = 42
SHORT = [BODY[0], "特此通知。"]


@pytest.fixture(scope="module")
def typesetter():
    made = Typesetter(fonts.files())
    yield made
    made.close()


@pytest.fixture
def pages(typesetter):
    def made(*how, **paper):
        return opened(typesetter.pdf(official(*how, **paper))).pages

    return made


@pytest.fixture
def inked(typesetter):
    """How far above its baseline the ink of red words begins, in mm at a size in points."""

    def above(words, size):
        inked = f'xiaobiaosong(size: {size}pt, top-edge: "bounds", bottom-edge: "baseline")[{words}]'
        told = f'(unit: "", page: 1, y_mm: 0, x_mm: measure({inked}).height / 1mm)'
        body = f"#context [#metadata({told})<seal>]"
        (found,) = typesetter.places(
            Sheet('#import "official.typ": *\n' + body, clock.now(), {}, papers.PAPER)
        )
        return found.x_mm

    return above


def line(page, words):
    """(x, top of the characters, text) of the first line with these words."""
    return next((x, y - 0.8 * SIZE, text) for x, y, text in lines_of(page) if words in text.replace(" ", ""))


def red_mark(page):
    """(baseline, size in points, text) of the largest words."""
    largest = max(size for _, _, size, _, _ in pieces_of(page))
    found = [(y, size, text) for _, y, size, _, text in pieces_of(page) if size == largest]
    return found[0][0], largest, "".join(text for *_, text in found).replace(" ", "")


def rules(page):
    """Lines across, without those of tables and of the proof: (from, to, how far down, thickness)."""
    across = [(min(x, z), max(x, z), y, thick) for x, y, z, w, thick in strokes_of(page) if abs(y - w) < 0.01]
    return [one for one in across if one[1] - one[0] > 150 and not 273.5 < one[2] < 274.5]


def test_the_upper_left_has_copy_number_and_urgency(pages):
    page = pages(papers.NOTICE)[0]
    number, urgency = line(page, "000001"), line(page, "特急")
    assert (number[0], number[1]) == (pytest.approx(LEFT, abs=0.2), pytest.approx(UPPER, abs=1))
    assert (urgency[0], urgency[1] - number[1]) == (
        pytest.approx(LEFT, abs=0.2),
        pytest.approx(LINE, abs=0.15),
    )
    assert next(face for *_, face, text in pieces_of(page) if text == "特急") == "NotoSansSC-Medium"


def test_the_red_head_begins_35_mm_below_the_upper_edge_of_the_type_area(pages, inked):
    page = pages(papers.NOTICE)[0]
    baseline, size, text = red_mark(page)
    assert text == "云津区人民政府文件"
    assert baseline - inked(text, size) == pytest.approx(UPPER + 35, abs=0.3)
    xs = [x for x, _, of, _, _ in pieces_of(page) if of == size]
    assert min(xs) >= LEFT - 0.1


def test_number_red_line_title_and_addressee_follow_at_their_distances(pages):
    page = pages(papers.NOTICE)[0]
    mark, number, title, to = (
        red_mark(page)[0],
        line(page, "云府"),
        line(page, "云津区人民政府关于"),
        line(page, "各街道办事处，"),
    )
    (rule,) = (one for one in rules(page) if one[2] < 150)
    assert 2 * LINE < number[1] - mark < 2 * LINE + 2.5, "two lines are left free below the ink"
    assert rule[:2] == (pytest.approx(LEFT, abs=0.1), pytest.approx(RIGHT, abs=0.3))
    assert rule[2] - (number[1] + SIZE) == pytest.approx(4, abs=0.5)
    big = 22 * MM
    assert next(y for _, y, size, _, _ in pieces_of(page) if size == 22) - 0.8 * big - rule[
        2
    ] == pytest.approx(2 * LINE, abs=0.6)
    lines = [y for _, y, size, face, text in pieces_of(page) if size == 22]
    assert to[1] - (max(lines) + 0.2 * big) == pytest.approx(LINE, abs=0.5)
    assert to[0] == pytest.approx(LEFT, abs=0.1)
    assert to[2].endswith("：")
    assert title[2] != papers.PAPER["title"], "it needs two lines"
    assert "为方便群众" in page.extract_text(), "the text begins on the first page"


def test_headings_are_numbered_on_four_levels(pages):
    text = "".join(page.extract_text() for page in pages(papers.NOTICE)).replace(" ", "")
    for words in (
        "一、工作目标",
        "（一）统一受理标准",
        "1.姓名用字",
        "（1）核对",
        "二、主要任务",
        "（一）建设平台",
        "（二）组织保障",
    ):
        assert words in text
    many = pages(papers.JOINT, [{"level": 1, "text": "事项"}] * 23)
    listed = "\n" + "\n".join(page.extract_text() for page in many).replace(" ", "")
    assert all(f"\n{words}、事项" in listed for words in ("十", "十九", "二十", "二十三"))


def test_the_date_stands_four_characters_from_the_right_under_its_issuer(pages, typesetter):
    page = pages(papers.NOTICE)[-1]
    (place,) = typesetter.places(official(papers.NOTICE))
    name = line(page, papers.GOVERNMENT)
    assert name[0] + SIZE * len(papers.GOVERNMENT) / 2 == pytest.approx(place.x_mm, abs=0.3)
    middle = (line(page, "2026年5月20日")[0] + RIGHT - 4 * SIZE) / 2
    assert middle == pytest.approx(place.x_mm, abs=0.2)
    assert (place.page, place.unit) == (len(pages(papers.NOTICE)), papers.GOVERNMENT)


def test_the_note_stands_below_the_date_two_characters_in(pages):
    page = pages(papers.NOTICE)[-1]
    note, date = line(page, "（此件公开发布）"), line(page, "2026年5月20日")
    assert note[1] - date[1] == pytest.approx(LINE, abs=0.2)
    assert LEFT + SIZE < note[0] < LEFT + 2.6 * SIZE


def test_the_foot_of_the_last_page_ends_with_the_type_area(pages):
    made = pages(papers.NOTICE)
    first, middle, last = rules(made[-1])[-3:]
    assert last[2] == pytest.approx(LOWER, abs=0.3)
    assert [one[3] for one in (first, middle, last)] == [
        pytest.approx(t, abs=0.01) for t in (0.35, 0.25, 0.35)
    ]
    assert all(
        (one[0], one[1]) == (pytest.approx(LEFT, abs=0.1), pytest.approx(RIGHT, abs=0.3))
        for one in (first, middle, last)
    )
    copied, printed = line(made[-1], "抄送："), line(made[-1], "印发")
    assert copied[0] == pytest.approx(LEFT + 14 * MM, abs=0.3)
    assert first[2] < copied[1] < middle[2] < printed[1] < last[2]
    sizes = {size for _, y, size, _, _ in pieces_of(made[-1]) if first[2] < y < last[2]}
    assert sizes == {14}
    text = made[-1].extract_text().replace("\n", "").replace(" ", "")
    assert "区检察院。" in text
    assert not any("抄送" in page.extract_text() for page in made[:-1])


def test_so_many_addressees_that_no_text_would_show_move_to_the_foot(pages):
    many = [f"北桥街道第{n}社区居民委员会" for n in range(1, 31)]
    made = pages({**papers.NOTICE, "to": many})
    assert "为方便群众" in made[0].extract_text()
    assert many[0] not in made[0].extract_text()
    foot = made[-1].extract_text().replace("\n", "").replace(" ", "")
    assert f"主送：{many[0]}，" in foot
    assert f"{many[-1]}。" in foot
    assert foot.index("主送：") < foot.index("抄送：") < foot.index("印发")
    assert len(rules(made[-1])) == 3, "no line between the two"


def test_the_foot_goes_to_an_even_page_where_both_sides_are_printed(pages):
    for body in (SHORT, BODY, BODY * 2):
        assert len(pages({**papers.NOTICE, "duplex": True}, body)) % 2 == 0


def test_joint_issuers_stand_one_below_the_other_and_their_seals_never_touch(pages, typesetter):
    for issuers in (
        [papers.CIVIL_AFFAIRS, papers.FINANCE],
        [papers.CIVIL_AFFAIRS, papers.FINANCE, papers.LABOUR],
        [papers.CIVIL_AFFAIRS, papers.FINANCE] * 3,
    ):
        how = {**papers.JOINT, "issuers": issuers}
        made, places = pages(how), typesetter.places(official(how))
        assert [place.unit for place in places] == issuers
        (number,) = {place.page for place in places}
        page = made[number - 1]
        assert "2026年5月20日" in page.extract_text().replace(" ", "")
        for one, other in combinations(places, 2):
            assert hypot(one.x_mm - other.x_mm, one.y_mm - other.y_mm) > SEAL
        assert min(place.x_mm for place in places) - SEAL / 2 >= LEFT
        assert max(place.x_mm for place in places) + SEAL / 2 <= RIGHT
        text = [
            (y, words)
            for _, y, words in lines_of(page)
            if "特此通知" in words or "及时解决" in words or "区人民政府。" in words
        ]
        gap = min(place.y_mm for place in places) - SEAL / 2 - (max(text)[0] + 0.2 * SIZE)
        assert 0 < gap < LINE, "the first row begins within a line below the text"
        top = line(made[0], "云府")[1]
        head = "".join(words for _, y, _, face, words in pieces_of(made[0]) if y < top).replace(" ", "")
        assert head.count("文件") == 1
        assert all(issuer in head for issuer in issuers)
    date = line(page, "2026年5月20日")
    assert date[1] + SIZE < places[-1].y_mm + SEAL / 2


def test_so_many_issuers_that_a_page_cannot_hold_their_seals_go_over_in_rows(pages, typesetter):
    issuers = [f"云津区第{n}街道办事处以及社区服务中心" for n in "一二三四五六七八九十甲乙丙丁"]
    how = {**papers.JOINT, "issuers": issuers, "main_only": True}
    places = typesetter.places(official(how))
    assert [place.unit for place in places] == issuers
    assert len({place.page for place in places}) > 1
    assert all(place.y_mm - SEAL / 2 > UPPER - 0.1 and place.y_mm + SEAL / 2 < LOWER + 12 for place in places)
    text = "".join(page.extract_text() for page in pages(how)).replace("\n", "").replace(" ", "")
    assert all(text.count(issuer) == 1 for issuer in issuers[1:])


def test_the_main_issuer_may_stand_alone_in_the_head(pages):
    page = pages({**papers.JOINT, "main_only": True})[0]
    assert red_mark(page)[2] == "云津区民政局文件"


def test_a_paper_to_a_higher_authority_names_who_signs_it(pages):
    page = pages(papers.REQUEST, SHORT)[0]
    number, first, last = line(page, "云府"), line(page, "签发人："), line(page, "王堃")
    assert number[0] == pytest.approx(LEFT + SIZE, abs=0.4)
    assert number[1] == pytest.approx(last[1], abs=0.1), "the last name stands in the row of the number"
    assert last[1] - first[1] == pytest.approx(LINE, abs=0.15)
    assert "张昇" in first[2] and "李玥" in first[2]
    kai = fonts.files()["kaiti"][0].name.split("-")[0].split("_")[0]
    assert next(face for *_, face, text in pieces_of(page) if text.startswith("张")).startswith(kai)


def test_a_letter_has_red_lines_of_170_mm_and_no_number_on_its_first_page(pages, inked):
    first = pages({**papers.LETTER, "urgency": "加急", "copy": 12})[0]
    baseline, size, text = red_mark(first)
    assert text == papers.CIVIL_AFFAIRS
    assert baseline - inked(text, size) == pytest.approx(30, abs=0.3)
    red = rules(first)
    assert [(one[0], one[1]) for one in red] == [
        (pytest.approx(20, abs=0.3), pytest.approx(190, abs=0.3))
    ] * 4
    thick = [one[3] for one in red]
    assert thick[0] > thick[1] and thick[2] < thick[3]
    assert red[0][2] - baseline == pytest.approx(4, abs=1.5)
    assert red[3][2] == pytest.approx(297 - 20, abs=0.8)
    number, copy = line(first, "云府"), line(first, "000012")
    assert number[1] == pytest.approx(copy[1], abs=0.1)
    assert copy[1] - red[1][2] == pytest.approx(SIZE * 7 / 8, abs=0.5)
    assert not any(text.strip().startswith("—") for _, _, text in lines_of(first))
    second = pages(papers.LETTER, BODY * 2)[1]
    assert any(
        text.strip().startswith("—2") or text.strip().startswith("— 2") for _, _, text in lines_of(second)
    )
    assert all(one[1] - one[0] < 160 for one in rules(second))


def test_a_letter_of_one_page_keeps_its_code_above_the_red_line_and_beside_the_seal(pages, typesetter):
    (page,) = pages(papers.LETTER, SHORT)
    code = line(page, papers.PAPER["code"])
    assert code[1] < 277 - 3
    (place,) = typesetter.places(official(papers.LETTER, SHORT))
    assert place.x_mm - SEAL / 2 > 28 + 91
    assert "抄送：区审计局。" in page.extract_text().replace(" ", "")


def test_an_order_is_stamped_by_who_signs_it(pages, typesetter, inked):
    (page,) = pages(papers.ORDER, ["现予公布，自2026年7月1日起施行。"], number="第3号")
    baseline, size, text = red_mark(page)
    assert text == "云津区人民政府令"
    assert baseline - inked(text, size) == pytest.approx(UPPER + 20, abs=0.3)
    (place,) = typesetter.places(official(papers.ORDER, ["现予公布。"], number="第3号"))
    assert (place.unit, place.kind) == ("张昇", "stamp")
    assert place.x_mm == pytest.approx(RIGHT - 6 * SIZE, abs=0.3)
    duty = line(page, "区长")
    assert duty[0] + 2 * SIZE == pytest.approx(RIGHT - 10 * SIZE, abs=0.5)


def test_minutes_name_who_took_part_and_bear_no_seal(pages, typesetter):
    made = pages(papers.MINUTES, SHORT)
    text = made[0].extract_text().replace(" ", "")
    assert red_mark(made[0])[2] == "云津区人民政府常务会议纪要"
    for words in ("出席：张昇、李玥、王堃", "请假：赵喆", "列席：区民政局陈犇、区财政局刘翀"):
        assert words in text.replace("\n", "")
    labels = {
        face for *_, face, words in pieces_of(made[0]) if words.strip() in ("出席：", "请假：", "列席：")
    }
    assert labels == {"NotoSansSC-Medium"}
    assert typesetter.places(official(papers.MINUTES, SHORT)) == []


def test_without_a_seal_the_date_stands_two_characters_further_in_than_its_issuer(pages, typesetter):
    how = {**papers.NOTICE, "sealed": False}
    page = pages(how, SHORT)[-1]
    name, date = line(page, papers.GOVERNMENT), line(page, "2026年5月20日")
    assert name[0] + len(papers.GOVERNMENT) * SIZE + 2 * SIZE == pytest.approx(RIGHT, abs=6)
    assert date[0] - name[0] == pytest.approx(2 * SIZE, abs=0.2)
    assert typesetter.places(official(how, SHORT)) == []


def test_attachments_have_pages_of_their_own(pages):
    appended = [
        {"title": "街道统一受理服务事项目录", "body": SHORT},
        {"title": "受理窗口建设规范", "body": BODY},
    ]
    made = pages({**papers.NOTICE, "appended": appended}, SHORT)
    first = next(page for page in made if "附件1" in page.extract_text())
    head, title = line(first, "附件1"), line(first, "街道统一受理服务事项目录")
    assert (head[0], head[1]) == (pytest.approx(LEFT, abs=0.2), pytest.approx(UPPER, abs=1))
    assert title[1] - head[1] == pytest.approx(2 * LINE, abs=2), "the title is the third line"
    assert "抄送" in made[-1].extract_text()


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"secrecy": "秘密★1年"}, "涉密"),
        ({"copy": 1234567}, "份号"),
        ({"copy": "甲"}, "份号"),
        ({"urgency": "快"}, "紧急程度"),
        ({"upward": True}, "签发人"),
        ({"form": "poem"}, "公文格式"),
    ],
)
def test_what_the_standard_does_not_know_is_refused_with_the_reason(typesetter, how, words):
    with pytest.raises(TemplateBroken, match=words) as fault:
        typesetter.pdf(official(how))
    assert "panicked" not in str(fault.value)
    with pytest.raises(TemplateBroken, match="标题"):
        typesetter.pdf(official({}, [{"picture": "x"}]))


def test_it_is_an_archive_pdf_as_letters_are_and_always_the_same(typesetter):
    one = typesetter.pdf(official(papers.NOTICE))
    assert one == typesetter.pdf(official(papers.NOTICE))
    pdf = opened(one)
    assert "<pdfaid:part>3</pdfaid:part>" in pdf.xmp_metadata.stream.get_data().decode()
    assert pdf.metadata.title == papers.PAPER["title"]
    assert pdf.trailer["/Root"]["/AF"]
    assert typesetter.warnings(official(papers.NOTICE)) == []
