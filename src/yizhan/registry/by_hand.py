"""What an office enters of persons by hand 手工登记: changes from a day on, corrections, moves, new persons.

Only the office that answers for a value enters it; what is put right as a case is refused here. Each verb is one transaction
under a command: the same command again changes nothing. It takes the actor's own scope, in which the person is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yizhan.identity.actor import Actor
from yizhan.journal import access
from yizhan.registry import keeping, outside, owning, particulars, persons, sources
from yizhan.registry.catalogue import CATALOGUE
from yizhan.registry.faults import Refused
from yizhan.registry.models import HandEntry, Source
from yizhan.registry.owning import HOMES, Standing
from yizhan.registry.places import Place
from yizhan.registry.purposes import Reason
from yizhan.registry.registration import Registration

Act = HandEntry.Act
_LONGEST_REASON = 180


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """Who enters something, why, and under which command.

    Raises:
        Refused: no reason is given, or too long a one.
    """

    by: Actor
    because: str
    command: UUID

    def __post_init__(self) -> None:
        if not 4 <= len(self.because.strip()) <= _LONGEST_REASON:
            raise Refused(_("请用 4 至 180 个字写明登记依据。"))

    @property
    def record(self) -> str:
        """The key of the record of its source."""
        return f"hand:{self.command}"


def change(subject: str, values: Mapping[str, Any], *, on: date, how: ByHand) -> None:
    """Enter what is so from a day on.

    Args:
        subject: ``person:<uuid>``.
        values: by keys of the catalogue.
        on: the first day on which it is so.
        how: who, why, and the command.

    Raises:
        NotHere: no such person in the present scope.
        Refused: a value is another office's, is put right as a case, cannot be, or nothing is different.
    """
    with transaction.atomic():
        if not _begun(subject, Act.CHANGE, values, how):
            return
        changed: list[str] = []
        for source, told in _by_source(subject, values, how.by).items():
            record = f"{how.record}:{source.pk}"
            columns = {CATALOGUE[key].column: value for key, value in told.items()}
            changed += particulars.record(
                subject, columns, on=on, source=source.code, source_record=record, by=how.by.key
            )
        if not changed:
            raise Refused(_("填写的内容与现有登记相同，未作改动。"))


def put_right(subject: str, values: Mapping[str, Any], *, how: ByHand) -> None:
    """Put values right that never were so.

    Raises:
        NotHere: no such person in the present scope.
        Refused: as with :func:`change`.
    """
    with transaction.atomic():
        if not _begun(subject, Act.CORRECTION, values, how):
            return
        for source, told in _by_source(subject, values, how.by).items():
            for key, value in told.items():
                persons.correct(
                    subject, CATALOGUE[key].column, value,
                    source=source.code, because=how.because, by=how.by.key,
                )  # fmt: skip


def move(subject: str, key: str, to: Place, *, on: date, how: ByHand) -> None:
    """Enter that somebody is registered or lives elsewhere from a day on; ``key`` is one of ``owning.HOMES``.

    Raises:
        NotHere: no such person in the present scope.
        Refused: another office's, the day cannot be, or nothing of the person would lie in the actor's areas any more.
    """
    gone = _("迁出您辖区的，由迁入地的单位登记，未作改动。")
    with outside.refused(gone), transaction.atomic():
        if not _begun(subject, Act.MOVE, [key], how):
            return
        (source,) = _by_source(subject, {key: to}, how.by)
        persons.moved(
            subject, to, on=on, source=source.code, source_record=how.record, by=how.by.key,
            registered=HOMES[key] == "registered",
        )  # fmt: skip


def register(entry: Registration, source: str, *, how: ByHand) -> str:
    """Enter a new person; the subject. The same command again gives the person that was entered.

    Raises:
        NotHere: another office's source.
        Refused: the person lies outside of the actor's areas, or the source may not deliver what was typed.
    """
    entry = sources.delivered(entry, keeping.source_of(how.by, source))
    with outside.refused(_("地址不在您的辖区内，未作登记，请由所在地的单位登记。")), transaction.atomic():
        known = HandEntry.objects.filter(command=how.command).first()
        if known is not None:
            return known.subject
        subject = persons.register(entry, source=source, by=how.by.key)
        begun(subject, Act.NEW, ["person"], how, Source.objects.get(code=source))
        access.saw([subject], ["person.file"], purpose=str(Reason(how.because)), action="enter")
    return subject


def begun(subject: str, act: str, names: list[str], how: ByHand, source: Source) -> bool:
    """Note a command of which these keys or columns are entered; False when it was carried out before.

    Raises:
        Refused: the command was another one's.
    """
    known = HandEntry.objects.filter(command=how.command).first()
    if known is not None:
        if (known.subject, known.act) != (subject, act):
            raise Refused(_reused())
        return False
    try:
        with transaction.atomic():
            HandEntry.objects.create(
                command=how.command, act=act, subject=subject, columns=names, source=source,
                because=how.because.strip(), by=how.by.key,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_reused()) from None
    return True


def _begun(subject: str, act: str, keys: Collection[str], how: ByHand) -> bool:
    """The same for a person; the act stands in the access log beside the looks."""
    for key in keys:
        if key not in CATALOGUE or CATALOGUE[key].of != "person":
            raise Refused(_("登记簿没有“%(name)s”这一项，未作登记。") % {"name": key})
    if not keys:
        raise Refused(_("没有填写要登记的内容。"))
    sources = _by_source(subject, dict.fromkeys(keys), how.by)
    access.saw([subject], keys, purpose=str(Reason(how.because)), action="enter")
    return begun(subject, act, list(keys), how, next(iter(sources)))


def _reused() -> str:
    return _("这次提交的编号已用于另一项登记，未作改动，请重新打开页面。")


def _by_source(subject: str, values: Mapping[str, Any], by: Actor) -> dict[Source, dict[str, Any]]:
    """The values by the source on whose word they are entered.

    Raises:
        Refused: one of them is not the actor's office's to enter.
    """
    found: dict[Source, dict[str, Any]] = {}
    for owned in owning.of_keys(subject, values, by=by):
        if owned.standing is Standing.BY_CASE:
            raise Refused(_("姓名、性别、出生日期和证件号码须由本人申请、按办件更正，不能在此直接改动。"))
        if not owned.ours or owned.source is None:
            raise Refused(owning.not_ours(owned.entry))
        found.setdefault(owned.source, {})[owned.entry.key] = values[owned.entry.key]
    return found
