"""What the registers said when it was filed, beside what they say now 信息比对; and answers beside both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from yizhan.cases import household
from yizhan.cases.household import Member
from yizhan.cases.models import Case, Filing
from yizhan.cases.subjects import is_company
from yizhan.forms.form import Form
from yizhan.forms.paths import Data, get
from yizhan.registry import objecting
from yizhan.registry.catalogue import CATALOGUE, Entry
from yizhan.registry.facts import Fact, facts
from yizhan.registry.faults import NotHere
from yizhan.registry.purposes import ForCase
from yizhan.registry.wording import said
from yizhan.ui.language import listed, local


@dataclass(frozen=True)
class Compared:
    """One fact, then and now, in words; ``source`` says the present value, as of a day.

    ``contested``: the person has objected to the present value, and that is being handled.
    """

    title: str
    filed: str
    now: str
    source: str
    as_of: date | None
    differs: bool
    contested: bool = False


@dataclass(frozen=True)
class Answered:
    """An answer that was to be compared (``mode: verify``) and is not what the register says now."""

    question: str
    answer: str
    registered: str
    source: str
    as_of: date | None


@dataclass(frozen=True)
class Comparison:
    """Every fact that was filed, then and now; and the answers that the register contradicts."""

    facts: list[Compared]
    answers: list[Answered]


def compared(case: Case, filing: Filing, form: Form, *, hidden: Collection[str] = ()) -> Comparison | None:
    """What was filed beside what is registered now; None where the register shows the person no more.

    One look of the registry, one line in the access log. The transaction must have been admitted to the
    person (``dossier.open_`` does that), or the values come masked. ``hidden`` are questions of other departments.
    """
    keys = [key for key in CATALOGUE if key in filing.facts]
    try:
        live = facts(case.subject, keys, purpose=ForCase(case.number))
    except NotHere:
        return None
    objected = () if is_company(case.subject) else objecting.contested(objecting.of_person(case.subject))
    return Comparison(
        [
            *(
                _compared(CATALOGUE[key], filing.facts[key], live[key], contested=key in objected)
                for key in keys
            ),
            *_household(case, filing),
        ],
        list(_contradicted(form, filing.data, live, hidden)),
    )


def _household(case: Case, filing: Filing) -> Iterator[Compared]:
    """Who stood in the household book then and stands there now, of an application that asked for it."""
    if household.FILED not in filing.facts:
        return
    then = household.filed(filing.facts)
    now = household.members(case.subject, purpose=ForCase(case.number))
    source = (now or then)[0] if now or then else None
    yield Compared(
        title=_("同户人员"),
        filed=_names(then),
        now=_names(now),
        source=local(source.source) if source else "",
        as_of=source.as_of if source else None,
        differs={one.subject for one in then} != {one.subject for one in now},
    )


def _names(members: Iterable[Member]) -> str:
    return listed(one.values["member.name"] for one in members) or _("无记载")


def _contradicted(
    form: Form, answers: Data, live: Mapping[str, Fact], hidden: Collection[str]
) -> Iterator[Answered]:
    """What the register does not know, or shows only masked, contradicts nobody; nor does what was not answered."""
    for binding in form.bindings():
        now, answer = live.get(binding.fact), get(answers, binding.path)
        if (
            binding.mode != "verify"
            or binding.path in hidden
            or now is None
            or now.masked
            or now.value in (None, "")
            or answer in (None, "")
        ):
            continue
        entry, field = CATALOGUE[binding.fact], form.top[binding.path]
        answered, registered = said(entry, answer), said(entry, now.value)
        if answered != registered:
            source = local(now.source) if now.source else ""
            yield Answered(field.label, answered, registered, source, now.as_of)


def _compared(entry: Entry, filed: dict[str, Any], now: Fact, *, contested: bool) -> Compared:
    then, present = said(entry, filed.get("value")), said(entry, now.value)
    return Compared(
        title=capfirst(local(entry.meaning)),
        filed=then,
        now=present,
        source=local(now.source) if now.source else "",
        as_of=now.as_of,
        differs=then != present and not now.masked,
        contested=contested,
    )
