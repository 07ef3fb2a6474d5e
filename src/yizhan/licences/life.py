"""A licence's whole life 证照全生命周期: one command each, which writes row, step, paper and news in one transaction.

The same command again gives the same answer and changes nothing. A wrong move is refused in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.identity.models import Unit
from yizhan.licences import paper, saying, types
from yizhan.licences.refusals import Refused, UnknownKind, not_from_here
from yizhan.registry import licences
from yizhan.registry.licences import Issued, State, Verb, Word
from yizhan.registry.models import Licence
from yizhan.releases.words import Text

_FROM = {
    Verb.CHANGED: (State.IN_FORCE,),
    Verb.REISSUED: (State.IN_FORCE,),
    Verb.SUSPENDED: (State.IN_FORCE,),
    Verb.RESUMED: (State.SUSPENDED,),
    Verb.REVOKED: (State.IN_FORCE, State.SUSPENDED),
    Verb.EXPIRED: (State.IN_FORCE, State.SUSPENDED),
}
"""From which states each step may be taken."""


@dataclass(frozen=True)
class Wanted:
    """How a licence is to be issued where that is not as its kind says.

    Attributes:
        unit: the code of the unit that issues it.
        number: as it is printed.
        begins: the first day; today if left out.
        years: how long it holds.
    """

    unit: str = ""
    number: str = ""
    begins: date | None = None
    years: int | None = None


def issue(subject: str, kind: str, *, word: Word, wanted: Wanted | None = None) -> Licence:
    """Issue a licence 核发; the earlier one of its kind is replaced. In the house's scope.

    A case brings one of a kind: told again, it gives what there is. Where that has ended and the case was decided anew,
    the licence gets another version, since its number is the case's.

    Args:
        subject: the holder, ``entity:<code>`` or ``person:<id>``.
        kind: of a pack's ``licences/``.
        word: on whose word, and by which case.
        wanted: what is otherwise than the kind says.

    Raises:
        UnknownKind: no pack brings the kind, or not for such holders.
        Refused: nobody is named who issues it, or its number needs a case.
        NotHere: no such holder.
    """
    if known := _answered(word):
        return known
    how, brought = wanted or Wanted(), _kind(kind, subject)
    if word.case and (known := licences.of_case(word.case, kind)):
        return known
    unit = _unit(how.unit or (brought.type.issuer.unit if brought.type.issuer else ""))
    begins = how.begins or clock.today()
    with transaction.atomic():
        number = how.number or saying.number_of(brought, word.case)
        ended = licences.line_of_case(word.case, kind) if word.case else None
        version = ended.version + 1 if ended else 1
        name, data = saying.known_of(subject, brought, reason=word.case or f"licence:{kind}")
        issued = Issued(
            kind=kind,
            number=number,
            issuer=unit.code,
            issued_by=Text(zh=unit.name, en=unit.name_en or unit.name),
            valid_from=begins,
            valid_to=saying.last_day(begins, how.years or brought.type.validity),
            case=word.case,
            identifier=saying.identifier_of(brought, unit, number, version),
            holder=name,
            data=data,
            line=ended.line if ended else None,
            version=version,
        )
        before = licences.standing(subject, kind)
        licence = licences.record(subject, issued, word=word)
        _papers_of(licence, before, word=word)
    return licence


def enter(subject: str, issued: Issued, *, word: Word) -> Licence:
    """Enter a licence that another office issued 归集; it has no paper of this house.

    Raises:
        registry.faults.UnknownKey: no pack brings the kind.
        ValueError: the days are reversed.
    """
    with transaction.atomic():
        if known := _answered(word):
            return known
        name = issued.holder or saying.name_of(subject, reason=f"licence:{issued.kind}")
        before = licences.standing(subject, issued.kind)
        licence = licences.record(subject, replace(issued, holder=name), word=word)
        if before is not None and before != licence:
            paper.withdraw(before, word=_said(word, _("已登记新的证照")))
    return licence


def change(licence: Licence, *, word: Word) -> Licence:
    """Issue a new version that says what the register knows now 变更. In the house's scope."""
    return _anew(licence, Verb.CHANGED, word, known_anew=True)


def reissue(licence: Licence, *, word: Word) -> Licence:
    """Issue a new version of a licence that was lost or damaged 补发: the same rights, until the same day."""
    return _anew(licence, Verb.REISSUED, word)


def suspend(licence: Licence, *, word: Word) -> Licence:
    """Let a licence rest 暂停: it is not in force, and its paper is withdrawn."""
    return _moved(licence, State.SUSPENDED, Verb.SUSPENDED, word)


def resume(licence: Licence, *, word: Word) -> Licence:
    """Let a licence that rests hold again 恢复, with a paper of its own."""
    return _moved(licence, State.IN_FORCE, Verb.RESUMED, word)


def revoke(licence: Licence, *, word: Word) -> Licence:
    """End a licence 撤销、注销."""
    return _moved(licence, State.REVOKED, Verb.REVOKED, word)


def expire(licence: Licence, *, word: Word) -> Licence:
    """Say that the last day of a licence has passed; by the house, the day after."""
    return _moved(licence, State.EXPIRED, Verb.EXPIRED, _said(word, _("有效期届满")))


def possible(licence: Licence) -> frozenset[Verb]:
    """The steps that can be taken from where a licence stands."""
    holds = licence.state == State.SUSPENDED or licence.in_force
    return frozenset(verb for verb, states in _FROM.items() if licence.state in states and holds)


def _moved(licence: Licence, to: State, verb: Verb, word: Word) -> Licence:
    with transaction.atomic():
        if known := _answered(word):
            return known
        licence = _held(licence, verb, word)
        licences.move(licence, to, verb, word=word)
        if to == State.IN_FORCE:
            paper.issue(licence, word=word)
        else:
            paper.withdraw(licence, word=word)
    return licence


def _anew(licence: Licence, verb: Verb, word: Word, *, known_anew: bool = False) -> Licence:
    with transaction.atomic():
        if known := _answered(word):
            return known
        was = _held(licence, verb, word)
        brought = _kind(was.kind, was.subject)
        if known_anew:
            name, data = saying.known_of(was.subject, brought, reason=word.case or paper.owner_of(was))
        else:
            name, data = was.holder, was.data
        issued = Issued(
            kind=was.kind,
            number=was.number,
            issuer=was.issuer,
            issued_by=was.issued_by,
            valid_from=was.valid_from,
            valid_to=was.valid_to,
            case=word.case,
            identifier=saying.identifier_of(brought, _unit(was.issuer), was.number, was.version + 1),
            holder=name,
            data=data,
            line=was.line,
            version=was.version + 1,
        )
        made = licences.record(was.subject, issued, word=word, verb=verb)
        _papers_of(made, was, word=word)
    return made


def _held(licence: Licence, verb: Verb, word: Word) -> Licence:
    """The row, held until the transaction ends, if the step may be taken from where it stands.

    Raises:
        Refused: it may not, or no reason is given.
    """
    held = licences.hold(licence)
    ends = verb == Verb.EXPIRED
    if held.state not in _FROM[verb] or not (ends or held.state == State.SUSPENDED or held.in_force):
        raise not_from_here(verb, held)
    if not word.because.strip():
        raise Refused(_("请写明%(verb)s的理由。") % {"verb": verb.label})
    return held


def _papers_of(licence: Licence, before: Licence | None, *, word: Word) -> None:
    """The new version's paper, and that of the earlier one is withdrawn in its favour."""
    paper.issue(licence, word=word)
    if before is not None and before.id != licence.id:
        paper.withdraw(before, word=_said(word, _("已换发新的证照")), replaced_by=licence)


def _said(word: Word, because: str) -> Word:
    return word if word.because else replace(word, because=because)


def _answered(word: Word) -> Licence | None:
    return licences.answered(word.command) if word.command else None


def _kind(kind: str, subject: str) -> types.Brought:
    try:
        brought = types.find(kind)
    except KeyError:
        raise UnknownKind(_("没有应用包提供证照类型“%(kind)s”。") % {"kind": kind}) from None
    if not subject.startswith(f"{brought.type.holder}:"):
        raise UnknownKind(_("“%(kind)s”不发给这类持有人。") % {"kind": brought.type.title})
    return brought


def _unit(code: str) -> Unit:
    found: Iterable[Unit] = Unit.objects.filter(code=code)
    for unit in found:
        return unit
    raise Refused(_("没有写明由哪个单位核发。"))
