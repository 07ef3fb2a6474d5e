"""National codes 国标代码: code lists, divisions, identity numbers, social credit codes.

``codes.name_of`` and its sisters read the lists that the database holds; the numbers are pure functions:
``identity_number``, ``uscc``, ``organisation``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yizhan.codes.lists import Entry, UnknownCode, entries, entry, find, name_of

__all__ = ["Entry", "UnknownCode", "entries", "entry", "find", "name_of"]


def __getattr__(name: str) -> Any:
    """Find the verbs when they are first used: Django's tables are not ready while rooms load."""
    if name in __all__:
        from yizhan.codes import lists  # noqa: PLC0415 (see above)

        return getattr(lists, name)
    raise AttributeError(name)
