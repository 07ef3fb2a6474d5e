"""A pack's documents are tried before they are published, and mistakes are told at their place."""

from __future__ import annotations

import shutil

import pytest

from yizhan import clock
from yizhan.records import fonts, typesetting
from yizhan.records.tests.conftest import GRANTING
from yizhan.releases.faults import Weight
from yizhan.releases.pack import read
from yizhan.workflow import references


@pytest.fixture
def pack(tmp_path):
    """The sample pack with some of its text exchanged."""

    def changed(file="grant.typ", old="", new="", *, without=None):
        folder = tmp_path / "granting"
        shutil.copytree(GRANTING, folder)
        path = folder / "documents" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
        if without:
            (folder / "documents" / without).unlink()
        return read(folder)

    return changed


def told(pack):
    return [str(fault) for fault in pack.faults]


def test_a_good_document_has_no_faults(pack):
    assert told(pack()) == []


def test_a_definition_needs_its_template(pack):
    assert told(pack(without="grant.typ")) == ["documents/grant.yaml:1: 缺少同名的模板 documents/grant.typ"]


def test_a_template_needs_its_definition(pack):
    assert told(pack(without="grant.yaml")) == ["documents/grant.typ: 缺少同名的定义 documents/grant.yaml"]


def test_a_mistake_in_a_template_is_told_with_its_line(pack):
    (fault,) = told(pack(old="#data.street", new="#data.stret"))
    assert fault.startswith("documents/grant.typ:")
    assert "stret" in fault


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("#eval(data.name)", "eval"),
        ('#plugin("x.wasm")', "plugin"),
        ('#import "@preview/cetz:0.3.0": canvas', "import"),
        ('#include "other.typ"', "import"),
        ("#let x = {\n  import data.name\n}", "import"),
    ],
)
def test_what_a_template_may_not_do_is_told_early(pack, line, word):
    faults = told(pack(new=f"\n\n{line}\n"))
    assert [f"模板中不能用 {word}" in fault for fault in faults] == [True]


_LETTER = '#import "letter.typ": *\n#show: letter.with(to: data.name)'
_OFFICIAL = '#import "official.typ": *\n#show: official.with(form: "letter", to: data.name, secrecy: none)'


def test_who_signs_is_a_role_that_there_is(pack, monkeypatch):
    monkeypatch.setattr(
        type(references.house), "of", lambda _house, _pack: {"role": {"granting.head": "主任"}}
    )
    faults = told(pack("ended.yaml", new="signed_by: granting.haed\n"))
    assert "documents/ended.yaml:8 signed_by: 没有角色 granting.haed → 是否应为 granting.head？" in faults


def test_a_paper_that_is_signed_has_a_place_for_the_stamp(pack, monkeypatch):
    monkeypatch.setattr(type(references.house), "of", lambda _house, _pack: {})
    [fault] = told(pack("grant.yaml", new="signed_by: granting.head\n"))
    assert fault.startswith("documents/grant.typ: 模板没有留出签名章的位置")


def test_a_template_may_be_an_official_document(pack):
    assert told(pack(old=_LETTER, new=_OFFICIAL)) == []


@pytest.mark.parametrize(("layout", "faults"), [(_LETTER, 0), (_OFFICIAL, 1)])
def test_english_is_refused_where_the_layout_would_leave_it_out(pack, tmp_path, layout, faults):
    pack(old=_LETTER, new=layout)
    definition = tmp_path / "granting/documents/grant.yaml"
    definition.write_text(definition.read_text("utf-8") + "english: true\n", "utf-8")
    found = told(read(tmp_path / "granting"))
    assert ["只有引用 letter.typ 的样式能排英文" in fault for fault in found] == [True] * faults


def test_what_an_official_document_may_not_be_is_told_in_its_words(pack):
    (fault,) = told(pack(old=_LETTER, new=_OFFICIAL.replace("none", '"秘密"')))
    assert "涉密" in fault
    assert "panicked" not in fault


def test_words_of_a_text_are_no_commands(pack):
    assert told(pack(new="\n\nWe import goods; evaluation follows.\n")) == []


def test_a_character_no_font_has_is_told(pack):
    (fault,) = told(pack(old="准予向您", new="准𪜀予向您"))
    assert "𪜀" in fault


def test_a_foreign_font_is_only_a_warning(pack):
    read_pack = pack(new='\n\n#text(font: "SimSun")[完]\n')
    assert [fault.weight for fault in read_pack.faults] == [Weight.WARNING]
    assert "simsun" in told(read_pack)[0]


def test_a_template_that_never_ends_is_told(pack, monkeypatch):
    quick = typesetting.Typesetter(fonts.files(), seconds=1)
    monkeypatch.setattr(typesetting, "house", lambda: quick)
    endless = "\n\n#for a in range(9999) { for b in range(9999) { let x = a * b } }\n"
    (fault,) = told(pack(new=endless))
    assert "超过 1 秒" in fault
    quick.close()


def test_without_fonts_nothing_is_tried_and_that_is_said(pack, monkeypatch, settings, tmp_path):
    settings.ROOT = settings.HOME = tmp_path
    monkeypatch.setattr(typesetting, "house", lambda: typesetting.Typesetter(fonts.files()))
    read_pack = pack()
    assert [fault.weight for fault in read_pack.faults] == [Weight.WARNING] * 2  # its two documents
    assert "仿宋" in told(read_pack)[0]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{serial}", "1", "文号规则"),
        ("{year}", "{month}", "文号规则"),
        ("kind: approval", "kind: aproval", "aproval"),
        ("key: street", "key: name", "name 出现两次"),
        ('example: "200"', "example: much", "每月金额"),
        ("type: money", "type: gold", "gold"),
        ("number:", "nummer:", "nummer"),
    ],
)
def test_a_mistake_in_a_definition_is_told(pack, old, new, words):
    assert any(words in fault for fault in told(pack("grant.yaml", old, new)))


def test_a_district_s_own_font_wins_over_the_free_one(settings, tmp_path):
    free = fonts.files()
    settings.FONTS = str(tmp_path)
    (tmp_path / "fangsong.ttf").symlink_to(free["kaiti"][0])
    assert fonts.files()["fangsong"] == [tmp_path / "fangsong.ttf", *free["fangsong"][1:]]
    assert fonts.files()["heiti"] == free["heiti"]


@pytest.mark.parametrize("content", [b"no font at all", b"", b"OTTO" + b"\0" * 500, "half"])
def test_a_file_that_is_no_font_is_told_and_no_paper_set_without_it(settings, tmp_path, content):
    if content == "half":
        content = fonts.files()["heiti"][0].read_bytes()[:100_000]
    settings.FONTS = str(tmp_path)
    (tmp_path / "heiti.ttf").write_bytes(content)
    with pytest.raises(fonts.FontUnreadable, match="黑体") as fault:
        typesetting.Typesetter(fonts.files()).pdf(typesetting.Sheet("x", clock.now()))
    assert str(tmp_path / "heiti.ttf") in str(fault.value)


def test_a_font_that_went_away_while_the_house_runs_is_told(settings, tmp_path):
    settings.FONTS = str(tmp_path)
    own = tmp_path / "heiti.ttf"
    own.symlink_to(fonts.files()["heiti"][0])
    found = fonts.files()
    own.unlink()
    with pytest.raises(fonts.FontUnreadable, match="黑体"):
        typesetting.Typesetter(found).pdf(typesetting.Sheet("x", clock.now()))


def test_no_font_for_a_role_is_told_by_its_name(settings, tmp_path):
    settings.HOME = tmp_path
    with pytest.raises(fonts.FontsMissing, match="仿宋"):
        fonts.files()


def test_the_stand_ins_are_whole_roles_too(settings, tmp_path):
    (tmp_path / "frontend").symlink_to(settings.HOME / "frontend")
    settings.HOME = tmp_path
    stand_ins = fonts.files()
    assert [file.name for file in stand_ins["fangsong"]] == ["NotoSerifSC_400Regular.ttf"]
    made = typesetting.Typesetter(stand_ins)
    assert made.pdf(typesetting.Sheet('#set document(title: "x")\nx', clock.now())).startswith(b"%PDF")
    assert fonts.families(made.press.faces)["fangsong"]["weight"] == 400
    made.close()


def test_who_stands_behind_is_asked_for_in_its_own_weight():
    serif, light, regular = ("Serif", 300), ("Kai", 300), ("Kai", 400)
    faces = {
        "fangsong": [("Fang", 400), light],
        "kaiti": [("Brush", 500), regular],
        "heiti": [("Sans", 500)],
        "xiaobiaosong": [("Serif", 700)],
        "latin": [serif],
        "fallback": [serif],
    }
    asked = fonts.families(faces)
    assert asked["fangsong"]["family"][1:] == ["Fang", "Kai", "Serif"]
    assert {role: of["weight"] for role, of in asked.items()} == {
        "fangsong": 300, "kaiti": 400, "heiti": 500, "xiaobiaosong": 700, "latin": 300, "fallback": 300,
    }  # fmt: skip
