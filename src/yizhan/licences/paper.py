"""The paper that shows a licence 证照文书: issued with each version, withdrawn when that does not stand."""

from __future__ import annotations

from typing import Any

from yizhan import clock
from yizhan.journal import outbox
from yizhan.licences import types
from yizhan.records import papers
from yizhan.records.documents import Document
from yizhan.records.models import Paper
from yizhan.records.papers import Holder
from yizhan.registry import licences
from yizhan.registry.licences import Word
from yizhan.registry.models import Licence
from yizhan.releases.models import definition
from yizhan.seals import approvals, finishing

TOPIC = "licence.paper"


def issue(licence: Licence, *, word: Word) -> None:
    """Issue the paper of a version that stands; none where its kind has no template, or its pack is not published."""
    brought = types.find(licence.kind)
    if brought.release is None or brought.type.template is None:
        return
    document = definition(brought.release, "paper", brought.type.template, Document)
    known = _data(licence, word)
    paper = papers.drawn_up(
        brought.release,
        brought.type.template,
        {one.key: known[one.key] for one in document.data if known.get(one.key) is not None},
        owner=owner_of(licence),
        issuer=licence.issuer_zh,
        holder=Holder(key=licence.subject, name=licence.holder),
        units=[licence.issuer],
        by=word.by,
    )
    papers.issue(paper)
    why = word.because or licence.kind
    approvals.give(approvals.of_unit(paper, unit=licence.issuer, kind=document.seal, by=word.by, why=why))
    outbox.put(TOPIC, {"paper": str(paper.id)}, key=f"{TOPIC}/{paper.id}")
    licences.shown_by(licence, paper.id)


@outbox.handles(TOPIC)
def finish(errand: outbox.Errand) -> None:
    """Set and seal the paper of a version; of one that was withdrawn before its turn came no file is made.

    Raises:
        yizhan.seals.faults.NoSeal: the issuer has no seal in use; tried again when it has.
    """
    paper = Paper.objects.select_related("withdrawal").get(id=errand.body["paper"])
    if paper.in_force:
        finishing.finish(paper)


def seal_of(kind: str) -> str:
    """Which seal of the issuer comes on papers of a kind; empty where there are none, or no pack brings the kind."""
    try:
        brought = types.find(kind)
    except KeyError:
        return ""
    if brought.release is None or brought.type.template is None:
        return ""
    document: Document = definition(brought.release, "paper", brought.type.template, Document)
    return str(document.seal)


def withdraw(licence: Licence, *, word: Word, replaced_by: Licence | None = None) -> None:
    """Say that the paper of a version does not hold any more; nothing where it has none."""
    if licence.paper is None:
        return
    papers.withdraw(
        Paper.objects.get(id=licence.paper),
        by=word.by,
        reason=word.because,
        replaced_by=Paper.objects.get(id=replaced_by.paper) if replaced_by and replaced_by.paper else None,
    )
    licences.shown_by(licence, None)


def owner_of(licence: Licence) -> str:
    """What its papers belong to: all versions of one licence together."""
    return f"licence:{licence.line}"


def _data(licence: Licence, word: Word) -> dict[str, Any]:
    """What the house gives to a licence's template, by the keys of :data:`definition.GIVEN`, and what the licence says."""
    return {
        **licence.data,
        "holder": licence.holder,
        "holder_code": licence.subject.partition(":")[2] if licence.subject.startswith("entity:") else None,
        "licence_number": licence.number,
        "identifier": licence.identifier or None,
        "issuer": licence.issuer_zh,
        "valid_from": licence.valid_from,
        "valid_to": licence.valid_to,
        "issued_on": clock.today(),
        "version": licence.version,
        "change": word.because or None,
    }
