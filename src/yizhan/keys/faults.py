"""What can be wrong with keys and certificates 问题; each says it in a sentence for people."""

from __future__ import annotations


class KeysFault(Exception):
    """Something of the room cannot be done; the text says what and why."""


class Unavailable(KeysFault):
    """This machine cannot do it: no SM2 here, no token, a device that does not answer."""


class Unopenable(KeysFault):
    """A kept key cannot be opened with the secret of this installation."""


class NoAuthority(KeysFault):
    """The authority of a family was never founded, or its certificates have ended."""


class Refused(KeysFault):
    """It may not be: revoked already, renewed already, from another authority."""
