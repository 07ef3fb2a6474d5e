"""When an entitlement ends 停发: what the register says is followed, also when it takes something back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from yizhan import clock, journal
from yizhan.cases import lapsing
from yizhan.identity.actor import HOUSE
from yizhan.payments import months
from yizhan.payments.amounts import ALIVE, ENDS_BY, REGISTERED_HERE, rules
from yizhan.payments.models import Benefit, Entitlement, EntitlementEnd, Order
from yizhan.registry.facts import facts
from yizhan.registry.purposes import ForCase
from yizhan.releases.words import Text

Kind = EntitlementEnd.Kind
WHY = {
    Kind.DIED: Text(zh="本人去世", en="The person has died"),
    Kind.MOVED_AWAY: Text(zh="户籍迁出本区", en="No longer registered in this district"),
    Kind.DUPLICATE: Text(zh="同类待遇已在发放", en="The same benefit is being paid already"),
    Kind.REVOKED: Text(zh="原决定已不再有效", en="The decision no longer stands"),
    Kind.RECHECKED: Text(
        zh="复核后不再符合条件", en="The conditions are not met any more, as a re-check found"
    ),
    Kind.STOPPED: Text(zh="发放单位决定停发", en="Stopped by the office that pays"),
}
_SAID_BY_US = {Kind.DUPLICATE, Kind.REVOKED, Kind.RECHECKED, Kind.STOPPED}  # the register has no say in these
_NAMES = uuid.UUID("5b0c9a52-6d0e-4c55-9a2e-3f1f0a7d4e61")  # ours; the command of an end follows from its row
_DIED, _SINCE = "person.died", "household.registered_since"


def live(entitlements: Iterable[Entitlement]) -> dict[int, EntitlementEnd]:
    """The ends in force, by entitlement; one statement."""
    rows = EntitlementEnd.objects.filter(entitlement__in=[e.pk for e in entitlements], undone_at=None)
    found = rows.select_related("order")
    return {end.entitlement_id: end for end in found}


def follow(entitlement: Entitlement) -> EntitlementEnd | None:
    """Bring the end up to what the register says now; the end in force, if there is one.

    The same again changes nothing. A duplicate stays one, whatever happens to the person, and what was revoked stays
    so; what goes on again while a later decision is being paid becomes a duplicate.

    Raises:
        NotHere: the register does not know the person.
        NobodyLooks: outside of a step that keeps an access log.
    """
    end = live([entitlement]).get(entitlement.pk)
    if end is not None and end.kind in _SAID_BY_US:
        return end
    said = _said(entitlement, end)
    if said == ((end.kind, end.on) if end else None):
        return end
    if end is not None:
        take_back(entitlement, end)
    if said:
        return enter(entitlement, *said)
    return yield_to_later(entitlement)


def running(benefit: Benefit, subject: str, *, but: Entitlement | None = None) -> Entitlement | None:
    """Somebody's entitlement to a benefit that has not ended, other than the one named."""
    found = list(Entitlement.objects.filter(benefit=benefit, subject=subject))
    ended = live(found)
    return next((one for one in found if one.pk not in ended and one != but), None)


def enter(
    entitlement: Entitlement,
    kind: str,
    on: date,
    *,
    last_month: date | None = None,
    case_number: str = "",
    order: Order | None = None,
) -> EntitlementEnd:
    """Enter an end, and that the decision is no longer in force.

    Without ``last_month`` the month in which it happens is still paid, of a duplicate none. ``case_number``: the
    re-check that decided so; ``order``: the office's own decision.
    """
    first = entitlement.since
    last = last_month or (months.before(first) if kind == Kind.DUPLICATE else months.month_of(on))
    end = EntitlementEnd.objects.create(
        entitlement=entitlement,
        kind=kind,
        on=on,
        last_month=last,
        case_number=case_number,
        order=order,
        at=clock.now(),
    )
    if kind != Kind.REVOKED:  # then the case itself says otherwise by now
        why, command = WHY[Kind(kind)], uuid.uuid5(_NAMES, f"ended {end.pk}")
        lapsing.lapse(entitlement.case_number, on=on, why=why, by=HOUSE, command=command)
    _tell("entitlement.ended", entitlement, why=kind, last_month=last.isoformat())
    return end


def take_back(entitlement: Entitlement, end: EntitlementEnd) -> None:
    """What was said to have ended goes on after all."""
    end.undone_at = clock.now()
    end.save(update_fields=["undone_at"])
    if end.kind != Kind.REVOKED:
        command = uuid.uuid5(_NAMES, f"taken back {end.pk}")
        lapsing.take_back(entitlement.case_number, by=HOUSE, command=command)
    _tell("entitlement.resumed", entitlement, why=end.kind)


def yield_to_later(entitlement: Entitlement) -> EntitlementEnd | None:
    """What goes on after all, but was applied for anew meanwhile, is paid until the new one begins; its end then."""
    later = running(entitlement.benefit, entitlement.subject, but=entitlement)
    if later is None:
        return None
    last = max(months.before(later.since), months.before(entitlement.since))
    return enter(entitlement, Kind.DUPLICATE, later.granted_on, last_month=last)


def _said(entitlement: Entitlement, end: EntitlementEnd | None) -> tuple[str, date] | None:
    """The earliest ending of which the register speaks, and its day; an unknown day stays as noticed."""
    payment = rules(entitlement.benefit.release_id, entitlement.benefit_id)
    kinds = [kind for kind in payment.ends if kind not in entitlement.overruled]
    if not kinds:
        return None
    keys = [*(ENDS_BY[kind] for kind in kinds), _DIED, _SINCE]
    known = facts(entitlement.subject, keys, purpose=ForCase(entitlement.case_number))
    days: list[tuple[date, str]] = []
    if "died" in kinds and known[ALIVE].value is False:
        days.append((known[_DIED].value, Kind.DIED))
    if "moved_away" in kinds and known[REGISTERED_HERE].value is False:
        noticed = end.on if end is not None and end.kind == Kind.MOVED_AWAY else clock.today()
        days.append((known[_SINCE].value or noticed, Kind.MOVED_AWAY))
    return (min(days)[1], min(days)[0]) if days else None


def _tell(kind: str, entitlement: Entitlement, **data: str) -> None:
    journal.write(
        kind,
        subject=f"case:{entitlement.case_number}",
        benefit=entitlement.benefit_id,
        entitlement=entitlement.pk,
        **data,
    )
