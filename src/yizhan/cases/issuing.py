"""Papers of a case 文书签发: row, number and approval of the seal stand in the step's transaction, the file follows.

Whoever steps lets the seal of the case's unit come on the paper, and on nothing else: the approval names the digest
of what the paper says. Of a decision that waited for a work of the house it is whoever decided. Where a resident's own
step is decided by the rules, the house approves: nobody lets a seal come on a paper for herself.
"""

from __future__ import annotations

from typing import Any

from yizhan.cases import paper_data, signing, templates
from yizhan.cases.step import Step
from yizhan.codes import document_marks
from yizhan.identity.actor import HOUSE
from yizhan.records import papers
from yizhan.records.documents import Document, English
from yizhan.records.models import Paper
from yizhan.records.papers import Holder
from yizhan.releases.models import definition
from yizhan.seals import approvals

TOPIC = "case.paper"


def paper(step: Step, use: str, *, outcome: str = "", what: str = "", word: str = "", **about: Any) -> bool:
    """Issue a paper with this step, once all that it tells is on the sheet; whether the case gets one.

    What is decided within the step that accepts is told by the decision; no standard paper tells of the acceptance.

    Args:
        step: the step in the making.
        use: what the paper is for, one of ``templates.USES``.
        outcome: what it tells of, where that is not the use: a paper on a hearing tells of a suspension.
        what: tells several of one outcome in one step apart.
        word: on whose word it is issued, where that is not whoever steps.
        about: what it tells of in particular, such as which suspension.

    Raises:
        MustSign: somebody else must sign it.
    """
    template = templates.of(step.case, use, step.found)
    if template is None:
        return False
    outcome = outcome or use
    left = f"paper-{what or outcome}"
    body = {"template": template.key, "release": template.release, "outcome": outcome, **about}
    if signed := signing.of(step, template.release, template.key):
        body["signed"] = signed

    def issue() -> None:
        if template.standard and use == "acceptance" and step.case.decided_at is not None:
            return
        issued = _issued(step, body, once=step.key(left), word=word)
        step.errand(TOPIC, {**body, "paper": str(issued.pk)}, left)

    step.at_last.append(issue)
    return True


def _issued(step: Step, errand: dict[str, Any], *, once: str, word: str) -> Paper:
    """The paper that an errand asks for, on the step's sheet with the approval of its seal; ``word``: see :func:`paper`.

    Raises:
        yizhan.records.documents.WrongData: the case does not know what the paper must say.
    """
    case, item, by = step.case, step.item, step.by
    release, template = errand["release"], errand["template"]
    wanted = definition(release, "paper", template, Document)
    unit = step.units.any(case.unit)
    asked = {one.key for one in wanted.data}
    in_both = item.papers.language == papers.BOTH and bool(wanted.english)
    chinese, *others = (
        {key: there[key] for key in asked & there.keys()}
        for there in paper_data.of(step, errand, asked, ("zh-hans", "en") if in_both else ("zh-hans",))
    )
    issued = papers.drawn_up(
        release,
        template,
        chinese,
        owner=f"case:{case.number}",
        issuer=unit.name,
        mark=item.mark or document_marks.of_office(unit.short_name),
        holder=Holder(key=case.subject, name=case.subject_name),
        account=case.holder,
        units=case.units,
        by=word or by.key,
        once=once,
        english=English(others[0], unit.name_en or unit.name) if others else None,
    )
    approver = word or (HOUSE if by.is_citizen else by).key
    given = [approvals.of_unit(issued, unit=unit.code, kind=wanted.seal, by=approver, why=step.kind)]
    if signed := errand.get("signed"):
        whose = signing.appointment(signed)
        given.append(approvals.of_person(issued, whose=whose, by=by.key, why=step.kind))
    step.sheet.add(issued)
    step.sheet.add(papers.news_of(issued))
    for approval in given:
        step.sheet.add(approval)
        step.sheet.add(approvals.news_of(approval))
    return issued


def withdraw(step: Step, outcome: str, why: str) -> None:
    """The paper that told of an outcome does not hold any more, since that was set aside."""
    if outcome not in templates.USES:
        return
    found = Paper.objects.filter(owner=f"case:{step.case.number}", withdrawal=None)
    for one in found.filter(document__in=templates.keys(step.case, outcome)):
        papers.withdraw(one, by=step.by.key, reason=why[:400])
