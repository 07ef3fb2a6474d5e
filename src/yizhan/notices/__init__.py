"""Notices 通知送达: what the house tells people, in the app, by SMS and by mail, and whether it arrived.

``notices.send`` is the one verb that rooms above need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yizhan.notices.recipients import Recipient
    from yizhan.notices.sending import send

__all__ = ["Recipient", "send"]


def __getattr__(name: str) -> Any:
    """Find them when they are first used: Django's tables are not ready while rooms load."""
    if name == "send":
        from yizhan.notices.sending import send  # noqa: PLC0415

        return send
    if name == "Recipient":
        from yizhan.notices.recipients import Recipient  # noqa: PLC0415

        return Recipient
    raise AttributeError(name)
