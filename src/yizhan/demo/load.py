"""Loading the demo district: the same seed gives the same district."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.calendar import loading as calendar_loading
from yizhan.codes import loading as codes_loading
from yizhan.demo import (
    cases,
    companies,
    company_lives,
    families,
    ground,
    organisation,
    peopling,
    permits,
    personas,
    policies,
    population,
    registers,
    restaurants,
    rights,
    seals,
    settling,
    trades,
)
from yizhan.demo.models import Begun, Loaded
from yizhan.demo.peopling import SEED
from yizhan.identity import roles, scope
from yizhan.identity.models import Account, Unit
from yizhan.registry import sources
from yizhan.ui.language import in_english

SCALES = population.SCALES
_FOUNDED_DAYS_AGO = 700


class UnknownScale(ValueError):
    """There is no such scale."""


class RealDistrict(Exception):
    """Somebody works here in earnest; invented people must not come among the real ones."""


def ensure(scale: str = "small", progress: peopling.Progress | None = None) -> str:
    """Load what is not loaded yet; the people one can be, as lines of text.

    A loading that was cut off goes on where it stood, also in another month: each part is remembered when it is
    whole, and all of them are made as on the day of the first.

    Raises:
        UnknownScale: not small, tenth or full.
        RealDistrict: the database has accounts that no demo made.
    """
    if scale not in SCALES:
        raise UnknownScale(_("没有规模 %(scale)s，可用：small、tenth、full") % {"scale": scale})
    require_no_real_district()
    with clock.standing_at(_begun()):
        _part("codes", _reference)
        _part("offices", _offices)
        _part("seals", _seals)
        _ground(scale)
        _part("personas", _personas)
        peopling.settle(SCALES[scale], progress)
        _part("cases", _cases)
        _part("companies", _companies)
        _part("restaurants", _restaurants)
        _part("company files", company_lives.furnish)
        trades.settle(trades.MANY[scale])
        _part("licences of companies", _permits)
        _part("families", _families)
        _part("registers", _registers)
        _part("reviewers", _reviewers)
        _part("rights", _rights)
        _part("laws", _laws)
        _part("keeper of seals", _keeper_of_seals)
    return people()


def require_no_real_district() -> None:
    """See that nobody works in this database in earnest.

    Raises:
        RealDistrict: it has accounts that no demo made.
    """
    if Account.objects.exists() and not Loaded.objects.exists():
        raise RealDistrict(_("此数据库已有正式账户，未载入演示区，现有数据未改动；请另用一个数据库"))


def people() -> str:
    """The people one can be, for the terminal, in the present language."""
    if in_english():
        lines = [f"  {one.name}  {one.who.en}: {one.todo.en}" for one in personas.ALL]
    else:
        lines = [f"  {one.name}　{one.who.zh}：{one.todo.zh}" for one in personas.ALL]
    return "\n".join([_("以谁的身份试用（首页右上角，一键登录）："), *lines])


def people_in_every_language() -> str:
    """JSON: by the code of a language, the people one can be."""
    told = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            told[code] = people()
    return json.dumps(told, ensure_ascii=False)


def _begun() -> datetime:
    """When the first loading began; this is it where none is remembered."""
    first = Begun.objects.order_by("id").first() or Begun.objects.create(at=clock.now())
    return first.at.astimezone(clock.ZONE)


def _part(name: str, do: Callable[[], None]) -> None:
    """Do a part unless it was done; part and mark are one transaction."""
    if Loaded.objects.filter(part=name).exists():
        return
    with scope.service():
        do()
        Loaded.objects.create(part=name, rows=0)


def _reference() -> None:
    calendar_loading.load()
    codes_loading.load()
    roles.publish_platform()


def _offices() -> None:
    _founded(lambda: None)


def _seals() -> None:
    """In a district kept from before there were seals, they are as old as its offices too."""
    with clock.standing_at(clock.now() - timedelta(days=_FOUNDED_DAYS_AGO)):
        seals.make()


def _founded(others: Callable[[], None]) -> None:
    """The offices, and who else a part needs: all older than the oldest case.

    In a district kept from an earlier version, what has come since is founded with the next part.
    """
    with clock.standing_at(clock.now() - timedelta(days=_FOUNDED_DAYS_AGO)):
        organisation.units()
        organisation.staff(Random(SEED))
        personas.employ_officials()
        others()


def _ground(scale: str) -> None:
    """Grids, then buildings sub-district by sub-district, then what is in them."""
    _part("grids", settling.draw)
    for code in settling.subdistricts():
        _part(f"buildings {scale} {code}", lambda code=code: settling.build(code, ground.BUILT[scale]))  # type: ignore[misc]
    _part("facilities", settling.furnish)


def _personas() -> None:
    unit = Unit.objects.get(code=f"{organisation.GOVERNMENT}-gaj")
    sources.declare(personas.SOURCE, zh="公安常住人口登记", en="Police household register", unit=unit.code)
    personas.enter(Random(SEED + 1), population.Numbers())


def _companies() -> None:
    unit = Unit.objects.get(code=f"{organisation.GOVERNMENT}-scj")
    source = sources.declare(companies.SOURCE, zh="市场主体登记", en="Company register", unit=unit.code)
    companies.enter(Random(SEED + 4), source)


def _restaurants() -> None:
    _founded(restaurants.found)
    restaurants.make(Random(SEED + 5))


def _permits() -> None:
    permits.issue(Random(SEED + 10))


def _reviewers() -> None:
    """Whom else a visitor needs for a restaurant of six departments."""
    _founded(lambda: personas.employ_officials(comes_with="reviewers"))


def _families() -> None:
    _founded(families.found)
    families.make(Random(SEED + 6))


def _cases() -> None:
    residents = [entry for entry in islice(peopling.people(8_000), 8_000) if cases.eligible(entry)]
    cases.make(Random(SEED + 3), residents)


def _registers() -> None:
    _founded(registers.found)
    registers.make(Random(SEED + 8))


def _rights() -> None:
    _founded(rights.found)
    rights.make(Random(SEED + 9))


def _laws() -> None:
    _founded(policies.found)
    policies.make()


def _keeper_of_seals() -> None:
    _founded(seals.employ_keeper)
    seals.live()
