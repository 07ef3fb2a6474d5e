"""Playing a journey 排演事例: from the application through its steps, looking after each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from yizhan import calendar, clock, feel
from yizhan.cases.item import ItemDefinition
from yizhan.cases.refusals import Refusal
from yizhan.clock import ZONE
from yizhan.identity import faults as identity_faults
from yizhan.registry import faults as registry_faults
from yizhan.rehearsal import acting, applying
from yizhan.rehearsal.cast import Cast
from yizhan.rehearsal.definition import JourneyDefinition, StepDefinition, moment_after
from yizhan.rehearsal.expected import Expected
from yizhan.rehearsal.expecting import Looking
from yizhan.rehearsal.failure import Failed, NothingToDo, Several
from yizhan.rehearsal.stage import Stage
from yizhan.rehearsal.telling import Account

_HAN = re.compile(r"[\u4e00-\u9fff]")
_REFUSED = (
    Refusal,
    identity_faults.Refused,
    identity_faults.NotAllowed,
    registry_faults.Refused,
    feel.LimitFault,
)


class Play:
    """One journey being played; ``account`` is what has happened so far, also when it fails, ``path`` where it is."""

    def __init__(self, journey: JourneyDefinition, item: ItemDefinition) -> None:
        self.journey, self.item, self.path = journey, item, "people"
        self.account: Account | None = None

    def run(self) -> None:
        """Play it to its end.

        Raises:
            Failed: something is not as the journey says.
            Several: several things are not.
        """
        begins = _in_district(self.journey.begins)
        with clock.standing_at(begins):
            cast = Cast(self.journey, self.item)
            stage = Stage(cast, begins)
            self.account = Account(stage)
            self._apply(stage)
        for number, step in enumerate(self.journey.steps):
            if stage.case_id is None:
                raise Failed(f"steps[{number}]", _("申请没有提交，后面的步骤无从办理"))
            self.path = f"steps[{number}]"
            self._step(stage, step, self.path)

    def _apply(self, stage: Stage) -> None:
        one, self.path = self.journey.applies, "applies"
        try:
            with _as_written(one.refused):
                number = applying.apply(stage.cast, one)
        except _REFUSED as refusal:
            self._refused(stage, refusal, one.refused, "applies")
            return
        _not_refused(one.refused, "applies")
        stage.begun(number)
        for key in self.journey.onlookers:
            stage.cast.account(key)
        stage.follow()
        self._look(stage, one.expect, "applies.expect")

    def _step(self, stage: Stage, step: StepDefinition, path: str) -> None:
        moment = moment_after(stage.at, step.after, step.at, calendar.table())
        if moment < stage.at:
            raise Failed(f"{path}.at", _("时间早于上一步，请用 after 写明过了几天"))
        try:
            stage.pass_to(moment)
        except Refusal as refusal:
            raise Failed(path, _("没有办成：%(words)s") % {"words": refusal.message}) from refusal
        with stage.now():
            try:
                with _as_written(step.refused):
                    self._do(stage, step, path)
            except NothingToDo as nothing:
                if step.refused is None:
                    raise
                self._refused(stage, nothing, step.refused, path)
                return
            except _REFUSED as refusal:
                self._refused(stage, refusal, step.refused, path)
                return
            _not_refused(step.refused, path)
            stage.follow()
            self._look(stage, step.expect, f"{path}.expect")

    def _do(self, stage: Stage, step: StepDefinition, path: str) -> None:
        if not step.verb:
            return
        if step.by is None:
            acting.do(acting.Doing(stage, step, path, None))
            return
        with stage.cast.acting(step.by) as actor:
            acting.do(acting.Doing(stage, step, path, actor))

    def _refused(self, stage: Stage, refusal: Exception, wanted: str | None, path: str) -> None:
        with _as_written(wanted):
            words = getattr(refusal, "message", "") or getattr(refusal, "words", "") or str(refusal)
        if wanted is None:
            raise Failed(path, _("没有办成：%(words)s") % {"words": words}) from refusal
        if wanted not in words:
            told = {"wanted": wanted, "found": words}
            raise Failed(f"{path}.refused", _("应因“%(wanted)s”办不成，实因“%(found)s”") % told)
        assert self.account is not None
        self.account.say(_("办不成，如预期：%(words)s") % {"words": words})

    def _look(self, stage: Stage, expected: Expected, path: str) -> None:
        assert self.account is not None
        with stage.house():
            case = stage.case()
            self.account.go_on(case)
            fresh = stage.fresh(case.number)
            self.account.stands(case, fresh)
            differences = Looking(stage, case, expected, path, fresh).differences()
        if differences:
            raise Several(differences)


@contextmanager
def _as_written(refused: str | None) -> Iterator[None]:
    """The language in which a journey writes why something is refused, whatever the terminal speaks."""
    if refused is None:
        yield
        return
    with translation.override("zh-hans" if _HAN.search(refused) else "en"):
        yield


def _not_refused(wanted: str | None, path: str) -> None:
    if wanted is not None:
        raise Failed(f"{path}.refused", _("应因“%(wanted)s”办不成，却办成了") % {"wanted": wanted})


def _in_district(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)
