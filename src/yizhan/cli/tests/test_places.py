"""State on disk: private, whole, and a memory of what was done."""

import errno
import os
import stat

import pytest

from yizhan.cli import places
from yizhan.cli.places import Stamp, digest, forget_stamps, private_folder, write_whole
from yizhan.cli.secret import secret


def test_a_stamp_holds_for_the_same_inputs_only(tmp_path):
    stamp = Stamp("built", "a", tmp_path)
    assert not stamp.holds()
    stamp.set()
    assert Stamp("built", "a", tmp_path).holds()
    assert not Stamp("built", "b", tmp_path).holds()
    forget_stamps(tmp_path)
    assert not stamp.holds()


def test_a_digest_changes_with_names_and_contents(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    before = digest([one])
    assert digest([one]) == before
    one.write_text("b")
    assert digest([one]) != before
    two.write_text("b")
    assert digest([two]) != digest([one])


def test_a_checkout_in_another_place_has_the_same_digest(tmp_path, monkeypatch):
    """A copy that installs into the same state must not fetch all packages anew below a house at work."""
    digests = []
    for place in ("here", "there"):
        checkout = tmp_path / place
        (checkout / "src").mkdir(parents=True)
        (checkout / "src/page.py").write_text("page")
        monkeypatch.setattr(places, "CHECKOUT", checkout)
        digests.append(digest([checkout / "src/page.py"]))
    assert digests[0] == digests[1]


def test_a_file_is_written_whole_and_nothing_is_left_beside(tmp_path):
    write_whole(tmp_path / "district", "demo")
    write_whole(tmp_path / "district", "empty")
    assert [path.name for path in tmp_path.iterdir()] == ["district"]
    assert (tmp_path / "district").read_text() == "empty"


def test_a_secret_is_made_once_and_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.setattr("yizhan.cli.secret.SECRETS", tmp_path / "secrets")
    first = secret("session.key")
    assert secret("session.key") == first
    assert secret("other") != first
    assert len(first) >= 43  # 32 bytes in base64
    assert stat.S_IMODE((tmp_path / "secrets/session.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700


def test_a_secret_that_was_not_written_wholly_is_not_there(tmp_path, monkeypatch):
    """A full disk, or a power cut: an empty password would be kept for ever."""
    monkeypatch.setattr("yizhan.cli.secret.SECRETS", tmp_path)
    monkeypatch.setattr("yizhan.cli.secret.os.fsync", _no_space)
    with pytest.raises(OSError, match="No space"):
        secret("session.key")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    monkeypatch.setattr("yizhan.cli.secret.SECRETS", tmp_path)
    assert len(secret("session.key")) >= 43


def _no_space(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_private_folder_is_private(tmp_path):
    assert stat.S_IMODE(private_folder(tmp_path / "files").stat().st_mode) == 0o700
