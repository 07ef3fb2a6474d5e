"""Laws and policies entered by hand 法规政策手工登记, by the office that answers for them, on a ground, under a command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan.identity.actor import Actor
from yizhan.registry import keeping, laws, outside
from yizhan.registry.by_hand import Act, ByHand, begun
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.laws import Amiss, Told, Word
from yizhan.registry.models import Law, Source


def sources_for(law: Law | None, *, by: Actor) -> list[Source]:
    """The actor's sources on whose word a law may be entered: for a known one, those of the unit that answers for it."""
    return [one for one in keeping.sources_of(by) if law is None or one.unit == law.unit]


def enter(code: str, values: Mapping[str, Any], *, source: str, how: ByHand) -> None:
    """Enter a new law.

    Raises:
        NotHere: no such source of the actor's.
        Refused: it is on record already, what is said of it cannot be so (``laws.Amiss``), or no ground is given.
    """
    laws.check(code, Told(code, values).whole())
    with outside.refused(_not_ours()), transaction.atomic():
        vouching = keeping.source_of(how.by, source)
        if not begun(f"law:{code}", Act.NEW, sorted(values), how, vouching):
            return
        if laws.here().filter(code=code).exists():
            raise Amiss("code", _("已有代码为 %(code)s 的法规政策，未作登记。") % {"code": code})
        laws.enter([Told(code, values)], word=_word(vouching, how))


def change(law: Law, values: Mapping[str, Any], *, how: ByHand) -> None:
    """Enter what is said of a known law from now on; what was said before is kept.

    Raises:
        NotHere: another office answers for it.
        Refused: nothing is different, what is said cannot be so, or no ground is given.
    """
    with outside.refused(_not_ours()), transaction.atomic():
        mine = sources_for(law, by=how.by)
        if not mine:
            raise NotHere(f"law {law.code}")
        vouching = next((one for one in mine if one.pk == law.source_id), mine[0])
        different = sorted(name for name, value in values.items() if getattr(law, name) != value)
        if not begun(f"law:{law.code}", Act.CHANGE, different, how, vouching):
            return
        if not different:
            raise Refused(_("填写的内容与现有登记相同，未作改动。"))
        laws.enter([Told(law.code, values)], word=_word(vouching, how))


def _not_ours() -> str:
    return _("您的岗位不能登记法规政策，未作登记。")


def _word(source: Source, how: ByHand) -> Word:
    return Word(unit=source.unit, by=how.by.key, source=source, because=how.because.strip())
