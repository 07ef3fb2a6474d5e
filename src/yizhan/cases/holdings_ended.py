"""Licences that stand in the place of a material and hold no more 免交证照失效.

Before an application is handed in the question that takes the file says why it is asked now. While a case runs the news
of the licence reaches it as a step of the house, and whoever handles it is told before they decide. They decide
themselves: the law lets the applicant hand in what is missing, and no application falls because a licence rests. A
supplement that asks for the material takes its file (``supplements``).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.cases.models import Case, Timer
from yizhan.cases.step import Step
from yizhan.journal.reading import Fact
from yizhan.licences import using
from yizhan.registry import licences
from yizhan.registry.licences import State
from yizhan.registry.models import Licence
from yizhan.releases.words import Text
from yizhan.ui.language import local

KIND = "holding"
_MOVED = ("suspended", "resumed", "revoked", "expired")
_LICENCE = "licence"


def kind_of(held_by: str | None) -> str:
    """Which kind of licence a fact tells of, ``entity.licence.<kind>.number``; empty for any other fact."""
    parts = (held_by or "").split(".")
    return parts[2] if len(parts) == 4 and parts[1] == _LICENCE else ""


def told(subject: str, held_by: str | None) -> str:
    """What became of the licence that somebody had, where they have none of its kind in force; empty otherwise."""
    kind = kind_of(held_by)
    latest = licences.latest(subject, kind) if kind else None
    return _words(latest, _state(latest)) if latest is not None and not latest.in_force else ""


def holds_again(subject: str, held_by: str) -> bool:
    """Whether somebody has a licence of the kind that a fact tells of in force."""
    return licences.in_force(subject, kind_of(held_by)) is not None


@journal.reads(
    *(f"{holder}.licence_{how}" for holder in ("entity", "person") for how in _MOVED), reader="cases.holdings"
)
def moved(fact: Fact) -> None:
    """Leave word with every open case whose application took the licence; each is told in a step of its own."""
    licence = licences.one(uuid.UUID(fact.data["licence"]))
    if licence is None:
        return
    concerned = Case.objects.filter(number__in=using.cases_of(licence), closed_at=None)
    ref, now = f"{licence.id}:{fact.kind.rpartition('_')[2]}", clock.now()
    Timer.objects.bulk_create(
        [Timer(case_id=case, kind=KIND, ref=ref, due=now) for case in concerned.values_list("id", flat=True)],
        ignore_conflicts=True,
    )


def say(step: Step, ref: str) -> None:
    """Write into the case's proof how the licence stands, by keys alone, and tell the rooms above."""
    licence = licences.one(uuid.UUID(ref.partition(":")[0]))
    if licence is None:
        return
    concerned = [one.key for one in step.item.materials if kind_of(one.held_by) == licence.kind]
    step.note(licence=str(licence.id), state=_state(licence), materials=concerned)
    step.news("case.holding_moved", licence=str(licence.id), state=licence.state)


def traced(delta: Mapping[str, Any]) -> str:
    """What the proof says of a licence, in words; empty where the licence is not shown to whoever looks."""
    licence = licences.one(uuid.UUID(delta["licence"]))
    return _words(licence, State(delta["state"])) if licence is not None else ""


def _state(licence: Licence) -> State:
    lapsed = licence.state == State.IN_FORCE and not licence.in_force
    return State.EXPIRED if lapsed else State(licence.state)


def _words(licence: Licence, state: State) -> str:
    title = local(Text(zh=licence.title_zh, en=licence.title_en))
    return _("库内%(title)s（%(number)s）%(state)s") % {
        "title": title,
        "number": licence.number,
        "state": state.label,
    }
