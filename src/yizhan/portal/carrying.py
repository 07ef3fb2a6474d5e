"""What was answered in the scenario goes along into the application 情形回答带入: nobody is asked twice.

The answers stand in the addresses and forms of the pages between, and are kept only once the application begins.
"""

from __future__ import annotations

from django.http import QueryDict

from yizhan.cases import drafts
from yizhan.cases.drafts import Desk
from yizhan.cases.models import Item
from yizhan.cases.scenario import Scenario
from yizhan.forms.paths import get, put


def answers(item: Item, sent: QueryDict) -> list[tuple[str, str]]:
    """Names and values of the scenario's answers that came along; none unless all of them are there and right."""
    asked = _asked(item, sent)
    return asked.answers if asked else []


def take(item: Item, desk: Desk, sent: QueryDict) -> None:
    """Keep them in an application that was just begun; in one that was filled in before, what stands there counts."""
    asked = _asked(item, sent)
    if asked is None or desk.draft.rev:
        return
    data = desk.draft.data
    for path, _value in asked.answers:
        put(data, path, get(asked.data, path))
    drafts.save(desk, data)


def _asked(item: Item, sent: QueryDict) -> Scenario | None:
    if item.definition.scenario is None:
        return None
    asked = Scenario(item.release_id, item.definition, sent)
    return asked if asked.begun and not asked.faults else None
