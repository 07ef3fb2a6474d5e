"""What pip is told is told to uv; what the world does wrong is one sentence."""

from pathlib import Path

import pytest

from yizhan.cli import packages
from yizhan.cli.troubles import explain


def test_indexes_and_certificates_are_carried_over(tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    pip = {
        "index-url": "https://mirror.example/simple",
        "extra-index-url": f"file://{wheels} file:///not/there",
        "find-links": f"{wheels}\n/not/there",
        "cert": "/etc/ca.pem",
        "trusted-host": "mirror.example",
        "proxy": "http://proxy.example:3128",
    }
    told = packages.settings_for_uv(pip, {})
    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["UV_EXTRA_INDEX_URL"] == f"file://{wheels}"
    assert told["UV_FIND_LINKS"] == str(wheels)
    assert told["SSL_CERT_FILE"] == "/etc/ca.pem"
    assert told["UV_INSECURE_HOST"] == "mirror.example"
    assert told["ALL_PROXY"] == "http://proxy.example:3128"


def test_what_is_said_to_uv_itself_stays():
    told = packages.settings_for_uv(
        {"index-url": "https://a.example/simple"}, {"UV_DEFAULT_INDEX": "https://b.example"}
    )
    assert "UV_DEFAULT_INDEX" not in told


def test_a_set_is_complete_until_its_lock_file_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(packages, "REQUIREMENTS", tmp_path)
    for name in ("bootstrap", "run", "test"):
        (tmp_path / f"{name}.txt").write_text(name)
    assert not packages.is_complete("run")
    (tmp_path / ".yizhan-test").write_text(packages._locked("test"))
    assert packages.is_complete("run"), "the test set contains the run set"
    assert packages.is_complete("test")
    (tmp_path / "run.txt").write_text("another version")
    assert not packages.is_complete("run")
    assert not packages.is_complete("test")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("error: Failed to fetch\n  Caused by: dns error: failed to lookup address", "cannot be reached"),
        ("npm error code ECONNREFUSED", "cannot be reached"),
        ("error: invalid peer certificate: UnknownIssuer", "certificate"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was locked"),
        ("ERROR: No matching distribution found for django==5.2.19", "complete mirror"),
        ("something else\n\n", "something else"),
    ],
)
def test_troubles_of_the_world_are_one_sentence(output, sentence):
    told = str(explain(output, Path("setup.log")))
    assert sentence in told
    assert told.endswith("(details: setup.log).")
    assert "\n" not in told
