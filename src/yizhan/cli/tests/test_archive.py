"""A backup file: whole, private, and never trusted before it is verified."""

import io
import json
import tarfile
from dataclasses import replace

import pytest

from yizhan.cli import archive
from yizhan.cli.archive import Manifest
from yizhan.cli.speech import Fault


def manifest() -> Manifest:
    return Manifest("0.1.0", "2026-11-20T09:30:00+00:00", "empty", "yizhan_owner", "yizhan_app")


@pytest.fixture
def made(tmp_path):
    (tmp_path / "dump").write_bytes(b"rows")
    (tmp_path / "photo").write_bytes(b"x" * 3_000_000)
    target = tmp_path / "district.tar"
    archive.write(
        target, manifest(), [("database.dump", tmp_path / "dump"), ("files/a/b", tmp_path / "photo")]
    )
    return target


def test_what_was_written_is_verified_and_comes_back(made, tmp_path):
    found = archive.verify(made)
    assert set(found.members) == {"database.dump", "files/a/b"}
    assert found.district == "empty"
    (tmp_path / "out").mkdir()
    archive.unpack(made, tmp_path / "out")
    assert (tmp_path / "out/database.dump").read_bytes() == b"rows"
    assert (tmp_path / "out/files/a/b").stat().st_size == 3_000_000
    assert (tmp_path / "out/files/a").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "out/files/a/b").stat().st_mode & 0o777 == 0o600


def test_it_is_for_its_owner_only_and_nothing_is_left_beside(made):
    assert made.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in made.parent.iterdir() if path.name.startswith(".")] == []


def test_an_existing_file_is_not_overwritten(made, tmp_path):
    with pytest.raises(Fault, match="exists already"):
        archive.write(made, manifest(), [])


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Fault, match="There is no folder"):
        archive.require_new(tmp_path / "nowhere/district.tar")


@pytest.mark.parametrize(("version", "later"), [("0.1.0", False), ("0.0.9", False), ("0.10.0", True)])
def test_what_a_later_version_made_is_not_taken(tmp_path, version, later):
    target = tmp_path / "district.tar"
    archive.write(target, replace(manifest(), version=version), [])
    if later:
        with pytest.raises(Fault, match=r"later version of Yizhan \(0\.10\.0; here is"):
            archive.verify(target)
    else:
        assert archive.verify(target).version == version


def test_a_failure_leaves_no_file(tmp_path):
    with pytest.raises(Fault, match="not written"):
        archive.write(tmp_path / "x.tar", manifest(), [("database.dump", tmp_path / "missing")])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [b"database.dump", b"rows", b"xxxx", b"members"])
def test_one_changed_bit_is_found(made, words):
    """In a name, in the contents, in the manifest."""
    content = bytearray(made.read_bytes())
    content[content.index(words)] ^= 1
    made.write_bytes(content)
    with pytest.raises(Fault):
        archive.verify(made)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_an_archive_cut_short_is_found(made, share):
    content = made.read_bytes()
    made.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(Fault, match="no whole backup"):
        archive.verify(made)


def craft(path, entries, members):
    with tarfile.open(path, "w") as tar:
        for entry, content in entries:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
        text = json.dumps({**vars(manifest()), "members": members}).encode()
        last = tarfile.TarInfo(archive.MANIFEST)
        last.size = len(text)
        tar.addfile(last, io.BytesIO(text))
    return path


@pytest.mark.parametrize("name", ["../escape", "/etc/escape", "files/../../escape"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path, name):
    with pytest.raises(Fault, match="no whole backup"):
        archive.verify(craft(tmp_path / "evil.tar", [(tarfile.TarInfo(name), b"x")], {}))


def test_links_are_refused(tmp_path):
    link = tarfile.TarInfo("files/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with pytest.raises(Fault, match="no whole backup"):
        archive.verify(craft(tmp_path / "evil.tar", [(link, b"")], {}))


def test_a_member_that_the_manifest_does_not_name_is_refused(tmp_path):
    with pytest.raises(Fault, match="not what was backed up"):
        archive.verify(craft(tmp_path / "evil.tar", [(tarfile.TarInfo("files/more"), b"x")], {}))


def test_a_later_format_is_named(tmp_path):
    path = craft(tmp_path / "later.tar", [], {})
    with tarfile.open(path) as tar:
        told = json.loads(tar.extractfile(archive.MANIFEST).read())
    told["format"] = archive.FORMAT + 1
    with tarfile.open(path, "w") as tar:
        text = json.dumps(told).encode()
        entry = tarfile.TarInfo(archive.MANIFEST)
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    with pytest.raises(Fault, match="later version"):
        archive.verify(path)
