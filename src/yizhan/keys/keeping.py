"""How keys are kept 密钥保管: made, sealed, opened once for a process.

**An opened key stays in the process's memory.** That gives nothing away: this process has the secret that opens
them all, so whoever reads its memory has every key anyway; and to open one takes a journey to the database. A key
that must not lie in memory belongs in a token.
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.db import connection, transaction

from yizhan import clock
from yizhan.keys import sealing, software, token
from yizhan.keys.algorithms import Algorithm, Family
from yizhan.keys.models import Key, SealedKey

_opened: dict[bytes, SigningKey] = {}
"""By public key, which nothing else can have."""


class SigningKey(Protocol):
    """A key that signs, wherever it lies."""

    @property
    def algorithm(self) -> Algorithm:
        """How it signs."""

    @property
    def public_key(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""

    def sign(self, data: bytes) -> bytes:
        """A signature over data: the hash is inside."""


def algorithm_of(family: Family) -> Algorithm:
    """How new keys of a family sign; for the classic one a setting says so."""
    return Algorithm.SM2 if family is Family.SM else Algorithm(settings.CLASSIC_ALGORITHM)


@transaction.atomic
def make(algorithm: Algorithm) -> Key:
    """A new key: in the token where one is set up and knows the algorithm, else in software, sealed.

    Raises:
        Unavailable: the token does not answer, or no SM2 on this machine.
        Unopenable: this installation has no secret.
    """
    if token.is_set_up() and algorithm in token.ALGORITHMS:
        held = token.make(algorithm)
        return Key.objects.create(
            algorithm=algorithm,
            where=Key.Where.TOKEN,
            label=held.label,
            public=held.public_key,
            made_at=clock.now(),
        )
    made = software.generate(algorithm)
    row = Key.objects.create(
        algorithm=algorithm, where=Key.Where.SOFTWARE, public=made.public_key, made_at=clock.now()
    )
    SealedKey.objects.create(key=row, content=sealing.seal(made.pkcs8(), bound_to=made.public_key))
    _opened[made.public_key] = made
    return row


def opened(row: Key) -> SigningKey:
    """The key of a row, ready to sign.

    Raises:
        Unopenable: it was sealed with another secret, or is not there.
        Unavailable: no SM2 on this machine, or the token does not answer.
    """
    public = bytes(row.public)
    known = _opened.get(public)
    if known is None:
        known = _opened[public] = _open(row, public)
    return known


def _open(row: Key, public: bytes) -> SigningKey:
    algorithm = Algorithm(row.algorithm)
    if row.where == Key.Where.TOKEN:
        return token.TokenKey(algorithm, public, row.label)
    with connection.cursor() as cursor:
        cursor.execute("select keys_sealed(%s)", [row.pk])
        (content,) = cursor.fetchone()
    return software.load(algorithm, sealing.opened(bytes(content or b""), bound_to=public))
