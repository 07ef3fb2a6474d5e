"""Which card falls when 亮牌规则: a decision table, the item's own, the site's, or the one that comes with the house."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import yaml

from yizhan.cases import processes
from yizhan.releases.models import Current, release
from yizhan.releases.words import Text
from yizhan.workflow.tables.decision import Decision
from yizhan.workflow.tables.definition import TableDefinition
from yizhan.workflow.tables.table import Table

KEY = "card_colour"
PACK = "supervision"
_OURS = Path(__file__).with_name(f"{KEY}.table.yaml")
_NO_COLOUR = "none"


@dataclass(frozen=True)
class Rule:
    """What the table says of a moment: the colour, empty for no card, by which rule, and when to look again.

    Attributes:
        again: after so many working days; 0 for never.
    """

    colour: str
    again: int
    rule: str
    because: Text


@dataclass(frozen=True)
class Rules:
    """A table and where it comes from."""

    source: str
    table: Table

    def of(self, moment: str, clock: str, item_type: str) -> Rule:
        """What falls at a moment of a clock; no card where the table does not decide."""
        return _asked(self.source, self.table, moment, clock, item_type)


def site() -> int | None:
    """The release of the site's own rules, if there are any."""
    return Current.objects.filter(pack=PACK).values_list("release_id", flat=True).first()


def rules(release_id: int, site: int | None) -> Rules:
    """The rules for cases of a release: of its own pack, else of the site's pack, else those of the house."""
    if KEY in release(release_id).keys("table"):
        return _of_release(release_id)
    if site is not None and KEY in release(site).keys("table"):
        return _of_release(site)
    return _of_the_house()


def _of_release(release_id: int) -> Rules:
    return Rules(str(release(release_id)), processes.table(release_id, KEY))


@lru_cache(maxsize=1)
def _of_the_house() -> Rules:
    written = yaml.safe_load(_OURS.read_text("utf-8"))
    return Rules("", Table(TableDefinition.model_validate(written)))


@lru_cache(maxsize=1024)
def _asked(source: str, table: Table, moment: str, clock: str, item_type: str) -> Rule:
    decision = table.decide({"moment": moment, "clock": clock, "item_type": item_type})
    colour = decision.outputs.get("colour") if decision.decided else None
    if not isinstance(colour, str) or colour == _NO_COLOUR:
        return Rule("", _again(decision), "", decision.title)
    hit = decision.hits[0]
    name = " / ".join(part for part in (source, KEY, hit.id) if part)
    return Rule(colour, _again(decision), name, hit.because)


def _again(decision: Decision) -> int:
    again = decision.outputs.get("again") if decision.decided else None
    return int(again) if isinstance(again, Decimal) else 0
