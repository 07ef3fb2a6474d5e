"""Why somebody looks 查询事由. Personal data are read for a purpose or not at all (PIPL, Art. 6)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yizhan.registry.faults import Refused

_SHORTEST_REASON = 4
_LONGEST = 180


@dataclass(frozen=True)
class Own:
    """A person looks at what the register says of himself 本人查询."""

    def __str__(self) -> str:
        """As the access log writes it."""
        return "own"


@dataclass(frozen=True)
class ForCase:
    """For a case that is being handled 办件: values are unmasked for whoever was admitted to its subject."""

    number: str

    def __post_init__(self) -> None:
        if not self.number or len(self.number) > _LONGEST:
            raise ValueError("a case has a number")

    def __str__(self) -> str:
        """As the access log writes it."""
        return f"case:{self.number}"


@dataclass(frozen=True)
class Reason:
    """For a reason that somebody states in words 其他事由: values stay masked.

    Raises:
        Refused: the words are too few to be a reason, or too many for the log.
    """

    words: str

    def __post_init__(self) -> None:
        if not _SHORTEST_REASON <= len(self.words.strip()) <= _LONGEST:
            raise Refused(
                _("请用 %(least)s 至 %(most)s 个字说明查询事由。")
                % {"least": _SHORTEST_REASON, "most": _LONGEST}
            )

    def __str__(self) -> str:
        """As the access log writes it."""
        return f"reason:{self.words.strip()}"


Purpose = Own | ForCase | Reason
