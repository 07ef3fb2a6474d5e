"""A file that is too large is dropped while it comes in; the rest of the form is not lost with it."""

from __future__ import annotations

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from yizhan.records import uploading

HANDLERS = [
    "yizhan.records.uploading.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]


@pytest.fixture
def post(settings):
    settings.FILE_UPLOAD_HANDLERS = HANDLERS

    def send(**fields):
        return RequestFactory().post("/", fields)

    return send


def test_a_file_that_grows_too_large_is_dropped_and_the_rest_is_read(post, monkeypatch):
    monkeypatch.setattr(uploading, "LARGEST", 100_000)
    request = post(
        name="陈玥堃",
        large=SimpleUploadedFile("l.pdf", b"x" * 300_000),
        small=SimpleUploadedFile("s.pdf", b"y" * 1000),
        last="end",
    )
    assert request.POST.dict() == {"name": "陈玥堃", "last": "end"}
    assert list(request.FILES) == ["small"]
    assert list(uploading.refused(request)) == ["large"]
    assert uploading.refused(request)["large"].code == "too_large"


def test_nothing_is_refused_where_nothing_is_too_large(post):
    request = post(small=SimpleUploadedFile("s.pdf", b"y" * 1000))
    assert list(request.FILES) == ["small"]
    assert uploading.refused(request) == {}


def test_a_request_that_says_itself_that_it_is_too_large_is_not_read(post, monkeypatch):
    monkeypatch.setattr(uploading, "LARGEST_REQUEST", 1000)
    request = post(file=SimpleUploadedFile("s.pdf", b"y" * 2000))
    with pytest.raises(RequestDataTooBig):
        request.FILES  # noqa: B018
