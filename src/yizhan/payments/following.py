"""The news that this room follows: decisions, and what happens to people. All is repeatable."""

from __future__ import annotations

from yizhan import journal
from yizhan.cases.models import Case
from yizhan.identity.actor import HOUSE
from yizhan.journal import access
from yizhan.journal.reading import Fact
from yizhan.payments import ending, entitling, holding, rechecking, rolls
from yizhan.payments.models import Entitlement, Line

READER = "payments"


@journal.reads("case.decided", reader=READER)
def decided(fact: Fact) -> None:
    """A decision may entitle somebody, or be the new one for which payment waited."""
    case = Case.objects.select_related("decision").get(id=fact.data["case"])
    with access.watching(HOUSE.viewer()):
        entitling.begin(case)
        holding.settle(case)
        rechecking.decided(case)


@journal.reads("case.reopened", reader=READER)
def reopened(fact: Fact) -> None:
    """What a case entitles to waits while it is looked into again."""
    with access.watching(HOUSE.viewer()):
        case = Case.objects.get(id=fact.data["case"])
        holding.hold(case)
        rechecking.reopened(case)


@journal.reads("case.closed", reader=READER)
def case_closed(fact: Fact) -> None:
    """A case that was reopened has ended anew, perhaps without granting."""
    with access.watching(HOUSE.viewer()):
        case = Case.objects.select_related("decision").get(id=fact.data["case"])
        holding.settle(case)
        rechecking.closed(case)


@journal.reads("person.died", "person.moved", "person.corrected", reader=READER)
def changed(fact: Fact) -> None:
    """What the register says of a person may end a payment, take an end back, or change an amount."""
    found = list(Entitlement.objects.filter(subject=fact.subject).select_related("benefit").order_by("id"))
    if not found:
        return
    with access.watching(HOUSE.viewer()):
        for entitlement in found:
            ending.follow(entitlement)
            rolls.place(entitlement)


@journal.reads("payment_list.closed", reader=READER)
def closed(fact: Fact) -> None:
    """What was held in a list when it was closed is still owed: it goes into the lists that follow."""
    held = Entitlement.objects.filter(lines__list=fact.data["list"], lines__state=Line.State.HELD).distinct()
    with access.watching(HOUSE.viewer()):
        for entitlement in held.select_related("benefit"):
            rolls.place(entitlement)
