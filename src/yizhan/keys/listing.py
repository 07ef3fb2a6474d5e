"""What there is 证书一览: for whoever runs the house, and roots for whoever checks papers elsewhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import pem
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.keys.models import Certificate

_FIRST = {"root": 0, "issuing": 1, "tsa": 2}


@dataclass(frozen=True)
class Line:
    """One certificate, as a list shows it."""

    serial: str
    family: str
    holder: str
    name: str
    since: datetime
    until: datetime
    """In district time."""
    state: str
    """In the reader's language."""
    revoked_by: str = ""
    """As the journal names them; empty where it stands, or where nobody wrote it down."""
    because: str = ""
    """Why it was revoked."""


def lines(*, everything: bool = False) -> list[Line]:
    """The certificates in use, or all that ever were; authorities first, then by holder."""
    now = clock.now()
    rows = Certificate.objects.select_related("replaced_by", "issuer__issuer").order_by(
        "family", "holder", "not_before", "serial"
    )
    if not everything:
        rows = rows.standing(now).filter(replaced_by=None)
    ordered = sorted(rows, key=lambda one: (one.family, _FIRST.get(one.holder, len(_FIRST))))
    return [_line(one, now) for one in ordered]


def of(holder: str) -> list[Line]:
    """All certificates that a holder ever had, the newest first."""
    rows = Certificate.objects.select_related("replaced_by", "issuer__issuer").filter(holder=holder)
    return [_line(one, clock.now()) for one in rows.order_by("-not_before", "family")]


def find(serial: str) -> Certificate | None:
    """The certificate of a number, in whatever way it was written: with colons, in capitals."""
    plain = serial.replace(":", "").replace(" ", "").lower()
    return Certificate.objects.select_related("key").filter(serial=plain.zfill(32)).first()


def roots() -> list[Certificate]:
    """The roots: for each family the newest first, then those before it, which old papers need; none that was withdrawn."""
    return list(Certificate.objects.unrevoked().filter(holder="root").order_by("family", "-not_before"))


def root_files() -> dict[str, bytes]:
    """Files for a checker elsewhere, by name: ``<family>-root.cer`` (DER) of today, and all roots as ``roots.pem``."""
    found: dict[str, bytes] = {}
    for one in roots():
        found.setdefault(f"{one.family}-root.cer", bytes(one.der))
    if found:
        found["roots.pem"] = b"".join(pem.armor("CERTIFICATE", bytes(one.der)) for one in roots())
    return found


def fingerprint(certificate: Certificate) -> str:
    """The SHA-256 of a certificate as people compare it: pairs with colons."""
    return hashlib.sha256(bytes(certificate.der)).digest().hex(":").upper()


def _line(one: Certificate, now: datetime) -> Line:
    return Line(
        one.serial,
        one.family,
        one.holder,
        one.name,
        one.not_before.astimezone(clock.ZONE),
        one.not_after.astimezone(clock.ZONE),
        _state(one, now),
        one.revoked_by,
        one.revoked_because,
    )


def _state(one: Certificate, now: datetime) -> str:
    if one.revoked_at is not None:
        return _("已于 %(day)s 撤销") % {"day": f"{one.revoked_at.astimezone(clock.ZONE):%Y-%m-%d}"}
    if one.is_revoked():
        return _("上级证书已撤销")
    if one.not_after < now:
        return _("已过有效期")
    if one.not_before > now:
        return _("尚未生效")
    return _("已续期") if hasattr(one, "replaced_by") else _("使用中")
