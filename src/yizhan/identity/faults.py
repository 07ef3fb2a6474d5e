"""What a verb of identity refuses, in words for the person who asked."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """The verb was not done and nothing was changed; the text says why and what to do."""


class NotAllowed(PermissionDenied):
    """The actor holds none of the roles that this verb asks for."""


class Separated(Refused):
    """It would give one person two of the three administrators' roles 三员分立."""
