"""Publishing: an immutable release, the current pointer, all or nothing."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from yizhan.journal.models import News
from yizhan.releases import comparing, publishing
from yizhan.releases.faults import PackRefused
from yizhan.releases.kinds import Kind, Kinds
from yizhan.releases.models import Release, current
from yizhan.releases.pack import read
from yizhan.releases.publishing import in_order, publish
from yizhan.releases.tests.test_packs import GOOD, MANIFEST, Toy


@pytest.fixture
def kinds():
    own = Kinds()
    own.announce(Kind(name="toy", folder="toys", suffix=".toy.yaml", model=Toy, purpose=("玩具", "toys")))
    return own


def write(root, code, toy=GOOD, depends=()):
    folder = root / code
    (folder / "toys").mkdir(parents=True, exist_ok=True)
    manifest = MANIFEST.format(code=code) + f"depends: [{', '.join(depends)}]\n"
    (folder / "pack.yaml").write_text(manifest, encoding="utf-8")
    (folder / "toys/ball.toy.yaml").write_text(toy, encoding="utf-8")
    return folder


@pytest.mark.django_db
def test_the_first_publication_is_version_one_and_current(tmp_path, kinds):
    done = publish(read(write(tmp_path, "a"), kinds), by="account:1", kinds=kinds)
    assert (done.new, done.release.version) == (True, 1)
    assert current("a").raw("toy", "ball")["limit"] == {"days": 5}
    assert News.objects.get(kind="pack.published").data["version"] == 1


@pytest.mark.django_db
def test_the_same_content_again_changes_nothing(tmp_path, kinds):
    pack = read(write(tmp_path, "a"), kinds)
    publish(pack, by="x", kinds=kinds)
    again = publish(read(write(tmp_path, "a"), kinds), by="x", kinds=kinds)
    assert (again.new, Release.objects.count()) == (False, 1)


@pytest.mark.django_db
def test_a_changed_file_is_a_new_release_and_the_old_one_stays(tmp_path, kinds):
    publish(read(write(tmp_path, "a"), kinds), by="x", kinds=kinds)
    changed = read(write(tmp_path, "a", GOOD.replace("5", "7")), kinds)
    assert [(c.place, str(c)) for c in comparing.changes(changed, kinds)] == [
        ("toy/ball.limit.days", "~ 玩具“球” › limit › days：5 → 7")
    ]
    publish(changed, by="x", kinds=kinds)
    assert [r.raw("toy", "ball")["limit"]["days"] for r in Release.objects.order_by("version")] == [5, 7]
    assert current("a").version == 2


@pytest.mark.django_db
def test_a_release_can_never_be_changed_by_the_application(tmp_path, kinds):
    publish(read(write(tmp_path, "a"), kinds), by="x", kinds=kinds)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        connection.cursor().execute("update releases_release set version = 9")


@pytest.mark.django_db
def test_a_pack_with_errors_is_refused_and_nothing_changes(tmp_path, kinds):
    with pytest.raises(PackRefused, match="limit.days"):
        publish(read(write(tmp_path, "a", GOOD.replace("5", "many")), kinds), by="x", kinds=kinds)
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_when_a_room_refuses_the_whole_publication_is_undone(tmp_path):
    def refuse(release):
        raise RuntimeError("no")

    kinds = Kinds()
    kinds.announce(
        Kind(name="toy", folder="toys", suffix=".toy.yaml", model=Toy, purpose=("", ""), published=refuse)
    )
    with pytest.raises(RuntimeError):
        publish(read(write(tmp_path, "a"), kinds), by="x", kinds=kinds)
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_packs_come_after_those_they_depend_on(tmp_path, kinds):
    packs = [read(write(tmp_path, c, depends=d), kinds) for c, d in (("a", ["c"]), ("b", []), ("c", ["b"]))]
    assert [pack.code for pack in in_order(packs)] == ["b", "c", "a"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("depends", "words"), [({"a": ["z"]}, "没有应用包 z"), ({"a": ["b"], "b": ["a"]}, "圈")]
)
def test_missing_and_circular_dependencies_are_refused(tmp_path, kinds, depends, words):
    packs = [read(write(tmp_path, code, depends=depends.get(code, [])), kinds) for code in ("a", "b")]
    with pytest.raises(PackRefused, match=words):
        in_order(packs)


@pytest.mark.django_db
def test_a_broken_pack_does_not_keep_others_from_being_published(tmp_path, kinds, settings, monkeypatch):
    settings.PACKS = [tmp_path]
    monkeypatch.setattr(publishing, "read", lambda folder: read(folder, kinds))
    write(tmp_path, "good", depends=["base"])
    write(tmp_path, "base")
    write(tmp_path, "bad", GOOD.replace("5", "many"))
    (tmp_path / "left_over").mkdir()
    (tmp_path / "unnamed").mkdir()
    (tmp_path / "unnamed/note.txt").write_text("x")
    assert [done.release.pack for done in publishing.publish_all(only=["good"])] == ["good"]
    with pytest.raises(PackRefused) as refused:
        publishing.publish_all()
    assert {fault.file.split("/")[0] for fault in refused.value.faults} == {"bad", "unnamed"}


@pytest.mark.django_db
def test_a_pack_whose_folder_is_gone_stays_until_it_is_withdrawn(tmp_path, kinds, settings):
    settings.PACKS = [tmp_path]
    before = publish(read(write(tmp_path, "a"), kinds), by="x", kinds=kinds).release
    assert publishing.left_behind() == []
    shutil.rmtree(tmp_path / "a")
    assert publishing.left_behind() == [before]
    done = publishing.withdraw("a", by="x", kinds=kinds)
    assert (current("a"), current("a").keys("toy"), done.release.version) == (done.release, [], 2)
    assert publishing.left_behind() == []
    assert Release.objects.get(id=before.id).raw("toy", "ball")["key"] == "ball"
    assert publish(read(write(tmp_path, "a"), kinds), by="x", kinds=kinds).release.version == 3


def test_two_who_publish_at_once_make_one_release(tmp_path, kinds, committed):
    pack = read(write(tmp_path, "a"), kinds)
    both = threading.Barrier(2)

    def one(_number):
        both.wait()
        try:
            return publish(pack, by="x", kinds=kinds).new
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(one, range(2))) == [False, True]
    assert Release.objects.count() == 1
