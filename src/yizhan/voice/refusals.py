"""Why a verb of this room did not do what was asked: in words for the person; nothing was changed."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """It cannot be done as things stand; the text says why and what to do."""


class Incomplete(Refused):
    """Something that was sent is missing or wrong; ``field`` is the name of the question."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


class NotEnded(Refused):
    """The case goes on; it can be rated once it is decided."""

    def __init__(self) -> None:
        super().__init__(_("办件尚未办结，办结后再请您评价。"))


class AlreadyRated(Refused):
    """The case has its one rating."""

    def __init__(self) -> None:
        super().__init__(_("这件事已经评价过了，每件事评价一次。感谢您的反馈。"))


class NotYours(Refused):
    """Not somebody who may do this; one answer, whatever the reason."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words or _("只有申请人本人可以评价这件事。"))
