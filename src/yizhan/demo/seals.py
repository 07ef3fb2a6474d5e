"""The seals of the demo district, made when its offices were founded; their numbers are of a division that is not."""

from __future__ import annotations

from datetime import timedelta

from yizhan import clock
from yizhan.demo import personas
from yizhan.demo.organisation import GOVERNMENT
from yizhan.demo.population import DISTRICT
from yizhan.identity.models import Appointment, Unit
from yizhan.keys import authority
from yizhan.keys.algorithms import Family
from yizhan.seals import holding
from yizhan.seals.models import Seal, Spell

_SEALING = (Unit.Kind.GOVERNMENT, Unit.Kind.DEPARTMENT, Unit.Kind.SUBDISTRICT)
_NEVER_FILED = "440199"
_WHY = "演示区制发"


def make() -> int:
    """The district's authority and what seals are missing; how many were made."""
    government = Unit.objects.get(code=GOVERNMENT)
    if authority.current("root", Family.CLASSIC) is None:
        authority.found(organisation=government.name)
    made = 0
    for unit in Unit.objects.filter(kind__in=_SEALING).order_by("sort", "code"):
        kinds = ("official", "certificate") if unit.kind == Unit.Kind.DEPARTMENT else ("official",)
        for kind in kinds:
            if Seal.objects.filter(unit=unit.code, kind=kind).exists():
                continue
            number = f"{_NEVER_FILED}{Seal.objects.count() + 1:08d}"
            holding.make(unit, kind, number=number, by="house", why=_WHY, name=_on_the_arc(unit, government))
            made += 1
    return made


def employ_keeper() -> None:
    """Who keeps the district's seals, as old as the offices."""
    personas.employ_officials(comes_with="seals")


def live() -> None:
    """What becomes of seals: one was lost and replaced, one rests; no case wants either. And one is a person's."""
    keeper = personas.account("seals")
    by = f"account:{keeper.pk}"
    with clock.standing_at(clock.now() - timedelta(days=96)):
        lost = Seal.objects.get(unit=f"{GOVERNMENT}-daj", kind=Seal.Kind.OFFICIAL)
        holding.change(lost, Spell.State.LOST, by=by, why="密码设备遗失（示例）")
    with clock.standing_at(clock.now() - timedelta(days=91)):
        number = f"{_NEVER_FILED}{Seal.objects.count() + 1:08d}"
        holding.replace(lost, number=number, by=by, why="挂失后补发（示例）")
    with clock.standing_at(clock.now() - timedelta(days=80)):
        _stamp_of("subsistence_allowance.approver", by)
    with clock.standing_at(clock.now() - timedelta(days=12)):
        resting = Seal.objects.get(unit=f"{GOVERNMENT}-hsz", kind=Seal.Kind.CERTIFICATE)
        holding.change(resting, Spell.State.SUSPENDED, by=by, why="近期不签发证照，暂停使用（示例）")


def _stamp_of(role: str, by: str) -> None:
    """Whoever signs papers with her name beside the seal has a stamp."""
    for one in Appointment.objects.live().filter(post__grants__role=role).order_by("pk"):
        number = f"{_NEVER_FILED}{Seal.objects.count() + 1:08d}"
        holding.make_stamp(one, number=number, by=by, why="负责人签发文书使用（示例）")


def _on_the_arc(unit: Unit, government: Unit) -> str:
    """A sub-district office is one of the government's, and its seal says so."""
    of_the_government = unit.kind == Unit.Kind.SUBDISTRICT and unit.division.startswith(DISTRICT)
    return f"{government.name}{unit.name}" if of_the_government else unit.name
