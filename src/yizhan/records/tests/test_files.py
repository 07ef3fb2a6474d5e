"""Files come in whole or not at all, lie under their hash, and go back to a browser harmlessly."""

from __future__ import annotations

import hashlib
import stat
import threading

import pytest
from django.db import connection, transaction

from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.records import files, refusals, scanner, serving, storage
from yizhan.records.models import StoredFile
from yizhan.records.tests.conftest import jpeg, pdf, png, upload

PAGE = pdf(b"<< /Type /Catalog >>")


def lying(root):
    """All files below a folder."""
    return [path for path in root.rglob("*") if path.is_file()]


def keep(content=PAGE, name="身份证.pdf", owner="draft:1", by="account:7", **more):
    return files.keep(upload(content, name), by, owner, **more)


def test_a_file_lies_under_its_hash_and_is_read_back(service, settings):
    file = keep()
    sha256 = hashlib.sha256(PAGE).hexdigest()
    assert (file.sha256, file.size, file.media_type) == (sha256, len(PAGE), "application/pdf")
    assert (file.name, file.owner, file.kept_by, file.account) == ("身份证.pdf", "draft:1", "account:7", 7)
    place = settings.FILES / "sha256" / sha256[:2] / sha256[2:4] / sha256
    assert lying(settings.FILES) == [place]
    assert stat.S_IMODE(place.stat().st_mode) == 0o440
    for folder in (*place.parents[:3], settings.FILES):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with files.open_for_reading(file) as content:
        assert content.read() == PAGE
    assert files.is_intact(file)


def test_the_same_content_twice_is_two_rows_and_one_file(service, settings):
    one, two = keep(), keep(owner="draft:2", name="b.pdf")
    assert one.pk != two.pk
    assert len(lying(settings.FILES)) == 1


def test_a_byte_changed_on_disk_is_noticed(service):
    file = keep()
    place = storage.place_of(file.sha256)
    place.chmod(0o640)
    place.write_bytes(PAGE.replace(b"Catalog", b"catalog"))
    assert not files.is_intact(file)
    place.unlink()
    assert not files.is_intact(file)


class Stream:
    """An upload that comes piece by piece and may break off."""

    name, content_type = "a.pdf", "application/pdf"

    def __init__(self, pieces, breaks=False):
        self.pieces, self.breaks, self.given = pieces, breaks, 0

    def chunks(self):
        for piece in self.pieces:
            self.given += 1
            yield piece
        if self.breaks:
            raise ConnectionResetError


def test_too_much_is_refused_while_it_comes_not_when_it_is_all_there(service, settings):
    stream = Stream([b"x" * 1000] * 1000)
    with pytest.raises(refusals.TooLarge, match="MB"):
        files.keep(stream, "account:7", "draft:1", largest=10_000)
    assert stream.given == 11
    assert lying(settings.FILES) == []
    assert not StoredFile.objects.exists()


def test_a_connection_that_breaks_off_leaves_nothing(service, settings):
    with pytest.raises(ConnectionResetError):
        files.keep(Stream([PAGE[:20]], breaks=True), "account:7", "draft:1")
    assert lying(settings.FILES) == []
    assert not StoredFile.objects.exists()


def test_an_empty_file_is_refused(service):
    with pytest.raises(refusals.Empty):
        keep(b"")


def test_one_matter_has_a_limited_number_of_files(service):
    keep(most=2)
    kept = keep(most=2)
    with pytest.raises(refusals.TooMany):
        keep(most=2)
    keep(owner="draft:2", most=2)
    files.release(kept)
    keep(most=2)


def test_a_disk_that_is_full_leaves_no_row(service, monkeypatch):
    def full(arrived):
        raise OSError("no space left on device")

    monkeypatch.setattr(storage, "settle", full)
    with pytest.raises(OSError, match="no space"):
        keep()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\陈\\证.pdf", "证.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ("fdp.\u202efdp.exe", "fdp.fdp.exe"),
        ('"><script>.pdf', "script.pdf"),
        (" . .pdf", "pdf"),
        ("", "file"),
        ("..", "file"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("昇玥堃喆犇翀𬱖.jpg", "昇玥堃喆犇翀𬱖.jpg"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert files.clean_name(given) == kept
    assert len(kept) <= 200


def test_binding_says_whose_the_file_is_and_who_may_see_it(service):
    file = keep(units=["440199-mz"])
    bound = files.bind(file, "case:1", account=9, holder_key="person:p", units=["440199-rs", "440199-mz"])
    bound.refresh_from_db()
    assert (bound.owner, bound.account, bound.holder_key) == ("case:1", 9, "person:p")
    assert bound.units == ["440199-mz", "440199-rs"]
    assert bound.bound_at
    assert files.of_owner("case:1") == [file]
    assert files.of_owner("draft:1") == []


def test_a_released_file_is_told_and_no_longer_listed(service):
    file = files.bind(keep(), "case:1")
    files.release(file)
    assert files.of_owner("case:1") == []
    assert News.objects.get(kind="file.released").subject == f"file:{file.pk}"


def test_a_file_goes_out_as_a_harmless_download(service):
    file = keep(name="陈玥堃 的 “证明”.pdf")
    answer = serving.response(file)
    assert b"".join(answer.streaming_content) == PAGE
    answer.file_to_stream.close()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(PAGE))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == (
        'attachment; filename="___ _ ____.pdf"; '
        "filename*=UTF-8''%E9%99%88%E7%8E%A5%E5%A0%83%20%E7%9A%84%20%E2%80%9C%E8%AF%81%E6%98%8E%E2%80%9D.pdf"
    )


def test_a_pdf_may_be_looked_at_where_a_picture_stays_sealed(service):
    for file, policy in ((keep(), "frame-ancestors 'self'"), (keep(png(), "a.png"), "sandbox; ")):
        answer = serving.response(file, inline=True)
        answer.file_to_stream.close()
        assert answer["Content-Disposition"].startswith("inline; ")
        assert answer["Content-Security-Policy"].startswith(policy)
        assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ['a";x=".pdf', "a\r\nX: y.pdf", "a%0d%0a.pdf", "a;b,c'd.pdf"])
def test_no_name_breaks_out_of_its_header(name):
    header = serving.disposition(name, inline=True)
    assert header.startswith("inline; ")
    assert header.count('"') == 2
    assert header.isprintable()
    assert header.isascii()


def test_pictures_keep_their_own_type(service):
    assert keep(png(), "a.png").media_type == "image/png"
    assert keep(jpeg(), "a.jpg").media_type == "image/jpeg"


# --- the scanner ---------------------------------------------------------------------------------------


@pytest.fixture
def scanner_that(settings, tmp_path):
    """Names a scanner that runs these lines of shell."""

    def name(lines):
        script = tmp_path / "scan"
        script.write_text(f"#!/bin/sh\n{lines}\n")
        script.chmod(0o755)
        settings.FILE_SCANNER = f"{script} --quick {{path}}"

    return name


def test_without_a_scanner_the_house_says_so(settings):
    settings.FILE_SCANNER = ""
    assert not scanner.status().on
    assert "YIZHAN_FILE_SCANNER" in scanner.status().words


def test_a_clean_file_passes_the_scanner(service, scanner_that):
    scanner_that('grep -q Catalog "$2"')
    assert keep().pk
    assert scanner.status().works


def test_what_the_scanner_finds_is_refused(service, scanner_that, settings):
    scanner_that("exit 1")
    with pytest.raises(refusals.Infected):
        keep()
    assert lying(settings.FILES) == []


def test_a_scanner_that_does_not_work_lets_nothing_in(service, scanner_that, settings, monkeypatch):
    scanner_that("exit 2")
    with pytest.raises(refusals.ScannerAway):
        keep()
    monkeypatch.setattr(scanner, "SECONDS", 0.2)
    scanner_that("exec sleep 5")
    with pytest.raises(refusals.ScannerAway):
        keep()
    settings.FILE_SCANNER = "no-such-scanner {path}"
    with pytest.raises(refusals.ScannerAway):
        keep()
    assert not scanner.status().works


# --- at the same time ----------------------------------------------------------------------------------


def test_many_who_send_the_same_at_once_leave_one_whole_file(committed, settings):
    failed = []

    def send(number):
        try:
            with scope.service():
                keep(owner=f"draft:{number}")
        except Exception as fault:
            failed.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(lying(settings.FILES)) == 1
    with scope.service():
        assert StoredFile.objects.count() == 8
        assert all(files.is_intact(file) for file in StoredFile.objects.all())


def test_a_step_that_is_undone_keeps_no_row_and_hurts_no_other(service, settings):
    keep()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep(owner="draft:2")
        1 / 0  # noqa: B018
    assert StoredFile.objects.count() == 1
    assert list((settings.FILES / "incoming").iterdir()) == []
