"""What is known already 预填: values with their source, handed in by whoever asked the registers."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizhan.forms.layout import Layout
from yizhan.forms.paths import Data, put
from yizhan.releases.words import Text


@dataclass(frozen=True)
class Given:
    """A value that nobody needs to type.

    Attributes:
        value: as the schema wants it.
        source: who says so, such as 人口库.
        as_of: since when, or up to when, the source says so.
        locked: the person cannot change it, and the browser is not listened to.
    """

    value: Any
    source: Text
    as_of: date | None = None
    locked: bool = False


Prefill = Mapping[str, Given]


def begin(form: Layout, prefill: Prefill) -> Data:
    """The data of a new draft: every given value that has a question."""
    data: Data = {}
    for path, given in prefill.items():
        if path in form.top:
            put(data, path, copy.deepcopy(given.value))
    return data


def with_locked(form: Layout, data: Data, prefill: Prefill) -> Data:
    """The data with every locked value as the source has it, whatever stood there."""
    locked = {path: given for path, given in prefill.items() if given.locked and path in form.top}
    if not locked:
        return data
    data = copy.deepcopy(data)
    for path, given in locked.items():
        put(data, path, copy.deepcopy(given.value))
    return data
