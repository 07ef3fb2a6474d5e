"""Who owns a company 股东, and what offices decided about it 行政处罚、行政许可、信用记录."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.registry.entity_changes import Word
from yizhan.registry.entity_facts import code_of
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.fitting import fits, ground
from yizhan.registry.models import Entity, EntityRecord, Shareholder, Source

_WHOLE = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Share:
    """Somebody's share: ``share`` in per cent, ``amount`` in yuan, ``holder`` the subject where it is known."""

    name: str
    holder: str = ""
    share: Decimal | None = None
    amount: Decimal | None = None
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What an office decided, as :class:`EntityRecord` keeps it."""

    kind: str
    number: str
    title: str
    authority: str
    decided_on: date
    basis: str = ""
    grade: str = ""
    amount: Decimal | None = None
    valid_to: date | None = None
    public: bool = True
    public_until: date | None = None


def hold(subject: str, share: Share, *, word: Word) -> Shareholder:
    """Enter that somebody holds a share; the share that the same name held until now ends.

    Raises:
        NotHere: no such company in the present scope.
        Refused: it would hold itself, or there is no such share.
    """
    code = _here(subject)
    if share.holder == subject:
        raise Refused(_("企业不能登记为自己的股东，未作登记，请核对。"))
    if share.share is not None and not 0 <= share.share <= _WHOLE:
        raise Refused(_("持股比例应在 0 至 100 之间，未作登记，请核对。"))
    fits(Shareholder, "name", share.name)
    today = clock.today()
    with transaction.atomic():
        leave(subject, share.name, on=share.since or today)
        row = Shareholder.objects.create(
            entity_id=code, circular=_closes_a_circle(code, share.holder), as_of=today,
            source=Source.objects.get(code=word.source), **vars(share),
        )  # fmt: skip
        journal.write("entity.shareholder_changed", subject=subject, actor=word.by, source=word.source)
    return row


def leave(subject: str, name: str, *, on: date) -> bool:
    """Enter that somebody holds no share any more from a day on; whether it was held until now."""
    held = Shareholder.objects.filter(entity_id=_here(subject), name=name, until=None)
    return bool(held.update(until=on, ended_at=clock.now()))


def decided(subject: str, decision: Decision, *, word: Word) -> EntityRecord:
    """Enter a decision; the same number of the same source twice changes nothing.

    Raises:
        NotHere: no such company in the present scope.
        Refused: a text is too long, the day lies in the future, or the number is another company's.
    """
    code = _here(subject)
    for column in ("number", "title", "authority", "basis"):
        fits(EntityRecord, column, getattr(decision, column))
    if decision.decided_on > clock.today():
        raise Refused(_("日期晚于今天，未作登记，请核对。"))
    with transaction.atomic():
        source = Source.objects.get(code=word.source)
        row, made = EntityRecord.objects.get_or_create(
            source=source, kind=decision.kind, number=decision.number,
            defaults={"entity_id": code, "as_of": clock.today()} | vars(decision),
        )  # fmt: skip
        if row.entity_id != code:
            raise Refused(
                _("来源记录 %(record)s 已用于另一法人，未作登记，请核对。") % {"record": decision.number}
            )
        if made:
            journal.write(
                f"entity.{decision.kind}_recorded", subject=subject, actor=word.by, source=word.source
            )
    return row


def strike(record: int, *, because: str, by: str) -> None:
    """Take a decision back that should not have been entered; it stays with the reason.

    Raises:
        NotHere: no such decision, or it was struck before.
        Refused: no reason is given.
    """
    said = ground(because)
    with transaction.atomic():
        found = EntityRecord.objects.filter(id=record, struck_at=None).first()
        if found is None:
            raise NotHere(f"record {record}")
        found.struck_at, found.struck_because = clock.now(), said
        found.save(update_fields=["struck_at", "struck_because"])
        journal.write("entity.record_struck", subject=f"entity:{found.entity_id}", actor=by, record=record)


def _here(subject: str) -> str:
    code = code_of(subject)
    if not Entity.objects.filter(uscc=code).exists():
        raise NotHere(subject)
    return code


def _closes_a_circle(code: str, holder: str) -> bool:
    """Whether the company, through others, holds a share of the one that is to hold a share of it."""
    if not holder.startswith("entity:"):
        return False
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, {"holder": code_of(holder), "subject": f"entity:{code}"})
        (found,) = cursor.fetchone() or (False,)
    return bool(found)


# ``union`` forgets what it has seen: a circle that is there already is walked once.
_HOLDERS = """
    with recursive above(holder) as (
        select holder from registry_shareholder where entity_id = %(holder)s and until is null and holder <> ''
        union
        select s.holder from above join registry_shareholder s
            on s.entity_id = substr(above.holder, 8) and s.until is null and s.holder <> ''
        where above.holder like 'entity:%%')
    select exists (select from above where holder = %(subject)s)
"""
