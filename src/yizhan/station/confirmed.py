"""Answers that look wrong and were confirmed: said once, they are not asked for again until they change.

What was confirmed is remembered in the session, as a hash: also after "check", which leads back to the page.
"""

from __future__ import annotations

import hashlib

from yizhan.cases.drafts import Desk
from yizhan.forms.faults import Fault
from yizhan.forms.paths import get
from yizhan.identity.middleware import Known

_KEY = "confirmed answers"
_SURE = "~sure"


def remember(request: Known, desk: Desk, faults: list[Fault]) -> None:
    """Keep what was confirmed in this form, but for answers that have changed since and are in doubt again."""
    in_doubt = {fault.path for fault in faults if fault.confirm}
    paths = {name.removesuffix(_SURE) for name in request.POST if name.endswith(_SURE)} - in_doubt
    marks = {path: _mark(desk, path) for path in paths if isinstance(get(desk.draft.data, path), str)}
    if marks:
        request.session[_KEY] = {str(desk.draft.id): marks}


def of(request: Known, desk: Desk) -> dict[str, str]:
    """The hidden answers that say so again, as the names and values of fields."""
    marks = request.session.get(_KEY, {}).get(str(desk.draft.id), {})
    return {
        f"{path}{_SURE}": str(get(desk.draft.data, path))
        for path, mark in marks.items()
        if mark == _mark(desk, path)
    }


def _mark(desk: Desk, path: str) -> str:
    return hashlib.sha256(f"{desk.draft.id} {path} {get(desk.draft.data, path)}".encode()).hexdigest()
