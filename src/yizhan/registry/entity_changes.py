"""What happens to companies in the register 法人变更: they change, move, change hands, are put right, are struck off.

Each verb is one transaction, keeps the earlier values with their days, says which source vouches for the new one and
tells the house. It takes a service's scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.registry.entity_catalogue import ENTITY_COLUMNS
from yizhan.registry.entity_entering import code_of, fit, in_order, vouch
from yizhan.registry.entity_facts import code_of as code_in
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.models import Entity, EntityCorrection, Source
from yizhan.registry.places import Place

STRUCK_OFF = "5"
"""Of the list ``entity_state``."""

_LONGEST_REASON = 500


@dataclass(frozen=True, kw_only=True)
class Word:
    """On whose word something is entered: the code of a source, its record, and the key of who enters it."""

    source: str
    record: str
    by: str = ""


def changed(subject: str, values: Mapping[str, Any], *, on: date, word: Word, news: str = "changed") -> None:
    """Enter that a company is otherwise from a day on; the earlier values are still told for their days.

    Args:
        subject: ``entity:<code>``.
        values: by columns of ``ENTITY_COLUMNS``.
        on: the first day on which it is so.
        word: who says so.
        news: the last part of the key by which the house is told.

    Raises:
        NotHere: no such company in the present scope.
        Refused: a value cannot be written down, or the day lies in the future.
    """
    if on > clock.today():
        raise Refused(_("日期晚于今天，未作登记，请核对。"))
    with transaction.atomic():
        entity = _hold(subject)
        different = _write(entity, values, on)
        if not different:
            return
        source = Source.objects.get(code=word.source)
        vouch(entity, different, source=source, record=word.record, as_of=on)
        journal.write(f"entity.{news}", subject=subject, actor=word.by, source=word.source)


def struck_off(subject: str, on: date, *, word: Word) -> None:
    """Enter that a company was struck off 注销; the same day twice changes nothing.

    Raises:
        NotHere: no such company in the present scope.
        Refused: it was struck off on another day, founded later, or the day lies in the future.
    """
    with transaction.atomic():
        known = _hold(subject).until
        if known is not None and known != on:
            raise Refused(_("已登记有另一注销日期，未作改动；如有误请办理更正。"))
        changed(subject, {"until": on, "state": STRUCK_OFF}, on=on, word=word, news="struck_off")


def moved(subject: str, to: Place, *, on: date, word: Word) -> None:
    """Enter that a company has another registered address from a day on.

    Raises:
        NotHere: no such company in the present scope.
        Refused: the day lies in the future.
    """
    values = {"address": to.full_text, "division": to.division}
    changed(subject, values, on=on, word=word, news="moved")


def representative_changed(subject: str, name: str, document: str, *, on: date, word: Word) -> None:
    """Enter another legal representative; mandates that the earlier one gave are the identity's concern.

    Raises:
        NotHere: no such company in the present scope.
        Refused: the name is empty, or the day lies in the future.
    """
    if not name.strip():
        raise Refused(_("姓名为空，未作登记，请填写姓名。"))
    values = {
        "representative": name.strip(),
        "representative_document": document,
        "representative_person": None,
    }
    changed(subject, values, on=on, word=word, news="representative_changed")


def corrected(subject: str, column: str, value: Any, *, because: str, word: Word) -> None:
    """Put a value right. The wrong one stays in the history and beside the reason.

    Raises:
        NotHere: no such company in the present scope.
        Refused: the value cannot be, is the present one, or no reason is given.
    """
    if not 0 < len(because.strip()) <= _LONGEST_REASON:
        raise Refused(_("请用 500 字以内说明更正理由。"))
    with transaction.atomic():
        entity = _hold(subject)
        was = getattr(entity, column) if column in ENTITY_COLUMNS else None
        if not _write(entity, {column: value}, None):
            raise Refused(_("更正后的内容与现有内容相同，未作改动。"))
        source = Source.objects.get(code=word.source)
        done = EntityCorrection.objects.create(
            entity=entity, column=column, was=_written(was), became=_written(value), source=source,
            because=because.strip(), by=word.by,
        )  # fmt: skip
        vouch(entity, {column: value}, source=source, record=f"correction:{done.id}", as_of=clock.today())
        journal.write("entity.corrected", subject=subject, actor=word.by, column=column, source=word.source)


def _hold(subject: str) -> Entity:
    try:
        return Entity.objects.select_for_update().get(uscc=code_in(subject))
    except Entity.DoesNotExist:
        raise NotHere(subject) from None


def _write(entity: Entity, values: Mapping[str, Any], on: date | None) -> dict[str, Any]:
    """Write what is different, and say what that was; the trigger keeps the earlier values."""
    if unknown := set(values) - set(ENTITY_COLUMNS):
        raise Refused(_("登记簿没有“%(name)s”这一项，未作登记。") % {"name": min(unknown)})
    fit(code_of(entity.uscc), values)
    different = {name: value for name, value in values.items() if getattr(entity, name) != value}
    for name, value in different.items():
        setattr(entity, name, value)
    in_order(entity.established_on, entity.until)
    if different:
        entity.recorded_at, entity.effective_on = clock.now(), on
        entity.save(update_fields=[*different, "recorded_at", "effective_on"])
    return different


def _written(value: object) -> str:
    return "" if value is None else str(value)
