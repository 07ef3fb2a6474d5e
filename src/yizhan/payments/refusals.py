"""Why a verb of this room did not do what was asked, in words for the person; nothing was changed."""

from __future__ import annotations


class Refused(Exception):
    """The list does not stand where this is possible; the text says why and what to do."""
