"""Papers with the English beneath the Chinese: in smaller type, the Chinese authoritative, other papers untouched."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from yizhan import clock
from yizhan.records import fonts, papers
from yizhan.records.documents import Document, English, WrongData
from yizhan.records.kinds import _example
from yizhan.records.printing import elements_of
from yizhan.records.tests.reading import lines_of, lowest, opened, pieces_of, text_of
from yizhan.records.tests.test_sheets import PAPER
from yizhan.records.typesetting import Sheet, Typesetter

TITLE = "Decision to grant the allowance"
AUTHORITY = "the Chinese text is authoritative"
BODY = """#import "letter.typ": *
#show: letter.with(to: data.name)

你的申请收悉，决定予以受理，特此告知。

#english(it => [Your application of #on(it.day) for "#it.item" (60 days) is accepted.])

#level("一", "内容", en: "Content")

#facts((("申请事项", "Service"), beside(data.item, it => it.item)), (("姓名", "Name"), data.name))

原因见下。

#english(it => translated(it, "why"))
"""
DATA = {"name": "陈玥堃", "item": "高龄津贴", "day": "2026-11-16", "why": "材料不齐"}
DEFINED = {
    "title": {"zh": "准予决定书", "en": TITLE}, "kind": "approval", "english": True, "number": "云民〔{year}〕{serial}号",
    "data": [
        {"key": "item", "meaning": {"zh": "事项", "en": "item"}, "example": "津贴", "example_en": "Allowance"},
        {"key": "name", "meaning": {"zh": "姓名", "en": "name"}, "example": "陈"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def typesetter():
    made = Typesetter(fonts.files())
    yield made
    made.close()


def sheet_of(body=BODY, *, both=True, issuer="Civil Affairs Bureau", **english):
    data, about = dict(DATA), dict(PAPER)
    if both:
        data["en"] = {"data": {**DATA, "item": "Elderly allowance", **english}}
        about |= {"language": "both", "title_en": TITLE, "issuer_en": issuer}
    return Sheet(body, clock.now(), data, about)


@pytest.fixture
def made(typesetter):
    def paper(body=BODY, **how):
        sheet = sheet_of(body, **how)
        assert typesetter.warnings(sheet) == []
        return opened(typesetter.pdf(sheet))

    return paper


def words(pdf):
    return " ".join(text_of(pdf).split())


def test_titles_sentences_labels_and_values_have_english(made):
    said = words(made())
    for one in (TITLE, "Civil Affairs Bureau", "is accepted.", "Content", "Service", "Elderly allowance"):
        assert one in said, one
    assert 'for "Elderly allowance" (60 days)' in said, "blanks stay in English"
    assert said.count(AUTHORITY) == 1 and "以中文为准" in said.replace(" ", "")


def test_an_issuer_without_an_english_name_stands_there_once(made):
    head = [text for _x, y, text in lines_of(made(issuer=PAPER["issuer"]).pages[0]) if y < 60]
    assert "".join("".join(head).split()).count(PAPER["issuer"]) == 1


def test_the_english_is_smaller_and_beneath(made):
    (page,) = made().pages
    sizes = {text.strip()[:8]: size for _x, _y, size, _face, text in pieces_of(page)}
    assert sizes["Your app"] < 11 < 15 < sizes["你的申请收悉，决"]
    assert lowest(page, "你的申请收悉") < lowest(page, "Yourapplication") < lowest(page, "一、内容")
    assert abs(lowest(page, "申请事项") - lowest(page, "Service")) < 8


def test_what_people_wrote_is_not_said_twice(made):
    assert words(made()).count("材料不齐") == 0, "the template does not say it, and it is no English"
    assert "Something is missing." in words(made(why="Something is missing"))


def test_a_list_is_numbered_and_has_the_english_of_what_has_one(typesetter):
    """One reason stands in both languages, the other was written by somebody."""
    body = '#import "letter.typ": *\n#show: letter.with(to: data.name)\n#listed("reasons")\n'
    body += '#english(it => translated(it, "reasons"))'
    sheet = sheet_of(body, reasons=["It is incomplete;", "已过期限"])
    sheet = replace(sheet, data={**sheet.data, "reasons": ["材料不齐；", "已过期限"]})
    assert typesetter.warnings(sheet) == []
    said = "".join(text_of(opened(typesetter.pdf(sheet))).split())
    assert said.count("1.材料不齐。") == said.count("2.已过期限。") == 1
    assert said.count("Itisincomplete.") == 2, "in the list, and where English alone is told"
    assert said.count("已过期限") == 1


def test_a_paper_in_chinese_has_no_word_of_it(made):
    said = words(made(both=False))
    assert "accepted" not in said and "Service" not in said and AUTHORITY not in said
    plain = made(BODY.replace('#english(it => translated(it, "why"))', ""), both=False)
    assert [lines_of(page) for page in plain.pages] == [lines_of(page) for page in made(both=False).pages]


def test_the_seal_comes_below_the_last_chinese_words_and_their_english(typesetter):
    filling = "\n\n".join(["这里是正文的一段，用来占满这一页的版面。"] * 9)
    body = BODY.replace("原因见下。", f"{filling}\n\n最后一段。").replace(
        'translated(it, "why")', "[The last one.]"
    )
    for more in range(1, 6):
        content, places = typesetter.pdf_with_places(sheet_of(body.replace("这里", "这里" * more)))
        pages = opened(content).pages
        (place,) = places
        assert place.page == len(pages), "on the page of the last words"
        assert lowest(pages[-1], "最后一段。") < lowest(pages[-1], "Thelastone.")
        assert lowest(pages[-1], "Thelastone.") < place.y_mm - place.size_mm / 2, "it covers neither"


def test_a_document_keeps_its_english_among_its_data():
    document = Document.model_validate(DEFINED)
    read = document.in_both(
        document.read({"item": "津贴", "name": "陈"}), English({"item": "Allowance", "name": "陈"}, "Bureau")
    )
    assert read["en"] == {"title": TITLE, "issuer": "Bureau", "data": {"item": "Allowance", "name": "陈"}}
    with pytest.raises(WrongData):
        document.in_both({}, English({"item": "Allowance"}, "Bureau"))
    tried = _example(document, both=True)
    assert (tried.language, tried.data["en"]["data"]["item"]) == (papers.BOTH, "Allowance")
    assert elements_of(tried)["title_en"] == TITLE
    assert "title_en" not in elements_of(_example(document))


@pytest.mark.parametrize(
    "wrong",
    [{"language": "en"}, {"data": [{"key": "en", "meaning": {"zh": "甲", "en": "a"}, "example": "甲"}]}],
)
def test_english_beneath_english_and_data_called_en_are_refused(wrong):
    with pytest.raises(ValidationError):
        Document.model_validate({**DEFINED, **wrong})
