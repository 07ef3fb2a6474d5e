"""Papers of some hundred pages: set, sealed at the right place, and examined within the bounds of any other."""

from __future__ import annotations

import io
import time

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from yizhan import clock
from yizhan.records import fonts, inspection
from yizhan.records.tests.official_papers import NOTICE, PAPER, official
from yizhan.records.tests.reading import opened
from yizhan.records.typesetting import Sheet, Typesetter
from yizhan.seals import examiners, limits
from yizhan.seals.found import Why
from yizhan.seals.stamps import Place
from yizhan.seals.tests.mint import Mint, pages

WORDS = (
    "各街道办事处、区政府各部门应当将面向公民和法人的服务事项全部纳入统一受理平台，实行一次录入、全程共享，并定期核对目录。"
    * 2
)
LONG = [WORDS] * 1600
LETTER = (
    '#import "letter.typ": *\n#show: letter.with(to: "陈玥堃")\n#for words in data.long [#words #parbreak()]'
)


@pytest.fixture(scope="module")
def typesetter():
    made = Typesetter(fonts.files())
    yield made
    made.close()


@pytest.fixture(scope="module")
def mint():
    return Mint()


def appended(_letter=None):
    """An official document whose attachment has more than three hundred pages."""
    return official({**NOTICE, "appended": [{"title": "统一受理服务事项目录", "body": LONG}]})


def letter():
    """A decision that itself has as many."""
    return Sheet(LETTER, clock.now(), {"long": LONG}, PAPER)


@pytest.mark.parametrize(("sheet", "at_the_end"), [(appended, False), (letter, True)])
def test_more_than_three_hundred_pages_are_set_sealed_and_examined(typesetter, mint, sheet, at_the_end):
    began = time.monotonic()
    pdf = typesetter.pdf(sheet())
    [place] = typesetter.places(sheet())
    made = opened(pdf).pages
    many = len(made)
    assert many > 300
    assert place.page == (many if at_the_end else 3)
    numbers = [made[page].extract_text().replace(" ", "") for page in (0, 149, many - 1)]
    assert [f"—{number}—" in text for number, text in zip((1, 150, many), numbers, strict=True)] == [True] * 3
    sealed = mint.seal(pdf, mint.unit(), place=Place(place.page, place.x_mm, place.y_mm, place.size_mm))
    reader = PdfFileReader(io.BytesIO(sealed))
    [mark] = reader.embedded_regular_signatures
    page = reader.find_page_for_modification(place.page - 1)[0].get_object()
    assert mark.sig_field.raw_get("/Rect") and any(
        one.get_object()["/T"] == "Seal1" for one in page["/Annots"] if "/T" in one.get_object()
    )
    assert examiners.examine(sealed, mint.anchor).holds
    assert time.monotonic() - began < 3 * examiners.SECONDS


def test_what_a_press_set_before_takes_no_room_from_the_next_sheet():
    """With less than a third of the room that is usual, three long papers one after the other."""
    small = Typesetter(fonts.files(), memory=440 * 1024 * 1024)
    pids = []
    try:
        for number in range(3):
            long = [f"第{number}份第{at}段：{WORDS}" for at in range(900)]
            pdf = small.pdf(Sheet(LETTER, clock.now(), {"long": long}, PAPER))
            assert len(opened(pdf).pages) > 200
            pids.append(small.press.pid)
    finally:
        small.close()
    assert len(set(pids)) > 1, "one press had no room for all three, and another took its place"


def test_a_file_of_three_hundred_pages_is_taken_and_examined_like_any_other(tmp_path, mint):
    content = pages(300)
    place = tmp_path / "a.pdf"
    place.write_bytes(content)
    kind = inspection.look(place, name="a.pdf", declared="application/pdf", accept=["pdf"])
    assert kind.key == "pdf"
    assert examiners.examine(content, mint.anchor).reason is Why.UNSEALED
    sealed = mint.seal(content, mint.unit(), place=Place(300, 100, 200))
    assert examiners.examine(sealed, mint.anchor).holds
    assert len(sealed) < limits.LARGEST
