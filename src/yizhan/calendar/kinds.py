"""What packs may bring to this room: limits that laws set."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan.calendar.law_limits import KIND, LawLimits
from yizhan.releases.faults import Fault
from yizhan.releases.kinds import Kind, announce
from yizhan.releases.pack import Pack, Source


def check(source: Source, _pack: Pack) -> Iterator[Fault]:
    """The file's name is its key, and what nobody has read is told."""
    written = source.model
    if not isinstance(written, LawLimits):
        return
    if written.key != source.key:
        yield source.fault("key", _("代码须与文件同名（%(name)s）") % {"name": source.key})
    for number, limit in enumerate(written.limits):
        if not limit.basis.verified:
            words = _("法律依据待核实：%(law)s") % {"law": limit.basis.law}
            yield source.fault(f"limits[{number}].basis", words, weight="warning")


LIMITS = announce(
    Kind(
        name=KIND,
        folder="limits",
        suffix=".yaml",
        model=LawLimits,
        check=check,
        purpose=("法定期限：期限计算页的备选项", "Limits that laws set: choices of the calculator"),
    )
)
