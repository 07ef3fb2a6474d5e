"""When an entitlement ends 停发: what the register says is followed, also when it takes something back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yizhan import clock, journal
from yizhan.payments import months
from yizhan.payments.amounts import ALIVE, ENDS_BY, REGISTERED_HERE, rules
from yizhan.payments.models import Entitlement, EntitlementEnd
from yizhan.registry.facts import facts
from yizhan.registry.purposes import ForCase

Kind = EntitlementEnd.Kind
_DIED, _SINCE = "person.died", "household.registered_since"


def live(entitlements: Iterable[Entitlement]) -> dict[int, EntitlementEnd]:
    """The ends in force, by entitlement; one statement."""
    found = EntitlementEnd.objects.filter(entitlement__in=[e.pk for e in entitlements], undone_at=None)
    return {end.entitlement_id: end for end in found}


def follow(entitlement: Entitlement) -> EntitlementEnd | None:
    """Bring the end up to what the register says now; the end in force, if there is one.

    The same again changes nothing. A duplicate stays one, whatever happens to the person.

    Raises:
        NotHere: the register does not know the person.
        NobodyLooks: outside of a step that keeps an access log.
    """
    end = live([entitlement]).get(entitlement.pk)
    if end is not None and end.kind == Kind.DUPLICATE:
        return end
    said = _said(entitlement, end)
    if said == ((end.kind, end.on) if end else None):
        return end
    if end is not None:
        end.undone_at = clock.now()
        end.save(update_fields=["undone_at"])
        _tell("entitlement.resumed", entitlement, why=end.kind)
    return enter(entitlement, *said) if said else None


def enter(entitlement: Entitlement, kind: str, on: date) -> EntitlementEnd:
    """Enter an end: the month in which it happens is still paid, of a duplicate none."""
    first = entitlement.since
    last = months.before(first) if kind == Kind.DUPLICATE else months.month_of(on)
    end = EntitlementEnd.objects.create(
        entitlement=entitlement, kind=kind, on=on, last_month=last, at=clock.now()
    )
    _tell("entitlement.ended", entitlement, why=kind, last_month=last.isoformat())
    return end


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
