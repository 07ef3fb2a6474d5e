"""What the register refuses, in words for the person who asked."""

from __future__ import annotations


class Refused(Exception):
    """The verb was not done and nothing was changed; the text says why and what to do."""


class NotHere(LookupError):
    """No such person, or none that the present scope may see: on purpose one answer for both."""


class UnknownKey(ValueError):
    """A key that the catalogue does not know: a mistake in a definition or in the program."""
