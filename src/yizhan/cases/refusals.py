"""Why a verb did not do what was asked: typed, in the user's words; nothing was changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yizhan.calendar.deadlines import day_of
from yizhan.cases.in_the_way import Earlier
from yizhan.ui.dates import day
from yizhan.ui.language import sentences
from yizhan.workflow.processes.refusal import NotPossible


class Refusal(Exception):
    """A command that cannot be carried out as things stand."""

    @property
    def message(self) -> str:
        """What happened and what to do, in the language of the page."""
        return _("操作未能完成，内容没有改变。")


class AlreadyHandled(Refusal):
    """Somebody else was faster: the task is no longer open."""

    def __init__(self, by: str = "") -> None:
        super().__init__(by)
        self.by = by

    @property
    def message(self) -> str:
        """Who was faster, if known."""
        if self.by:
            return _("此任务已由%(name)s办理，您的操作没有生效。") % {"name": self.by}
        return _("此任务已经办理，您的操作没有生效。")


class NotYours(Refusal):
    """The actor may not do this: not their task, role or case."""

    @property
    def message(self) -> str:
        """Say so without telling what exists."""
        return _("您没有办理此事的权限。如有疑问，请联系本单位的管理员。")


class MustDiffer(Refusal):
    """Separation of duty: the same person did an earlier step of this case."""

    @property
    def message(self) -> str:
        """Which rule stands in the way."""
        return _("同一办件的前后环节须由不同人员办理，请转交同事。")


class MustSign(Refusal):
    """The step issues a paper that somebody else signs."""

    def __init__(self, role: str) -> None:
        super().__init__(role)
        self.role = role

    @property
    def message(self) -> str:
        """Who may take the step."""
        return _("本文书须由“%(role)s”岗位人员或者其委托的人员签发，请转交办理。") % {"role": self.role}


class NotNow(Refusal):
    """The case stands where this is not possible (closed, waiting, suspended)."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words

    @property
    def message(self) -> str:
        """The state in words."""
        return self.words or _("办件当前状态下不能进行此操作。请刷新页面查看最新进展。")


class TooLate(NotNow):
    """What the house waited for no longer stands; nobody need do anything about it."""


class CannotGoOn(Refusal):
    """The process asks for what cannot be done: a work that nobody does, a moment that is none. Somebody must mend it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words

    @property
    def message(self) -> str:
        """What cannot be done, and whom to tell."""
        return self.words


class AlreadyThere(Refusal):
    """Of this item a person has one at a time, and there is one: under way, or granted and in force."""

    def __init__(self, earlier: Earlier) -> None:
        super().__init__(earlier.state)
        self.earlier = earlier

    @property
    def message(self) -> str:
        """How it stands and since when; that nothing need be handed in again."""
        words = {"day": day(day_of(self.earlier.since))}
        if self.earlier.state == "in_force":
            return _("此事项已于%(day)s准予，目前仍然有效，不需要再次申请。") % words
        return _("此事项已于%(day)s提交申请，正在办理，不需要再次提交。") % words


class Incomplete(Refusal):
    """Something needed is missing or wrong; ``faults`` say where."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(faults)
        self.faults = faults

    @property
    def message(self) -> str:
        """The first lines of what is missing."""
        return "；".join(words for _place, words in self.faults)


class Impossible(Refusal):
    """The process does not allow this where the case stands; its words say why."""

    def __init__(self, fault: NotPossible) -> None:
        super().__init__(fault.code)
        self.fault = fault

    @property
    def message(self) -> str:
        """Why, and what is wrong with which answer."""
        words = [str(self.fault.words), *(str(wrong) for wrong in self.fault.answers.values())]
        return sentences(words)


class CommandReused(Refusal):
    """A command id came back with another command: a form was tampered with, or a program is wrong."""

    @property
    def message(self) -> str:
        """Ask to reload."""
        return _("页面已过期，请刷新后重试。您填写的内容没有提交。")
