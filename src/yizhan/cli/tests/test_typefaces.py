"""Typefaces come out of packages, each only if it is known; without them a start goes on and says so."""

from __future__ import annotations

import hashlib
import io
import tarfile

import pytest

from yizhan.cli import typefaces
from yizhan.cli.typefaces import Typeface
from yizhan.records import fonts

FANG, KAI = b"the font of the first", b"the font of the second"
_CALLS = 'echo "$@" >> {calls}\n'
_APT = (
    "#!/bin/sh\n"
    + _CALLS
    + 'case "$*" in *"download one") cp {deb} one_1.0_all.deb;; *download*) exit 100;; esac\n'
)


def sha(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def house(tmp_path, monkeypatch):
    """An empty home, two typefaces wanted of two packages, and no apt."""
    for name, folder in {
        "HOME": ".",
        "FOLDER": "typefaces",
        "RUN": "run",
        "LOGS": "logs",
        "SCRATCH": "tmp",
    }.items():
        monkeypatch.setattr(typefaces, name, tmp_path / folder)
    monkeypatch.setattr(typefaces, "_NOTE", tmp_path / "typefaces/note.json")
    monkeypatch.setattr(
        typefaces,
        "TYPEFACES",
        (
            Typeface("Fang.otf", "one", "fangsong", (sha(b"an older one"), sha(FANG))),
            Typeface("Kai.otf", "one", "kaiti", (sha(KAI),)),
        ),
    )
    monkeypatch.delenv("YIZHAN_FONTS", raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("PATH", "/nowhere")
    return tmp_path


@pytest.fixture
def apt(house, monkeypatch):
    """An apt that brings a package with these files; it returns what it was asked."""

    def brings(**files):
        programs = house / "programs"
        programs.mkdir(exist_ok=True)
        deb, calls = house / "package.deb", house / "calls"
        deb.write_bytes(
            package({f"./usr/share/fonts/{name}.otf": content for name, content in files.items()})
        )
        (programs / "apt-get").write_text(_APT.format(deb=deb, calls=calls))
        (programs / "apt-get").chmod(0o755)
        monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
        return lambda: calls.read_text().splitlines() if calls.exists() else []

    return brings


def package(files):
    """A package of Debian with these files, and a script that would tell that it ran."""
    scripts = {"./postinst": b"#!/bin/sh\ntouch /tmp/a-script-of-a-package-ran\n"}
    parts = {"debian-binary": b"2.0\n", "control.tar": tar(scripts), "data.tar": tar(files)}
    whole = b"!<arch>\n"
    for name, content in parts.items():
        whole += f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode() + content
        whole += b"\n" * (len(content) % 2)
    return whole


def tar(files):
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return written.getvalue()


def test_font_files_are_taken_out_of_a_package_and_nothing_else_stays(house, apt, capsys):
    asked = apt(Fang=FANG, Kai=KAI, Song=b"not wanted")
    typefaces.install()
    assert sorted(path.name for path in (house / "typefaces").iterdir()) == [
        "Fang.otf",
        "Kai.otf",
        "note.json",
    ]
    assert (house / "typefaces/Kai.otf").read_bytes() == KAI
    assert typefaces.missing() == []
    assert list((house / "tmp").iterdir()) == []
    assert [call.split()[-1] for call in asked()] == ["update", "one"]
    assert capsys.readouterr().out == ""


def test_a_second_start_asks_nobody(apt):
    asked = apt(Fang=FANG, Kai=KAI)
    typefaces.install()
    calls = asked()
    typefaces.install()
    assert asked() == calls


def test_a_file_that_is_not_known_is_not_taken_and_the_other_is(house, apt, capsys):
    asked = apt(Fang=FANG, Kai=b"changed on the way")
    typefaces.install()
    assert (house / "typefaces/Fang.otf").exists()
    assert not (house / "typefaces/Kai.otf").exists()
    (line,) = capsys.readouterr().out.splitlines()
    assert "KaiTi" in line
    assert "FangSong" not in line
    assert "one has other versions of Kai.otf than are known here" in line
    assert "kaiti.ttf" in line
    calls = asked()
    typefaces.install()
    assert asked() == calls, "the same package would come again"


def test_without_apt_a_start_goes_on_and_says_what_stands_in(house, capsys):
    typefaces.install()
    (line,) = capsys.readouterr().out.splitlines()
    assert "this system has no apt" in line
    assert str(house / "fonts") in line
    assert "fangsong.ttf, kaiti.ttf" in line
    typefaces.install()
    assert capsys.readouterr().out == "", "once a day is enough"


def test_what_could_not_be_had_is_asked_for_again_the_next_day(house, apt, capsys, monkeypatch):
    typefaces.install()
    apt(Fang=FANG, Kai=KAI)
    monkeypatch.setattr(typefaces, "_AGAIN", -1)
    typefaces.install()
    assert typefaces.missing() == []


def test_a_package_that_is_none_is_told(house, apt, capsys):
    apt()
    (house / "package.deb").write_bytes(b"no package at all")
    typefaces.install()
    assert "one_1.0_all.deb cannot be opened" in capsys.readouterr().out
    assert len(typefaces.missing()) == 2


def test_apt_s_own_words_are_kept_in_the_log(house, apt, capsys, monkeypatch):
    apt(Fang=FANG)
    monkeypatch.setattr(typefaces, "TYPEFACES", (Typeface("Fang.otf", "other", "fangsong", (sha(FANG),)),))
    typefaces.install()
    assert "apt does not get other" in capsys.readouterr().out
    assert "download other" in (house / "logs/setup.log").read_text()


def test_who_has_fonts_of_his_own_is_not_brought_any(house, apt, monkeypatch, capsys):
    asked = apt(Fang=FANG, Kai=KAI)
    (house / "fonts").mkdir()
    (house / "fonts/kaiti.ttf").touch()
    (house / "licensed").mkdir()
    (house / "licensed/fangsong.otf").touch()
    monkeypatch.setenv("YIZHAN_FONTS", str(house / "licensed"))
    typefaces.install()
    assert asked() == []
    assert capsys.readouterr().out == ""


def test_what_set_up_brings_is_what_papers_are_set_in():
    free = {name for role in fonts.ROLES for name in (*role.free, *role.behind)}
    roles = {role.key: {*role.free, *role.behind} for role in fonts.ROLES}
    assert {face.file for face in typefaces.TYPEFACES} == {name for name in free if "/" not in name}
    assert all(face.file in roles[face.role] for face in typefaces.TYPEFACES)
