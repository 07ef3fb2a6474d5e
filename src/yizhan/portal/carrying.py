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
    drafts.bring(desk, data)


def begins_at(desk: Desk, asked: list[str]) -> str:
    """The page at which an application begins: the first that was not answered in the scenario.

    What the registers know stands there to be confirmed, so such a page is not passed over.
    """
    section = next((one for one in desk.form.sections if one.key == desk.item.scenario), None)
    answered = {
        page.key
        for page in (section.pages if section else ())
        if any(get(desk.draft.data, field.path) not in (None, "", []) for field in page.fields)
    }
    return next((key for key in asked if key not in answered), asked[0])


def _asked(item: Item, sent: QueryDict) -> Scenario | None:
    if item.definition.scenario is None:
        return None
    asked = Scenario(item.release_id, item.definition, sent)
    return asked if asked.begun and not asked.faults else None
