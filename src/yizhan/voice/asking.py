"""The page that asks for a rating 评价页: what was typed, what was wrong, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from yizhan.cases.models import Case
from yizhan.identity.actor import Actor
from yizhan.voice import rating
from yizhan.voice.grades import COMPLAINTS, PRAISES, Grade
from yizhan.voice.limits import RECTIFY, VERIFY
from yizhan.voice.models import Channel, Rating
from yizhan.voice.refusals import Incomplete


@dataclass
class Sheet:
    """The questions of a rating for one case, with the answers typed so far."""

    case: Case
    grade: int | None = None
    remarks: list[str] = field(default_factory=list)
    words: str = ""
    fault: Incomplete | None = None

    @classmethod
    def read(cls, case: Case, sent: QueryDict) -> Sheet:
        """What a browser sent; whether it is right is for :meth:`rate` to say."""
        grade = sent.get("grade", "")
        return cls(
            case=case,
            grade=int(grade) if grade in {str(one.value) for one in Grade} else None,
            remarks=sent.getlist("remarks")[:20],
            words=sent.get("words", ""),
        )

    def rate(self, *, by: Actor | None, channel: Channel = Channel.WEB) -> Rating | None:
        """Rate; None when something is missing or wrong, which the sheet then tells.

        Raises:
            Refused: it cannot be rated, by them or at all.
        """
        try:
            return rating.rate(
                self.case, self.grade or 0, by=by, channel=channel, remarks=self.remarks, words=self.words
            )
        except Incomplete as fault:
            self.fault = fault
            return None

    @property
    def title(self) -> str:
        """The title of the page; what went wrong stands before it."""
        return _("错误：%(title)s") % {"title": _("评价服务")} if self.fault else _("评价服务")

    @property
    def errors(self) -> list[tuple[str, str]]:
        """For the summary of errors: field and words."""
        return [(self.fault.field, str(self.fault))] if self.fault else []

    def error(self, name: str) -> str | None:
        """What is wrong with a question."""
        return str(self.fault) if self.fault and self.fault.field == name else None

    @property
    def praises(self) -> list[tuple[str, str]]:
        """The good things one can tick."""
        return [(key, str(words)) for key, words in PRAISES.items()]

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """The things to improve that one can tick."""
        return [(key, str(words)) for key, words in COMPLAINTS.items()]


@dataclass(frozen=True)
class Given:
    """A rating as the page of its case shows it: what was said, and what it came to so far.

    Attributes:
        grade: in words.
        answer: what the unit answered; empty until then.
        waits: whether an answer was promised and has not come.
    """

    grade: str
    at: datetime
    answer: str
    waits: bool


def given(case: Case) -> Given | None:
    """The rating of a case, if the scope shows one."""
    found = rating.of(case)
    if found is None:
        return None
    redress = getattr(found, "redress", None)
    rectified = getattr(redress, "rectified", None)
    return Given(
        grade=str(Grade(found.grade).label),
        at=found.at,
        answer=rectified.words if rectified else "",
        waits=redress is not None and rectified is None,
    )


def title() -> str:
    """The title of a page that shows a rating."""
    return _("我的评价")


def thanks(given: Rating) -> str:
    """What is said after a rating; a bad one is promised an answer."""
    if not Grade(given.grade).is_bad:
        return _("感谢您的评价。")
    return _("感谢您的反馈。工作人员将在 %(verify)s 个工作日内回访核实，%(rectify)s 个工作日内整改答复。") % {
        "verify": VERIFY.working_days,
        "rectify": RECTIFY.working_days,
    }


def too_early() -> str:
    """What is said of a good token whose case goes on."""
    return _("这件事还在办理中")


def not_for_staff() -> str:
    """What is said to a member of staff who shows a token."""
    return _("评价由申请人提交")


def spent() -> str:
    """What is said of a token that admits nobody."""
    return _("评价链接已失效")
