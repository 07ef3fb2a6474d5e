"""What an import found: counts, and what is wrong with which row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from yizhan.identity.faults import Refused
from yizhan.ui.language import in_english

# What a spreadsheet would take for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Words:
    """A reason in both languages, for files that travel."""

    zh: str
    en: str

    @classmethod
    def of(cls, text: Promise, **values: object) -> Words:
        """A text of ours with its values put in."""
        said = []
        for language in ("zh-hans", "en"):
            with override(language):
                said.append(str(text) % values if values else str(text))
        return cls(*said)

    def __str__(self) -> str:
        """The reason in the language of the page."""
        return self.en if in_english() else self.zh


@dataclass(frozen=True)
class Reject:
    """A row that cannot be taken: its number as a spreadsheet counts, the column, the value, the reason."""

    row: int
    column: str
    value: str
    reason: Words


@dataclass
class Report:
    """What a file would do, or did.

    Attributes:
        rows: how many rows with something in them.
        new: rows that add something; ``changed`` change something, ``same`` change nothing.
        loaded: whether it was done; with rejects nothing is.
        warnings: what somebody should look at although it was taken.
    """

    kind: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    rejects: list[Reject] = field(default_factory=list)
    loaded: bool = False
    warnings: list[Words] = field(default_factory=list)

    def rejects_csv(self) -> bytes:
        """The rejects as a file that any spreadsheet opens: UTF-8 with a mark, no formulas."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([_("行号"), _("列"), _("内容"), _("原因"), "reason"])
        for reject in self.rejects:
            cells = [reject.column, reject.value, reject.reason.zh, reject.reason.en]
            writer.writerow([reject.row, *(harmless(cell) for cell in cells)])
        return text.getvalue().encode("utf-8-sig")


def refusal(act: Callable[[], object]) -> Words | None:
    """Do something; why it is refused in both languages, or None when it was done.

    What a verb refuses it says in one language, so a refused act is asked again in the other; an act that
    was refused has changed nothing.
    """
    with override("zh-hans"):
        try:
            act()
        except Refused as refused:
            chinese = str(refused)
        else:
            return None
    with override("en"):
        try:
            act()
        except Refused as refused:
            return Words(chinese, str(refused))
    raise RuntimeError(f"refused once and not twice: {chinese}")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
