"""The acts of the demo's stories, by the real verbs, at the moment the clock stands at."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from random import Random

from django.db.models import QuerySet

from yizhan.cases import catalogue, drafts, extending, handling, intake, supplements, suspending
from yizhan.cases.drafts import Desk
from yizhan.cases.models import Task
from yizhan.cases.supplements import Missing
from yizhan.cases.suspending import Wanted
from yizhan.demo import organisation, personas
from yizhan.demo.stories import REASONS, WORDS
from yizhan.forms.paths import Data
from yizhan.identity import scope
from yizhan.identity.models import Account, Appointment, Post, RoleGrant
from yizhan.journal import access

ITEM = "elderly_allowance"
_NAMES = uuid.UUID("3f6f7f0a-7a5e-4e9c-9d8b-0d6c8c1f2a10")  # commands of the demo follow from the seed


def apply(account: Account, *, doubtful: bool = False) -> str:
    """A resident applies online; the number of the case."""
    with scope.as_account(account) as actor, access.watching(actor.viewer()):
        desk = drafts.begin(catalogue.get(ITEM), by=actor, subject=personas.person_of(account))
        drafts.save(desk, _typed(desk, account, doubtful=doubtful))
        return intake.submit(desk, by=actor, command=uuid.uuid5(_NAMES, f"apply {account.pk}"))


def act(dice: Random, number: str, step: str) -> None:
    """A member of staff does the open task of a case."""
    with scope.service():
        task = Task.objects.get(number=number, state="open", audience="staff")
        holder = holder_of(task)
    command = uuid.uuid5(_NAMES, f"{number} {task.id} {step}")
    with scope.as_account(holder) as actor, access.watching(actor.viewer()):
        if step == "supplement":
            missing = [Missing("agent.letter", "请补交代办委托书，或由本人签名确认申请。")]
            supplements.ask(task.case_id, task.id, missing=missing, words="", by=actor, command=command)
        elif step == "suspend":
            wanted = Wanted("hearing", WORDS[step], document="越民听〔2026〕3号")
            suspending.suspend(task.case_id, task.id, wanted, by=actor, command=command)
        elif step == "extend":
            extending.ask(task.case_id, task.id, reason=WORDS[step], by=actor, command=command)
        else:
            reason = WORDS.get(step, dice.choice(REASONS) if step in {"agree", "grant"} else "")
            handling.complete(task.case_id, task.id, action=step, reason=reason, by=actor, command=command)


def begin(account: Account) -> None:
    """A resident begins to apply and leaves it for another day."""
    with scope.as_account(account) as actor, access.watching(actor.viewer()):
        desk = drafts.begin(catalogue.get(ITEM), by=actor, subject=personas.person_of(account))
        drafts.save(desk, half_typed(desk, account.phone))


def half_typed(desk: Desk, phone: str) -> Data:
    """The answers of somebody who stopped before the account number."""
    data: Data = dict(desk.draft.data)
    data["applicant"] = {**data["applicant"], "phone": phone}
    data["account"] = {**data.get("account", {}), "bank": "示例银行越秀支行"}
    return data


def _typed(desk: Desk, account: Account, *, doubtful: bool) -> Data:
    data = half_typed(desk, account.phone)
    data["account"] = {**data["account"], "number": f"62220219{account.pk:08d}"}
    data["agent"] = {"is_agent": False}
    elsewhere = {"other_place": "示例市"} if doubtful else {}
    data["declaration"] = {"other_allowance": doubtful, "true": True, **elsewhere}
    return data


def holder_of(task: Task, *, but: Sequence[int | None] = ()) -> Account:
    """The first of those who may do the task: in its unit, else one whose role reaches everywhere, else somebody new."""
    role = task.queue.role if task.queue else ""
    grants = RoleGrant.objects.filter(role=role).live()
    here = _able(grants.filter(post__unit=task.unit), but)
    found = here or _able(grants.filter(reach="all"), but)
    if found is not None:
        return found
    used = Post.objects.filter(unit=task.unit, code__startswith="standin").count()
    return organisation.stand_in(role, task.unit, used + 1)


def _able(grants: QuerySet[RoleGrant], but: Sequence[int | None]) -> Account | None:
    """The first of those who hold one of these grants today; asked in steps, which is quick in a young database too."""
    posts = set(grants.values_list("post_id", flat=True))
    held = set(Appointment.objects.live().filter(post__in=posts).values_list("account_id", flat=True))
    able = Account.objects.filter(id__in=held - set(but), is_active=True)
    return able.order_by("id").first()
