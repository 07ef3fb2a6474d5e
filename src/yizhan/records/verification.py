"""What a stranger may know of a paper 文书核验: by its code whether it is in force, with the file whether it is the one.

Of its holder only a masked name, until the six digits are given that stand on the paper and not in its QR code.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import connection

from yizhan import clock
from yizhan.records import verification_code


@dataclass(frozen=True)
class Verification:
    """What verifying a code tells; nothing but the state where it is unknown.

    Attributes:
        sha256: of the file that was issued; empty as long as there is none.
        unmasked: whether the factor was right, so that ``holder`` is the whole name.
        has_factor: whether there is something to unmask.
    """

    state: Literal["unknown", "in force", "withdrawn"]
    title: str = ""
    number: str = ""
    issuer: str = ""
    issued_at: datetime | None = None
    holder: str = ""
    sha256: str = ""
    withdrawn_at: datetime | None = None
    paper: uuid.UUID | None = None
    has_factor: bool = False
    unmasked: bool = False


UNKNOWN = Verification("unknown")


def verify(code: str, factor: str = "") -> Verification:
    """What anybody may know of the paper with this code, typed in whatever way.

    Codes cannot be guessed, factors can: the page that calls this limits how often one may ask, also of one paper.
    """
    read = verification_code.read(code)
    if read is None:
        return UNKNOWN
    with connection.cursor() as cursor:
        cursor.execute("select * from records_verification(%s, %s)", [read, factor])
        row = cursor.fetchone()
    if row is None:
        return UNKNOWN
    title, number, issuer, issued_at, holder, sha256, withdrawn_at, paper, has_factor, unmasked = row
    return Verification(
        "in force" if withdrawn_at is None else "withdrawn",
        title, number, issuer, issued_at.astimezone(clock.ZONE), holder, sha256,
        withdrawn_at and withdrawn_at.astimezone(clock.ZONE),
        paper, has_factor, unmasked,
    )  # fmt: skip


def code_of(sha256: str) -> str:
    """The code of the paper whose file has this SHA-256; empty where none was issued."""
    with connection.cursor() as cursor:
        cursor.execute("select records_code_of(%s)", [sha256])
        row = cursor.fetchone()
    return row[0] or "" if row else ""
