"""Reading packs: everything wrong is said at once, at its place; nothing hangs or explodes."""

from __future__ import annotations

import pytest
from pydantic import Field

from yizhan.releases import files, scaffold
from yizhan.releases.kinds import Kind, Kinds, KindTaken
from yizhan.releases.pack import read
from yizhan.releases.words import Basis, Key, Shape, Text

MANIFEST = 'code: {code}\ntitle: {{zh: 测试, en: Test}}\nunit: "440104-mz"\n'


class Limit(Shape):
    days: int


class Toy(Shape):
    key: Key
    title: Text
    limit: Limit | None = None
    tags: list[str] = Field(default_factory=list)


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


GOOD = "key: ball\ntitle: {zh: 球, en: ball}\nlimit: {days: 5}\n"


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
        (b"\xff\xfe\x00", "UTF-8"),
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
    assert files.plain_yaml(f"a: {written}\n")[0] == {"a": read_as}


@pytest.mark.parametrize(("written", "read_as"), [("true", True), ("12", 12), ("1.5", 1.5), ("null", None)])
def test_yaml_still_has_numbers_truth_and_null(written, read_as):
    assert files.plain_yaml(f"a: {written}\n")[0] == {"a": read_as}


def test_a_key_twice_in_json_is_refused():
    with pytest.raises(files.Unreadable, match="两次"):
        files.plain_json('{"a": 1, "a": 2}')


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


def test_a_new_pack_is_well_formed(tmp_path, kinds):
    folder = scaffold.new(tmp_path, "signboard", title="招牌设置", title_en="Signboards", unit="440104-cg")
    assert read(folder, kinds).faults == []
    with pytest.raises(scaffold.NameRefused, match="已有"):
        scaffold.new(tmp_path, "signboard", title="x", title_en="x", unit="x")
    with pytest.raises(scaffold.NameRefused, match="小写"):
        scaffold.new(tmp_path, "../evil", title="x", title_en="x", unit="x")
