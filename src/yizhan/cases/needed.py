"""Which materials an application needs 材料清单: one list, after what was answered so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from yizhan import feel
from yizhan.cases.filed import ENDED
from yizhan.cases.item import Material
from yizhan.forms.form import Form
from yizhan.forms.paths import Data, get
from yizhan.forms.placing import holds
from yizhan.releases.words import Text

Standing = Literal["waived", "held", "handed_in", "wanted", "later", "optional"]


@dataclass(frozen=True)
class Held:
    """What the repository holds instead: its number, who says so, and as of when."""

    number: str
    source: Text | None
    as_of: date | None


@dataclass(frozen=True)
class Needed:
    """One material that is needed here, and how it stands.

    ``held`` where the repository has it; ``files`` counts what was uploaded so far; ``ended`` says what became of a
    licence that would have stood in its place.
    """

    material: Material
    standing: Standing
    held: Held | None = None
    files: int = 0
    ended: str = ""

    @property
    def free(self) -> bool:
        """Whether nothing has to be handed in, since the house knows it."""
        return self.standing in {"waived", "held"}


def needed(
    materials: list[Material],
    form: Form,
    data: Data,
    conditions: Mapping[str, Any],
    known: Mapping[str, Held],
) -> list[Needed]:
    """The materials that are needed for these answers.

    Args:
        materials: of the item.
        form: of the application.
        data: what was answered.
        conditions: the facts that the form's conditions use.
        known: by fact key, what the registers hold.
    """
    context = form.placed(data, conditions).context
    return [
        _standing(one, data, known)
        for one in materials
        if one.when is None or holds(feel.expression(one.when), context)
    ]


def held_in(filed: Mapping[str, Mapping[str, Any]]) -> dict[str, Held]:
    """By fact key what the registers held when an application was filed."""
    return {
        key: Held(
            str(fact["value"]),
            Text(**fact["source"]) if fact.get("source") else None,
            date.fromisoformat(fact["as_of"]) if fact.get("as_of") else None,
        )
        for key, fact in filed.items()
        if fact.get("value") not in (None, False) and not fact.get(ENDED)
    }


def _standing(one: Material, data: Data, known: Mapping[str, Held]) -> Needed:
    if one.waived_by is not None:
        return Needed(one, "waived")
    if one.held_by is not None and one.held_by in known:
        return Needed(one, "held", known[one.held_by])
    files = get(data, one.at) if one.at else None
    if isinstance(files, list) and files:
        return Needed(one, "handed_in", files=len(files))
    return Needed(one, "wanted" if one.need == "required" else one.need)
