"""What the logs of the machine keep 运行日志: no numbers of people, no secrets that stand in addresses.

Logs are read by who runs the machine, copied to other servers and kept for months. A fault of the database names
the values that it refused, and an address may be a key; so the last step before a line is written hides both.
"""

from __future__ import annotations

import logging
import re
from types import TracebackType

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError

LONGEST = 20_000
"""Characters of one entry, its stack trace included; who sends longer addresses fills no disk."""

_KEYS = re.compile(r"(/(?:staff/set-up|rate|verify)/)[^\s/?\"']+")
# Behind and before a number stands no other sign of one, nor of a UUID or a hash.
_ALONE = r"(?<![0-9A-Za-z-])%s(?![0-9A-Za-z-])"
_NUMBERS = re.compile(
    "|".join(
        _ALONE % number
        for number in (
            r"[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx]",  # identity numbers: of 18 signs
            r"[1-9][0-9]{14}",  # and of 15
            r"(?:\+?86)?1[3-9][0-9]{9}",  # mobile phones
            r"[0-9]{16,19}",  # bank cards
        )
    )
)
_THEIRS = (PermissionDenied, SuspiciousOperation, BadRequest, MultiPartParserError)
_Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def hidden(text: str) -> str:
    """The text with the middle of every such number, and every key in an address, covered.

    Of a number the first three and the last two signs stay, so that who has it in hand finds the line.
    """
    text = _KEYS.sub(r"\1…", text)
    return _NUMBERS.sub(lambda found: f"{found[0][:3]}…{found[0][-2:]}", text)


class Discreet(logging.Formatter):
    """Formats like the library's, and hides."""

    def format(self, record: logging.LogRecord) -> str:
        """One entry."""
        entry = super().format(record)
        return hidden(entry if len(entry) <= LONGEST else f"{entry[:LONGEST]} …")

    def formatException(self, ei: _Caught) -> str:  # noqa: N802 (the library's name)
        """Its stack trace; none for what a visitor did wrong, which is no fault of the program."""
        return "" if ei[0] is not None and issubclass(ei[0], _THEIRS) else super().formatException(ei)
