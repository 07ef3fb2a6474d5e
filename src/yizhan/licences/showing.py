"""Showing a licence 出示: a code that lives for a minute, and what whoever reads it is told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection

from yizhan import clock
from yizhan.identity.actor import Actor
from yizhan.licences import using
from yizhan.licences.models import Showing, Use
from yizhan.records import verification_code
from yizhan.registry.licences import State
from yizhan.registry.models import Licence
from yizhan.releases.words import Text

LIVES = timedelta(seconds=60)
COLUMNS = (
    "title_zh", "title_en", "number", "holder", "issuer_zh", "issuer_en", "valid_from", "valid_to", "state",
)  # fmt: skip
"""What the functions of the database tell of a licence, in this order."""


@dataclass(frozen=True)
class Code:
    """A code as its holder shows it: ``address`` is what the picture says."""

    code: str
    until: datetime

    @property
    def address(self) -> str:
        """Where whoever reads it is led."""
        return f"{settings.PUBLIC_ADDRESS}/licences/show/{self.code}"

    @property
    def written(self) -> str:
        """As one reads it out: in fours."""
        return verification_code.shown(self.code)


@dataclass(frozen=True)
class Told:
    """What a stranger is told of a licence; of a person's name the surname alone."""

    title: Text
    number: str
    holder: str
    issuer: Text
    valid_from: date
    valid_to: date | None
    state: str

    @property
    def in_force(self) -> bool:
        """Whether it is valid today."""
        return Licence(state=self.state, valid_to=self.valid_to).in_force

    @property
    def standing(self) -> str:
        """How it stands, in words."""
        return Licence(state=self.state, valid_to=self.valid_to).standing


@dataclass(frozen=True)
class Shown:
    """What came of reading a code; ``told`` is None where there is none, or its minute is over (``past``)."""

    told: Told | None
    past: bool = False


def begin(licence: Licence, *, by: Actor) -> Code:
    """A new code for a licence that the holder, or who acts for the company, shows now."""
    assert by.account_id is not None  # the house holds nothing
    code, now = verification_code.new(), clock.now()
    Showing.objects.create(
        digest=_digest(code), licence=licence, account=by.account_id, at=now, until=now + LIVES
    )
    using.note(licence, Use.How.SHOWN, by=by.key)
    return Code(code, now + LIVES)


def read(code: str) -> Shown:
    """What a code says; who reads it need not be known, and the holder sees that somebody did."""
    plain = verification_code.read(code)
    if plain is None:
        return Shown(None)
    with connection.cursor() as cursor:
        cursor.execute("select * from licences_shown(%s, %s)", [_digest(plain), clock.now()])
        row = cursor.fetchone()
    if row is None:
        return Shown(None)
    past, *rest = row
    return Shown(None, past=True) if past else Shown(told(rest))


def told(row: list[object]) -> Told:
    """The columns of the functions ``licences_shown`` and ``licences_asked``, in words of two languages."""
    zh, en, number, holder, issuer_zh, issuer_en, valid_from, valid_to, state = row
    return Told(
        title=Text(zh=str(zh), en=str(en)),
        number=str(number),
        holder=str(holder),
        issuer=Text(zh=str(issuer_zh), en=str(issuer_en)),
        valid_from=valid_from,  # type: ignore[arg-type]  # as the database types it
        valid_to=valid_to,  # type: ignore[arg-type]
        state=State(str(state)),
    )


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
