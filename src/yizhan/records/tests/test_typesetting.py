"""Papers are set always alike, with every character there, and no template gets out of the press."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from yizhan import clock
from yizhan.records import fonts, typesetting
from yizhan.records.press_faults import PressBusy
from yizhan.records.running_press import Answer, PressGone
from yizhan.records.tests.reading import characters_drawn_as_boxes, opened, text_of
from yizhan.records.typesetting import CharacterMissing, Sheet, TemplateBroken, TemplateTooHeavy, Typesetter

LETTER = '#import "letter.typ": *\n#show: letter.with(to: data.name)\n'
PAPER = {
    "title": "高龄津贴准予决定书",
    "number": "云民高龄〔2026〕1号",
    "issuer": "云津区民政局",
    "issued_on": "2026-11-20",
    "language": "zh",
}
BLANK = '#set document(title: "x")\nx'
QR = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h4v4H0z"/></svg>'
RARE = "昇玥堃喆犇翀𬱖㛃鿍"


@pytest.fixture(scope="module")
def typesetter():
    made = Typesetter(fonts.files())
    yield made
    made.close()


@pytest.fixture
def small_typesetter():
    made = Typesetter(fonts.files(), seconds=2, memory=512 * 1024 * 1024)
    yield made
    made.close()


def sheet(body, **data):
    return Sheet(body, clock.now(), {"name": "陈玥堃", **data}, PAPER)


def test_a_letter_is_one_page_of_a4_whose_text_can_be_read_out(typesetter):
    pdf = opened(typesetter.pdf(sheet(LETTER + "现决定如下：#data.name\n\n特此通知。")))
    (page,) = pdf.pages
    assert [round(float(side), 1) for side in page.mediabox[2:]] == [595.3, 841.9]
    text = text_of(pdf)
    for words in ("云津区民政局", "云民高龄〔2026〕1号", "高龄津贴准予决定书", "陈玥堃：", "2026年11月20日"):
        assert words in text


def test_it_is_an_archive_pdf_that_a_screen_reader_can_follow(typesetter):
    pdf = opened(typesetter.pdf(sheet(LETTER + "正文")))
    about = pdf.xmp_metadata.stream.get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in about
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert pdf.metadata.title == PAPER["title"]
    assert pdf.trailer["/Root"]["/Lang"] == "zh-CN"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("role", ["fangsong", "kaiti", "heiti", "xiaobiaosong"])
def test_rare_characters_of_names_are_drawn_in_every_face(typesetter, role):
    body = f'{LETTER}#face("{role}", data.rare)'
    pdf = opened(typesetter.pdf(sheet(body, rare=RARE)))
    assert RARE in text_of(pdf)
    assert characters_drawn_as_boxes(pdf) == 0


def test_a_character_no_font_has_stops_the_paper_and_is_named(typesetter):
    for text, named, shown in (("陈𪜀小", "𪜀", "𪜀"), ('"\ue000', "\ue000", "\\u{e000}")):
        with pytest.raises(CharacterMissing) as missing:
            typesetter.pdf(sheet(LETTER + "#data.rare", rare=text))
        assert missing.value.character == named
        assert shown in str(missing.value)


def test_every_character_of_gb_2312_and_of_the_first_extension_is_drawn(typesetter):
    rows = [bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    gb_2312 = "".join(row.decode("gb2312", "ignore") for row in rows)
    assert len(gb_2312) == 6763
    first_extension = "".join(map(chr, range(0x3400, 0x4DB6)))
    pdf = opened(typesetter.pdf(sheet(LETTER + "#data.all", all=gb_2312 + first_extension)))
    assert characters_drawn_as_boxes(pdf) == 0
    assert set(text_of(pdf)) >= set(gb_2312)


def test_the_same_sheet_gives_the_same_bytes_from_any_press(typesetter, small_typesetter):
    same = sheet(LETTER + "#data.name #lorem(50)")
    assert typesetter.pdf(same) == typesetter.pdf(same) == small_typesetter.pdf(same)
    assert typesetter.pdf(sheet(LETTER + "#data.name")) != typesetter.pdf(same)


def test_data_are_data_whatever_they_look_like(typesetter):
    evil = '#read("letter.typ") *粗* $x$ \\ "#eval(1)" <b> // nothing'
    assert evil.replace(" ", "") in text_of(
        opened(typesetter.pdf(sheet(LETTER + "#data.x", x=evil)))
    ).replace(" ", "")


def test_the_last_paragraph_goes_with_the_seal_to_the_next_page(typesetter):
    for paragraphs in range(12, 22):
        pdf = opened(typesetter.pdf(sheet(LETTER + "事由与依据。\n\n" * paragraphs + "特此通知。")))
        assert "特此通知" in pdf.pages[-1].extract_text()
        assert "2026年11月20日" in pdf.pages[-1].extract_text()


def test_pages_are_numbered_where_there_are_several(typesetter):
    one = text_of(opened(typesetter.pdf(sheet(LETTER + "正文"))))
    two = opened(typesetter.pdf(sheet(LETTER + "正文\n\n" * 40)))
    assert "— 1 —" not in one
    assert ["— 1 —" in two.pages[0].extract_text(), "— 2 —" in two.pages[1].extract_text()] == [True, True]


def test_a_preview_is_a_picture_of_every_page(typesetter):
    pictures = typesetter.pictures(sheet(LETTER + "正文\n\n" * 40), ppi=40)
    assert len(pictures) == 3
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


# --- mistakes and malice ---------------------------------------------------------------------------------


def test_a_mistake_is_told_with_its_line(typesetter):
    with pytest.raises(TemplateBroken, match="nothing_like_it") as broken:
        typesetter.pdf(sheet(LETTER + "正文\n\n#nothing_like_it"))
    assert broken.value.line == 5


def test_an_unknown_font_is_remarked_on(typesetter):
    warnings = typesetter.warnings(sheet(LETTER + '#text(font: "SimSun")[字]'))
    assert ["simsun" in warning for warning in warnings] == [True]


@pytest.mark.parametrize(
    "body",
    [
        '#read("/etc/passwd")',
        '#read("../../../../../../etc/passwd")',
        '#read("/proc/self/environ")',
        '#image("/etc/hostname")',
        '#include "../fonts/fangsong.ttf"',
        '#import "@preview/cetz:0.3.0"',
        '#import "@local/anything:1.0.0"',
        '#import ("@" + "preview/cetz:0.3.0")',
    ],
)
def test_nothing_outside_can_be_read(typesetter, body):
    began = time.monotonic()
    with pytest.raises(TemplateBroken) as broken:
        typesetter.pdf(sheet(LETTER + body))
    assert "root:" not in broken.value.message
    assert time.monotonic() - began < 5


def test_the_press_knows_nothing_of_the_house_and_its_environment(typesetter, monkeypatch):
    monkeypatch.setenv("YIZHAN_SECRET_KEY", "secret of the house")
    typesetter.close()
    typesetter.pdf(sheet(BLANK))
    assert b"secret" not in Path(f"/proc/{typesetter.press.pid}/environ").read_bytes()


@pytest.mark.parametrize(
    "body",
    [
        "#for a in range(9999) { for b in range(9999) { let x = a * b } }",
        "#let x = 1; #while x > 0 { x = calc.rem(x * 7, 1000003) }",
        '#let x = "a" * 1000; #for i in range(30) { x = x + x }; #x.len()',
        "#block(height: 1000000cm)\n" * 200 + "#for i in range(9000) [#pagebreak()#lorem(3000)]",
    ],
)
def test_a_template_that_eats_time_or_memory_loses_its_press_and_nobody_else_does(small_typesetter, body):
    began = time.monotonic()
    with pytest.raises((TemplateTooHeavy, TemplateBroken)):
        small_typesetter.pdf(sheet(body))
    assert time.monotonic() - began < 8
    assert small_typesetter.pdf(sheet(LETTER + "又好了")).startswith(b"%PDF")


def test_a_press_that_was_killed_is_replaced(typesetter):
    typesetter.pdf(sheet(BLANK))
    typesetter.press._process.kill()
    typesetter.press._process.wait()
    assert typesetter.pdf(sheet(BLANK)).startswith(b"%PDF")


def test_a_worn_press_is_replaced(typesetter, monkeypatch):
    typesetter.pdf(sheet(BLANK))
    first = typesetter.press.pid
    monkeypatch.setattr(typesetting, "SHEETS_PER_PRESS", 1)
    typesetter.pdf(sheet(BLANK))
    assert typesetter.press.pid != first


def test_many_threads_share_a_press(typesetter):
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: typesetter.pdf(sheet(LETTER + "#data.n", n=f"第{n}份")), range(12)))
    assert [f"第{n}份" in text_of(opened(pdf)) for n, pdf in enumerate(made)] == [True] * 12
    assert threading.active_count() < 10


def test_a_forked_process_starts_a_press_of_its_own(typesetter):
    typesetter.pdf(sheet(BLANK))
    parent_press = typesetter.press.pid
    child = os.fork()
    if child == 0:
        try:
            good = typesetter.pdf(sheet(BLANK)).startswith(b"%PDF") and typesetter.press.pid != parent_press
            typesetter.close()
            os._exit(0 if good else 1)
        except BaseException:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert typesetter.pdf(sheet(BLANK)).startswith(b"%PDF")
    assert typesetter.press.pid == parent_press


def test_letters_in_english_are_in_english(typesetter):
    paper = {**PAPER, "title": "Decision", "issuer": "Civil Affairs Bureau", "language": "en"}
    body = Sheet(LETTER + '#level("1", "Grant")\nGranted.', clock.now(), {"name": "Mr Chen"}, paper)
    pdf = opened(typesetter.pdf(body))
    assert "20 November 2026" in text_of(pdf)
    assert "Mr Chen:" in text_of(pdf)
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"


@pytest.mark.parametrize(("form", "pages", "size"), [("landscape", 1, 42.0), ("card", 2, 18.0)])
def test_a_licence_has_its_identifier_and_a_place_for_the_seal_inside_its_frame(
    typesetter, form, pages, size
):
    identifier = "1.2.156.3005.2.1144019900000081X2011.440104.JY2.001.B"
    licence = sheet(
        '#import "licence.typ": *\n#licence(form: data.form, number: "JY2", rows: (("经营者名称", data.name), '
        '("经营场所", none), ("备注", data.name * 9)), from: "2026-11-20", identifier: data.identifier)',
        form=form,
        identifier=identifier,
    )
    licence = replace(licence, paper={**PAPER, "code": "7K3M", "verify_at": "x", "qr": QR})
    pdf = opened(typesetter.pdf(licence))
    text = "".join(text_of(pdf).split())
    assert identifier in text
    assert ("自2026年11月20日起长期有效" in text, "经营场所" in text) == (True, False)
    [place] = typesetter.places(licence)
    wide, high = (float(side) / 72 * 25.4 for side in pdf.pages[0].mediabox[2:])
    assert (len(pdf.pages), place.page, place.size_mm) == (pages, 1, size)
    assert place.x_mm + size / 2 < wide - 2
    assert place.y_mm + size / 2 < high - 2


def test_whose_turn_does_not_come_is_told_that_the_press_is_busy():
    busy = Typesetter(fonts.files(), waiting=0.01)
    with busy._queue, pytest.raises(PressBusy):
        busy.pdf(sheet(LETTER + "正文"))
    assert busy.press is None, "nothing was set"


class Failing:
    """A press that goes under when it is asked for its sheet number ``at``, and another that is there after it."""

    answers, faces = True, {}

    def __init__(self, *, at, late=False):
        self.at, self.late, self.sheets, self.closed = at, late, typesetting.UNUSED, False

    def ask(self, order):
        self.sheets += 1
        if self.sheets == self.at:
            raise PressGone(late=self.late)
        return Answer({"warnings": []}, [order["input"].encode()])

    def close(self):
        self.closed = True


@pytest.fixture
def presses(monkeypatch):
    """The presses that a typesetter will start, one after the other; they need no fonts."""
    waiting = []
    monkeypatch.setattr(typesetting, "RunningPress", lambda **_how: waiting.pop(0))
    monkeypatch.setattr(typesetting.fonts, "required", lambda files, faces: None)
    monkeypatch.setattr(typesetting.fonts, "families", lambda faces: {})
    return waiting


def test_a_press_that_goes_under_with_what_it_remembers_is_replaced_and_the_sheet_set(presses):
    first, second = Failing(at=3), Failing(at=9)
    presses.extend([first, second])
    made = Typesetter({})
    made.pdf(sheet(BLANK))
    assert made.press is first
    assert made.pdf(sheet(BLANK, number=2))
    assert made.press is second and second.sheets == typesetting.UNUSED + 1, "asked once for the same sheet"


def test_a_sheet_that_is_too_much_for_a_fresh_press_or_for_its_time_is_tried_once(presses):
    for gone, sets_first in ((Failing(at=2), False), (Failing(at=3, late=True), True)):
        presses[:] = [gone, Failing(at=9)]
        made = Typesetter({})
        if sets_first:
            made.pdf(sheet(BLANK))
        with pytest.raises(TemplateTooHeavy):
            made.pdf(sheet(BLANK, number=2))
        assert len(presses) == 1 and made.press is None


def test_a_sheet_that_two_presses_go_under_with_is_given_up(presses):
    presses.extend([Failing(at=3), Failing(at=2), Failing(at=9)])
    made = Typesetter({})
    made.pdf(sheet(BLANK))
    with pytest.raises(TemplateTooHeavy):
        made.pdf(sheet(BLANK, number=2))
    assert len(presses) == 1 and made.press is None
