"""Translations are compiled where they changed, and only there."""

import gettext
import os

import pytest
from babel.messages.pofile import PoFileError

from yizhan.cli import translations
from yizhan.cli.translation_compiler import compile_one

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "一站"\nmsgstr "One stop"\n'


@pytest.fixture
def po(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "SOURCES", tmp_path / "src")
    monkeypatch.setattr(translations, "COMPILED", tmp_path / "compiled")
    file = tmp_path / "src/yizhan/ui/locale/en/LC_MESSAGES/django.po"
    file.parent.mkdir(parents=True)
    file.write_text(PO)
    return file


def test_a_changed_file_is_stale_until_it_is_compiled(po):
    assert translations.stale() == [po]
    compile_one(po)
    assert translations.stale() == []
    assert [path.name for path in po.parent.iterdir()] == ["django.po"]
    with (po.parents[6] / "compiled/ui/en/LC_MESSAGES/django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("一站") == "One stop"
    later = translations.compiled(po).stat().st_mtime + 10
    os.utime(po, (later, later))
    assert translations.stale() == [po]


def test_a_broken_file_leaves_the_old_translation(po):
    compile_one(po)
    before = translations.compiled(po).read_bytes()
    po.write_text(PO + "\nno keyword at all\n")
    with pytest.raises(PoFileError):
        compile_one(po)
    assert translations.compiled(po).read_bytes() == before
