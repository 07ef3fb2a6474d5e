"""A work outside of the database is done, and reports back as a command 自动办理回报."""

from __future__ import annotations

from yizhan.cases import motion, works
from yizhan.cases.models import Case
from yizhan.cases.refusals import Impossible
from yizhan.cases.step import Step, take
from yizhan.identity.actor import HOUSE
from yizhan.journal import outbox

_NOBODY_WAITS = frozenset({"closed", "work_gone"})


@outbox.handles(works.TOPIC)
def carry_out(errand: outbox.Errand) -> None:
    """Do the work; if the case waits for it, let it go on. What nobody waits for any more is not done.

    Raises:
        Undeliverable: nobody can do it any more.
    """
    name, token = errand.body["work"], errand.body["token"]
    if name not in works.known():
        raise outbox.Undeliverable(name)
    found = Case.objects.select_related("item")
    if works.known()[name].at_home:  # it stands or falls with the case: nobody takes that back meanwhile
        found = found.select_for_update(of=("self",), no_key=True)
    case = found.get(id=errand.body["case"])
    if token is not None and not case.tokens.filter(number=token).exists():
        return
    report = works.carried_out(case, name, token or 0, errand.body["arguments"])
    if token is None:
        return

    def do(step: Step) -> None:
        step.note(performed=[{"work": name, "node": errand.body["node"]}])
        motion.move(step, report)

    try:
        take(case.id, by=HOUSE, command=works.command_of(errand.key), kind="work.reported", do=do)
    except Impossible as refusal:
        if refusal.fault.code not in _NOBODY_WAITS:  # it ended, or went on, while the work was done
            raise
