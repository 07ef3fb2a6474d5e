"""What fonts say they have is what the press draws; what nobody has is named."""

from __future__ import annotations

import random

import pytest

from yizhan import clock
from yizhan.records import font_files, fonts, glyphs
from yizhan.records.typesetting import CharacterMissing, Sheet, Typesetter

NOBODY_S = "𪜀\ue000"


@pytest.fixture(scope="module")
def files():
    return fonts.files()


@pytest.fixture(scope="module")
def typesetter(files):
    made = Typesetter(files)
    yield made
    made.close()


def test_tables_and_press_agree_over_all_planes(typesetter, files):
    """Of characters anywhere: what a table promises is drawn, and what none promises is not."""
    codes = random.Random(20261120).sample(
        [*range(0x2000, 0xD800), *range(0xF900, 0xFFFE), *range(0x20000, 0x2A6E0)], 3000
    )
    for role in glyphs.ROLES:
        looked = glyphs.look(role, "".join(map(chr, codes)), typesetter, files, clock.now())
        assert looked.undrawn == ""
        assert 0 < len(looked.unmapped) < len(codes)
        drawn = sum(looked.drawn_by.values())
        assert drawn + len(looked.unmapped) == len(glyphs.visible(map(chr, codes)))
        for one in random.Random(7).sample(looked.unmapped, 5):
            with pytest.raises(CharacterMissing):
                typesetter.pdf(
                    Sheet(
                        '#import "letter.typ": *\n#set document(title: "x")\n#face("' + role + '", data.one)',
                        clock.now(),
                        {"one": one},
                    )
                )


def test_a_table_that_promises_too_much_is_found_out(typesetter, files, monkeypatch):
    monkeypatch.setattr(font_files, "characters", lambda _: set(range(0x110000)))
    looked = glyphs.look("heiti", "陈" + NOBODY_S, typesetter, files, clock.now())
    assert (looked.unmapped, looked.missing) == ("", "".join(sorted(NOBODY_S)))


def test_who_draws_what_is_counted(typesetter, files):
    looked = glyphs.look("fangsong", "陈昇堃, A1 \u3000\n" + NOBODY_S, typesetter, files, clock.now())
    assert looked.drawn_by[files["latin"][0].name] >= len(",A1")
    assert sum(looked.drawn_by.values()) == len("陈昇堃,A1")
    assert looked.missing == "".join(sorted(NOBODY_S))


def test_a_file_that_is_no_font_has_no_characters(tmp_path):
    for content in (b"", b"no font at all", b"OTTO" + b"\0" * 200):
        (tmp_path / "x.ttf").write_bytes(content)
        assert font_files.characters(tmp_path / "x.ttf") == set()
    assert font_files.characters(tmp_path / "nowhere.ttf") == set()
