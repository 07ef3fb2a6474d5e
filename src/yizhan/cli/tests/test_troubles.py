"""From much output to the words that matter."""

from pathlib import Path

import pytest

from yizhan.cli.children import broken_off
from yizhan.cli.troubles import explain, full_disk, last_line, what_failed

TRACEBACK = """\
Traceback (most recent call last):
  File "/x/executor.py", line 1, in migrate
    run()
django.db.utils.ProgrammingError: relation "case" already exists
HINT:  Look again.
"""


def test_of_a_traceback_the_exceptions_words_are_told():
    assert what_failed(TRACEBACK) == 'ProgrammingError: relation "case" already exists\nHINT:  Look again.'


def test_an_exception_without_words_keeps_its_name():
    assert what_failed("Traceback\n  File x\n    run()\nyizhan.releases.PackRefused\n") == "PackRefused"


def test_a_full_disk_is_told_as_such_also_by_the_database():
    said = 'OperationalError: could not extend file "base/1": No space left on device\nHINT:  Check free disk space.'
    assert str(broken_off(said, Path("setup.log"))).startswith("The disk is full: free 2 GB")
    assert full_disk("anything else", Path("setup.log")) is None


def test_other_output_is_told_by_its_last_line():
    assert what_failed("one\ntwo\n\n") == "two"
    assert last_line("") == "-"


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (
            "Could not fetch URL: SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))\n"
            "ERROR: No matching distribution found for uv==0.13.8",
            "PIP_CERT and NODE_EXTRA_CA_CERTS",
        ),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", "NODE_EXTRA_CA_CERTS"),
        ("npm error code DEPTH_ZERO_SELF_SIGNED_CERT", "NODE_EXTRA_CA_CERTS"),
        ("error: Failed to fetch: invalid peer certificate: UnknownIssuer", "SSL_CERT_FILE"),
        ("npm error code ENOTFOUND", "cannot be reached"),
        (
            "NewConnectionError: Failed to establish a new connection: [Errno 111] Connection refused",
            "HTTPS_PROXY",
        ),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: No matching distribution found for uv==0.13.8", "a complete mirror"),
    ],
)
def test_what_the_world_is_at_fault_for_names_the_remedy(output, words):
    assert words in str(explain(output, Path("setup.log")))
