"""What an examination finds 验章结果: seals and reasons, as plain values that travel as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Why(StrEnum):
    """Why a seal, or a file with its seals, does not hold. The keys stand in reports and expectations."""

    NOT_A_PDF = "not_a_pdf"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"  # more seals, revisions or objects than any paper has
    UNKNOWN_KIND = "unknown_kind"  # a way of signing that nobody uses any more
    UNSEALED = "unsealed"
    ALTERED = "altered"  # bytes that the seal covers are not those it was put on
    CHANGED_AFTER = "changed_after"  # something else than seals and proofs was added to the file afterwards
    APPENDED = "appended"  # there are bytes after those that anything covers
    NOT_COVERED = "not_covered"  # the signature leaves out parts of its own revision
    BAD_SIGNATURE = "bad_signature"
    UNTRUSTED = "untrusted"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    REVOCATION_UNKNOWN = "revocation_unknown"
    WRONG_PURPOSE = "wrong_purpose"  # the certificate is not one that seals
    WEAK = "weak"
    MIXED = "mixed"  # national keys with another hash, or the other way round
    UNTRUSTED_TIME = "untrusted_time"  # by a stranger, or by an authority that proves nothing any more
    TIME_OF_OTHER_BYTES = "time_of_other_bytes"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class Found:
    """One seal on a file.

    Attributes:
        name: what its certificate calls the holder; ``unit`` the organisation's part of it.
        serial: of the certificate, hexadecimal.
        family: ``classic`` or ``sm``.
        at: when, as the time stamp proves, or else as the signer says; ``proven`` tells which.
        why: why it does not hold; None where it does.
        before: SHA-256 of the file as it was before this seal.
    """

    name: str
    unit: str
    serial: str
    family: str
    at: datetime | None
    proven: bool
    why: Why | None
    before: str = ""


@dataclass(frozen=True)
class Examined:
    """What is on a file; ``why`` tells why the file as a whole does not hold."""

    seals: tuple[Found, ...]
    why: Why | None

    @property
    def holds(self) -> bool:
        """Whether there are seals, all of them hold, and nothing else is wrong."""
        return self.why is None and bool(self.seals) and all(one.why is None for one in self.seals)

    @property
    def reason(self) -> Why | None:
        """The first reason against it: the file's, then those of its seals."""
        return self.why or next((one.why for one in self.seals if one.why is not None), None)

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        seals = [{**asdict(one), "at": one.at.isoformat() if one.at else None} for one in self.seals]
        return {"holds": self.holds, "why": self.why, "seals": seals}


def read(plain: dict[str, Any]) -> Examined:
    """The same from JSON."""
    return Examined(
        tuple(
            Found(
                **{
                    **one,
                    "at": datetime.fromisoformat(one["at"]) if one["at"] else None,
                    "why": Why(one["why"]) if one["why"] else None,
                }
            )
            for one in plain["seals"]
        ),
        Why(plain["why"]) if plain["why"] else None,
    )
