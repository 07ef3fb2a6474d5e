"""Citations of packs: by code or by title, known or not, in force or not; and the items that rest on them."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from django.conf import settings

from yizhan import clock
from yizhan.cases import resting
from yizhan.cases.item import ItemDefinition
from yizhan.identity import scope
from yizhan.registry import law_finding, laws, sources
from yizhan.registry.laws import Told, Word
from yizhan.releases.faults import PackRefused
from yizhan.releases.models import current, definition
from yizhan.releases.pack import Pack, read
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def signs(tmp_path):
    """The pack of signboards with another law in the place of its first."""
    folder = tmp_path / "outdoor_sign"

    def cites(law: str) -> Pack:
        shutil.copytree(settings.ROOT / "packs/outdoor_sign", folder, dirs_exist_ok=True)
        file = folder / "items/outdoor_sign.yaml"
        file.write_text(file.read_text("utf-8").replace("city_appearance_regulations", law, 1), "utf-8")
        return read(folder)

    return cites


def told_of(pack: Pack) -> list[tuple[str, str, str]]:
    return [
        (str(one.weight), one.message, one.suggestion) for one in pack.faults if one.path == "basis[0].law"
    ]


def test_a_law_is_cited_by_code_or_by_its_title_and_the_release_keeps_both(signs):
    by_title = "{zh: 《城市市容和环境卫生管理条例》, en: Regulations on city appearance}"
    for law, english in (
        ("city_appearance_regulations", "Regulations on City"),
        (by_title, "Regulations on city"),
    ):
        release = publish(signs(law), by="test").release
        basis = definition(release.id, "item", "outdoor_sign", ItemDefinition).basis[0]
        assert basis.code == "city_appearance_regulations" and basis.law.en.startswith(english)


def test_an_unknown_code_is_an_error_an_unknown_title_a_warning_with_the_nearest(signs):
    ((weight, message, near),) = told_of(signs("city_apearance_regulations"))
    assert (
        weight == "error"
        and "city_apearance_regulations" in message
        and "city_appearance_regulations" in near
    )
    ((weight, message, near),) = told_of(signs("{zh: 城市市容和环境卫生条例, en: X}"))
    assert weight == "warning" and "城市市容和环境卫生管理条例" in near
    assert told_of(signs("city_appearance_regulations")) == []


def test_a_law_that_holds_no_more_is_told_with_what_replaced_it(signs):
    ((weight, message, near),) = told_of(signs("petitions_regulations_2005"))
    assert weight == "warning" and "信访条例" in message and "petitions_regulations" in near


def test_items_whose_law_ends_are_named_until_they_cite_another(signs):
    with clock.standing_at("2026-11-20T09:30"), scope.service():
        publish(shipped("laws_and_policies"), by="test")
        publish(signs("city_appearance_regulations"), by="test")
        assert resting.to_mend() == [] and resting.many(["city_appearance_regulations"]) == {
            "city_appearance_regulations": 1
        }
        source = sources.declare(
            "justice", zh="法规", en="Laws", unit=law_finding.get("fire_protection_law").unit
        )
        word = Word(unit=source.unit, by="test", source=source)
        ends = {"repealed_on": date(2027, 1, 1), "successor": "fire_protection_law"}
        laws.enter([Told("city_appearance_regulations", ends)], word=word)
        (one,) = resting.to_mend()
        assert (one.item.code, one.ends, one.over) == ("outdoor_sign", date(2027, 1, 1), False)
        assert one.successor is not None and one.successor.code == "fire_protection_law"
        publish(signs("fire_protection_law"), by="test")
        assert resting.to_mend() == [] and current("outdoor_sign").version == 2


def test_a_law_moves_from_pack_to_pack_but_is_never_two_packs(tmp_path):
    def pack(code: str, brings: str) -> Pack:
        folder = tmp_path / code
        (folder / "laws").mkdir(parents=True, exist_ok=True)
        head = f'code: {code}\ntitle: {{zh: 测试, en: Test}}\nunit: "440104-mz"\ncontact: {{name: {{zh: 甲, en: A}}}}\n'
        (folder / "pack.yaml").write_text(head, "utf-8")
        (folder / "README.md").write_text("# 测试\n", "utf-8")
        for old in (folder / "laws").iterdir():
            old.unlink()
        law = f"code: {brings}\nkind: policy\ntitle: {{zh: 越秀区{code}办法（示例）}}\n"
        (folder / f"laws/{brings}.yaml").write_text(law, "utf-8")
        return read(folder)

    publish(pack("first", "shared"), by="test")
    with pytest.raises(PackRefused, match="其他单位或应用包"):
        publish(pack("second", "shared"), by="test")
    publish(pack("first", "own"), by="test")
    publish(pack("second", "shared"), by="test")
    assert (
        law_finding.get("shared").pack == "second"
        and law_finding.get("shared").title_zh == "越秀区second办法（示例）"
    )
