"""A paper carries its data as a file, and tells where its seals belong."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from yizhan import clock
from yizhan.records import fonts
from yizhan.records.tests.reading import lowest, opened, text_of
from yizhan.records.typesetting import SealPlace, Sheet, TemplateBroken, Typesetter

LETTER = '#import "letter.typ": *\n#show: letter.with(to: data.name)\n'
PAPER = {
    "title": "高龄津贴准予决定书",
    "number": "云民高龄〔2026〕1号",
    "issuer": "云津区民政局",
    "issued_on": "2026-11-20",
    "language": "zh",
    "code": "7K2M-9QXD-4RTB-H6WN-3PFC",
    "verify_at": "yizhan.example.gov.cn/verify",
    "qr": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}
LINE = 15.78 * 15 / 8 * 25.4 / 72  # mm
SEAL = 42  # mm
SIZE = 15.78 * 25.4 / 72  # mm


@pytest.fixture(scope="module")
def typesetter():
    made = Typesetter(fonts.files())
    yield made
    made.close()


def sheet(body="准予发放。", data=None, **paper):
    return Sheet(LETTER + body, clock.now(), {"name": "陈玥堃", **(data or {})}, {**PAPER, **paper})


def test_the_data_are_attached_for_programs(typesetter):
    pdf = opened(typesetter.pdf(sheet(data={"monthly": "200.00", "goods": ["面包", "糕点"]})))
    root = pdf.trailer["/Root"]
    (associated,) = root["/AF"]
    about = associated.get_object()
    assert about["/AFRelationship"] == "/Data"
    assert about["/UF"] == "data.json"
    assert about["/Desc"] == "本文书的结构化数据"
    assert root["/Names"]["/EmbeddedFiles"]["/Names"][0] == "data.json"
    file = about["/EF"]["/F"].get_object()
    assert file["/Subtype"] == "/application/json"
    told = json.loads(file.get_data())
    assert told["data"] == {"name": "陈玥堃", "monthly": "200.00", "goods": ["面包", "糕点"]}
    assert told["paper"] == {key: value for key, value in PAPER.items() if key != "qr"}


def test_the_same_data_are_written_alike_in_whatever_order_they_come():
    one = sheet(data={"a": 1, "b": "二"})
    other = replace(one, data=dict(reversed(one.data.items())), paper=dict(reversed(one.paper.items())))
    assert one.attached() == other.attached()
    assert one.attached().startswith('{"data":{"a":1,"b":"二","name":"陈玥堃"},"paper":{"code":')


def test_a_seal_belongs_over_issuer_and_date(typesetter):
    (place,) = typesetter.places(sheet())
    assert (place.page, place.unit) == (1, "云津区民政局")
    (page,) = opened(typesetter.pdf(sheet())).pages
    name, date = (lowest(page, words) for words in ("云津区民政局", "2026年11月20日"))
    upper, lower = place.y_mm - SEAL / 2, place.y_mm + SEAL / 2
    assert upper < name < place.y_mm + 3 < date < lower
    assert 0 < upper - lowest(page, "准予发放") < LINE, (
        "it begins within a line below the text, and not on it"
    )
    assert 28 + SEAL / 2 < place.x_mm < 184 - SEAL / 2


def test_who_signs_has_her_stamp_right_of_her_post_and_above_the_seal(typesetter):
    for paragraphs in range(8, 20):
        letter = sheet("事由与依据。\n\n" * paragraphs + "特此通知。")
        signed = replace(
            letter,
            template=letter.template.replace("letter.with(", 'letter.with(signer: ("副局长", "李玥堃"), ', 1),
        )
        assert signed.template != letter.template
        stamp, seal = typesetter.places(signed)
        assert (stamp.kind, stamp.unit, seal.kind) == ("stamp", "李玥堃", "seal")
        assert stamp.page == seal.page
        assert stamp.y_mm + stamp.size_mm * 16 / 42 / 2 < seal.y_mm - SEAL / 2
        page = opened(typesetter.pdf(signed)).pages[stamp.page - 1]
        assert abs(lowest(page, "副局长") - stamp.y_mm) < LINE / 2
        assert stamp.x_mm == pytest.approx(184 - 6 * SIZE, abs=0.5)


def test_a_long_name_keeps_its_seal_in_the_middle_and_on_the_paper(typesetter):
    long = typesetter.places(sheet(issuer="云津区市场监督管理局与综合行政执法局联合办公室"))[0]
    longest = typesetter.places(sheet(issuer="云津区市场监督管理局与综合行政执法局联合办公室" * 2))[0]
    assert long.x_mm == pytest.approx(184 - 23 * 5.567 / 2, abs=0.3)
    assert longest.x_mm == pytest.approx(28 + 156 / 2, abs=0.3)


def test_the_whole_seal_stays_on_the_page_of_its_date(typesetter):
    for paragraphs in range(10, 22):
        letter = sheet("事由与依据。\n\n" * paragraphs + "特此通知。")
        (place,) = typesetter.places(letter)
        pages = opened(typesetter.pdf(letter)).pages
        assert place.page == len(pages)
        assert "2026年11月20日" in pages[-1].extract_text()
        assert place.y_mm - SEAL / 2 > 37
        assert place.y_mm + SEAL / 2 < 37 + 225 + 12, "the proof begins here"


def test_pages_and_places_come_in_one_ask_and_are_the_same(typesetter):
    letter = sheet("事由与依据。\n\n" * 12)
    asked = typesetter.press.sheets if typesetter.press else 0
    pages, places = typesetter.pdf_with_places(letter)
    assert typesetter.press.sheets - asked <= 2, "one ask, and one that starts the press"
    assert pages == typesetter.pdf(letter)
    assert places == typesetter.places(letter) != []


def test_a_page_without_a_signature_has_no_place_for_a_seal(typesetter):
    assert typesetter.places(replace(sheet(), template='#set document(title: "x")\nx')) == []


def test_asking_for_places_costs_little_and_broken_templates_say_so(typesetter):
    letter = sheet("甲乙丙。\n\n" * 30)
    typesetter.pdf(letter)
    began = time.monotonic()
    assert isinstance(typesetter.places(letter)[0], SealPlace)
    assert time.monotonic() - began < 0.5
    with pytest.raises(TemplateBroken, match="nothing_like_it") as broken:
        typesetter.places(sheet("#nothing_like_it"))
    assert broken.value.line == 3
    assert "准予" in text_of(opened(typesetter.pdf(sheet())))
