"""Reading packs: everything wrong is said at once, at its place; nothing hangs or explodes."""

from __future__ import annotations

import os
from typing import Annotated, Literal

import pytest
from django.utils import translation
from pydantic import BeforeValidator, Field

from yizhan.releases import files, finding
from yizhan.releases.kinds import Kind, Kinds, KindTaken
from yizhan.releases.pack import read
from yizhan.releases.plain_yaml import plain_yaml
from yizhan.releases.unreadable import Unreadable
from yizhan.releases.words import Basis, Key, Shape, Text

GOOD = "key: ball\ntitle: {zh: 球, en: ball}\nlimit: {days: 5}\n"
MANIFEST = 'code: {code}\ntitle: {{zh: 测试, en: Test}}\nunit: "440104-mz"\n'


class Limit(Shape):
    days: int


class Toy(Shape):
    key: Key
    title: Text
    limit: Limit | None = None
    tags: list[str] = Field(default_factory=list)


class Tail(Shape):
    length: int = 1


class Cat(Shape):
    kind: Literal["cat"]
    whiskers: int = 6


class Dog(Shape):
    kind: Literal["dog"]
    legs: int = 4
    tail: Tail | None = None


class Zoo(Shape):
    animals: dict[Key, Annotated[Cat | Dog, Field(discriminator="kind")]]


class Box(Shape):
    size: int = Field(le=9)
    name: str = Field(min_length=1)
    tags: list[str] = Field(max_length=2)
    colour: Literal["red", "green"]


@pytest.fixture
def kinds():
    own = Kinds()
    own.announce(Kind(name="toy", folder="toys", suffix=".toy.yaml", model=Toy, purpose=("玩具", "toys")))
    own.announce(Kind(name="note", folder="toys", suffix=".txt", purpose=("说明", "notes")))
    return own


@pytest.fixture
def pack(tmp_path, kinds):
    """Write files into a pack and read it."""
    folder = tmp_path / "test_pack"
    folder.mkdir()
    (folder / "pack.yaml").write_text(MANIFEST.format(code="test_pack"), encoding="utf-8")

    def write(**content):
        for name, text in content.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(folder, kinds)

    return write


def lines(pack):
    return [str(fault) for fault in pack.faults]


def test_a_good_pack_has_no_faults_and_keeps_what_was_written(pack):
    read_pack = pack(**{"toys/ball.toy.yaml": GOOD, "toys/hello.txt": "你好"})
    assert read_pack.faults == []
    assert read_pack.of("toy")["ball"].model.limit.days == 5
    assert read_pack.content()["definitions"]["note"] == {"hello": "你好"}


def test_several_errors_are_reported_at_once_with_place_and_suggestion(pack):
    bad = "key: Ball\ntitel: {zh: 球, en: ball}\ntitle: {zh: 球}\nlimit:\n  day: 5\n  days: five\n"
    found = lines(pack(**{"toys/ball.toy.yaml": bad, "toyz/x.toy.yaml": GOOD, "toys/x.yml": "a: 1"}))
    assert any("toys/ball.toy.yaml:1 key" in f and "写法不合要求" in f for f in found)
    assert any("ball.toy.yaml:2 titel" in f and "不认识的键" in f and "title" in f for f in found)
    assert any("title.en" in f and "缺少必填项" in f for f in found)
    assert any("ball.toy.yaml:5 limit.day:" in f and "days" in f for f in found)
    assert any("ball.toy.yaml:6 limit.days" in f and "应为整数" in f and "five" in f for f in found)
    assert any("toyz/x.toy.yaml" in f and "toys" in f for f in found)
    assert any("toys/x.yml" in f and ".toy.yaml" in f for f in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"\xff\xfe\x00", "UTF-16"),
        (GOOD.encode("gb18030"), ":2: 不是 UTF-8 编码，看来是 GBK"),
        (GOOD.encode("utf-16"), "看来是 UTF-16"),
        (GOOD.encode("utf-16-be"), "看来是 UTF-16"),
        (b"key: a\n\ttitle: b\n", ":2: 不是合法的 YAML：这一行用了制表符 → 缩进请用空格"),
        (b"key: a\x00\n", "控制字符 U+0000"),
        (b'key: "\\ud800"\n', "不能保存的字符"),
        (b"key: a\n---\nkey: b\n", "只能写一份定义"),
        (b"- a\n- b\n", "应为键值对"),
        (b"# nothing but words\n", "空"),
        (b"key: " + b"9" * 5000 + b"\n", "YAML"),
        (b"key: a\nkey: b\n", "两次"),
        (b"a: &x [1]\nb: *x\n", "锚点"),
        (b"a: !!python/object/apply:os.system ['true']\n", "YAML"),
        (b"a: [1, 2\n", "YAML"),
        ("a: {zh: 好吗, en: is it good?}\n".encode(), "加引号"),
        (b"", "空"),
        (b"x" * (10 * 1024 * 1024), "1 MB"),
        (b"[" * 200 + b"]" * 200, "嵌套"),
        (b"a: " + b"{a: " * 3000 + b"1" + b"}" * 3000, "嵌套"),
    ],
)
def test_hostile_files_are_refused_with_a_clear_sentence(pack, text, words):
    faults = pack(**{"toys/ball.toy.yaml": text}).faults
    assert any(words in str(f) for f in faults), faults
    assert all(f.file == "toys/ball.toy.yaml" for f in faults)


def test_a_small_file_of_aliases_cannot_explode(pack):
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    assert any("锚点" in str(f) for f in pack(**{"toys/ball.toy.yaml": bomb}).faults)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("on", "on"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("2026-11-20", "2026-11-20"),
        ("010", "010"),
        ("1e3", "1e3"),
    ],
)
def test_yaml_means_what_it_looks_like(written, read_as):
    assert plain_yaml(f"a: {written}\n")[0] == {"a": read_as}


@pytest.mark.parametrize(("written", "read_as"), [("true", True), ("12", 12), ("1.5", 1.5), ("null", None)])
def test_yaml_still_has_numbers_truth_and_null(written, read_as):
    assert plain_yaml(f"a: {written}\n")[0] == {"a": read_as}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "空"),
        ('{"a": NaN}', "NaN"),
        ('{"a": ' + "9" * 5000 + "}", "JSON"),
        ('{"a": "\\u0000"}', "不能保存"),
        ('{"a": 1,}', "JSON"),
        ("[" * 5000 + "]" * 5000, "嵌套"),
    ],
)
def test_json_that_could_not_be_kept_is_refused(text, words):
    with pytest.raises(Unreadable) as refused:
        files.plain_json(text)
    assert words in refused.value.message


def test_windows_line_ends_and_a_mark_at_the_beginning_change_nothing(pack):
    unix = pack(**{"toys/ball.toy.yaml": GOOD, "toys/hello.txt": "一\n二\n"}).content()
    windows = {
        "toys/ball.toy.yaml": b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(),
        "toys/hello.txt": "一\r\n二\r\n",
    }
    assert pack(**windows).content() == unix


def test_links_are_not_followed_wherever_they_lead(pack, tmp_path):
    folder = tmp_path / "test_pack"
    pack(**{"toys/ball.toy.yaml": GOOD})
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/x.toy.yaml").write_text(GOOD)
    (folder / "toys/passwords.txt").symlink_to("/etc/passwd")
    (folder / "toys/gone.txt").symlink_to("/nowhere")
    (folder / "more").symlink_to(tmp_path / "secret")
    (folder / "toys/round").symlink_to("..")
    found = pack()
    assert [str(f).split(":")[0] for f in found.faults] == [
        "more", "toys/gone.txt", "toys/passwords.txt", "toys/round",
    ]  # fmt: skip
    assert all("符号链接" in str(f) for f in found.faults)
    assert found.of("note") == {}


def test_a_pipe_does_not_make_the_check_wait(pack, tmp_path):
    pack(**{"toys/ball.toy.yaml": GOOD})
    os.mkfifo(tmp_path / "test_pack/toys/pipe.txt")
    assert "不是普通文件" in str(pack().faults[0])


def test_names_of_files_are_keys_and_what_is_broken_is_still_there(pack):
    found = pack(**{"toys/My Ball.toy.yaml": GOOD, "toys/bad.toy.yaml": "key: [", "toys/empty.txt": " \n"})
    assert any("toys/My Ball.toy.yaml" in f and "小写字母" in f for f in lines(found))
    assert any("toys/empty.txt: 文件是空的" in f for f in lines(found))
    assert found.keys("toy") == {"bad"}
    assert found.of("toy") == {}


def test_more_files_than_a_pack_can_have_are_not_read(pack, monkeypatch):
    monkeypatch.setattr(finding, "MOST_FILES", 3)
    found = pack(**{f"toys/a{n}.txt": "x" for n in range(9)})
    assert "超过 3 个" in lines(found)[0]


def test_a_misspelt_key_in_a_choice_of_shapes_is_told_with_the_keys_of_its_kind(pack, kinds):
    kinds.announce(Kind(name="zoo", folder="zoos", suffix=".yaml", model=Zoo, purpose=("动物园", "zoos")))
    text = (
        "animals:\n"
        "  tom: {kind: cat, whiskerz: 2}\n"
        "  rex: {kind: dog, legz: 4, tail: {lenght: 3}}\n"
        "  tim: {kind: catt, whiskers: 2}\n"
        "  kim: {whiskers: 2}\n"
    )
    assert lines(pack(**{"zoos/z.yaml": text})) == [
        "zoos/z.yaml:2 animals.tom.whiskerz: 不认识的键 → 是否应为 whiskers？",
        "zoos/z.yaml:3 animals.rex.legz: 不认识的键 → 是否应为 legs？",
        "zoos/z.yaml:3 animals.rex.tail.lenght: 不认识的键 → 是否应为 length？",
        "zoos/z.yaml:4 animals.tim.kind: 没有“catt”这一种 → 是否应为 cat？",
        "zoos/z.yaml:5 animals.kim.kind: 缺少必填项 → 可用：cat, dog",
    ]


def test_what_is_too_long_or_too_large_is_told_in_words(pack, kinds):
    kinds.announce(Kind(name="box", folder="boxes", suffix=".yaml", model=Box, purpose=("盒", "boxes")))
    found = lines(pack(**{"boxes/b.yaml": "size: 12\nname: ''\ntags: [a, b, c]\ncolour: blue\n"}))
    assert found == [
        "boxes/b.yaml:1 size: “12”太大，最大为 9",
        "boxes/b.yaml:2 name: 至少写 1 个字",
        "boxes/b.yaml:3 tags: 最多写 2 项",
        "boxes/b.yaml:4 colour: “blue”不在可选范围 → 可用：green, red",
    ]


def test_a_text_that_is_too_long_is_counted_in_characters_whatever_reads_it_first(pack, kinds):
    class Sheet(Shape):
        cells: list[Annotated[str, BeforeValidator(lambda cell: cell), Field(max_length=3)]]

    kinds.announce(Kind(name="sheet", folder="sheets", suffix=".yaml", model=Sheet, purpose=("表", "sheets")))
    (found,) = lines(pack(**{"sheets/s.yaml": "cells: [ab, abcdef]\n"}))
    assert found == "sheets/s.yaml:1 cells[1]: “abcdef”太长，最多 3 个字"


def test_what_is_wrong_is_said_in_english_too(pack):
    with translation.override("en"):
        found = lines(pack(**{"toys/ball.toy.yaml": GOOD.encode("gb18030")}))
    assert found == [
        "toys/ball.toy.yaml:2: not UTF-8; it seems to be GBK (GB 18030) → save the file as UTF-8"
    ]


def test_a_key_twice_in_json_is_refused():
    with pytest.raises(Unreadable, match="两次") as refused:
        files.plain_json('{"a": 1,\n "a": 2}')
    assert refused.value.line == 2


def test_two_rooms_cannot_claim_one_kind(kinds):
    with pytest.raises(KindTaken):
        kinds.announce(Kind(name="toy", folder="other", suffix=".x", purpose=("", "")))
    with pytest.raises(KindTaken):
        kinds.announce(Kind(name="doll", folder="toys", suffix=".yaml", purpose=("", "")))


def test_a_basis_is_verified_only_with_place_and_day():
    law = {"law": {"zh": "老年人权益保障法", "en": "Law on the Protection of the Elderly"}}
    assert Basis.model_validate(law).verified is False
    with pytest.raises(ValueError, match="read_at"):
        Basis.model_validate({**law, "verified": True})
