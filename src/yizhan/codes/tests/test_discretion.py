"""What the logs keep."""

from __future__ import annotations

import io
import logging

import pytest
from django.core.exceptions import DisallowedHost, PermissionDenied, RequestDataTooBig

from yizhan.codes.discretion import LONGEST, Discreet, hidden


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Key (document)=(111:440199194503080012) exists", "Key (document)=(111:440…12) exists"),
        ("44019919450308001x", "440…1x"),
        ("440199450308001", "440…01"),
        ("to 13800001234, +8613800001234", "to 138…34, +86…34"),
        ("account 6222021234567890", "account 622…90"),
        ("Not Found: /staff/set-up/abc_DEF-123", "Not Found: /staff/set-up/…"),
        ("POST /rate/tok3n?x=1 and /verify/7K3M-9QXW", "POST /rate/…?x=1 and /verify/…"),
    ],
)
def test_numbers_of_people_and_keys_in_addresses_are_covered(text, kept):
    assert hidden(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "/desk/cases/YX2026-1120-00003",
        "/drafts/f861f4b1-e4df-4eec-b187-700e2e92a5c1/pages/person",
        "2026-11-20 09:30:00,123 took 12345 ms",
        "a" * 16 + "13800001234" + "b" * 37,
        "/verify",
    ],
)
def test_other_numbers_stay(text):
    assert hidden(text) == text


@pytest.fixture
def written():
    """A log as web and worker have it, and what came out."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Discreet("%(levelname)s %(message)s"))
    logger = logging.Logger("of a test")
    logger.addHandler(handler)
    return logger, out.getvalue


def test_a_stack_trace_is_covered_too(written):
    logger, said = written
    try:
        raise ValueError("Key (phone)=(13800001234) already exists")
    except ValueError:
        logger.exception("it failed")
    entry = said()
    assert "Traceback" in entry
    assert "138…34" in entry
    assert "13800001234" not in entry


@pytest.mark.parametrize("wrong", [PermissionDenied(), DisallowedHost("evil.example"), RequestDataTooBig()])
def test_what_a_visitor_did_wrong_is_one_line(written, wrong):
    logger, said = written
    try:
        raise wrong
    except type(wrong):
        logger.warning("Forbidden: /desk/", exc_info=True)
    assert said() == "WARNING Forbidden: /desk/\n"


def test_no_entry_fills_the_disk(written):
    logger, said = written
    logger.warning("Not Found: /%s", "x" * 1_000_000)
    assert len(said()) < LONGEST + 10


def test_web_and_worker_write_so():
    formatters = {type(handler.formatter) for handler in logging.getLogger().handlers}
    assert Discreet in formatters
