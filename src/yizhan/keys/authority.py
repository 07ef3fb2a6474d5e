"""The district's own certificate authority 区级证书认证: founds itself, issues, renews, revokes.

One chain for each family: a root that signs the issuing certificate and nothing else that is in daily use; the issuing
certificate, which signs those of units, staff and the timestamps. An authority that is renewed keeps its key, so that
what it issued before stays under one list; everybody else gets a new key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from asn1crypto import x509
from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.keys import addresses, certificates, keeping, revoking, sm2, subjects, terms
from yizhan.keys.algorithms import Family
from yizhan.keys.certificates import Kind
from yizhan.keys.faults import IssuerGone, NoAuthority, Refused
from yizhan.keys.models import Certificate
from yizhan.keys.revoking import Reason, revocation_list, revoke, withdraw

__all__ = [
    "Reason", "available", "current", "due_for_renewal", "found", "issue", "keep_up", "never_founded", "organisation",
    "renew", "revocation_list", "revoke", "withdraw",
]  # fmt: skip

# Whom a founded family has: what the certificate is for, and who issues it.
_FOUNDED: dict[str, tuple[Kind, str | None]] = {
    "root": (Kind.ROOT, None),
    "issuing": (Kind.ISSUING, "root"),
    "tsa": (Kind.TIMESTAMPS, "issuing"),
}


class Kept(NamedTuple):
    """What was done to keep up: how many lists were published, which certificates were renewed, and which made anew."""

    lists: int
    renewed: list[Certificate]
    anew: list[Certificate]


def available() -> list[Family]:
    """The families that this machine can serve: without Tongsuo the classic one alone."""
    return [family for family in Family if family is not Family.SM or sm2.is_available()]


def never_founded() -> list[Family]:
    """The families that this machine can serve and that never had a root."""
    there = set(Certificate.objects.filter(holder="root").values_list("family", flat=True))
    return [family for family in available() if family not in there]


def organisation() -> str:
    """Whose authority it is, as its latest root says; empty where none was ever founded."""
    latest = Certificate.objects.filter(holder="root").order_by("-not_before").first()
    return subjects.organisation_of(bytes(latest.der)) if latest is not None else ""


@transaction.atomic
def found(
    *, organisation: str, since: datetime | None = None, families: Iterable[Family] | None = None
) -> list[Certificate]:
    """Make what is missing of root, issuing certificate and timestamps; list what was made.

    What was revoked is missing, and what stands below it. That is made anew where somebody decided so: see
    ``./yizhan keys found``.

    Args:
        organisation: whose authority it is, as all its certificates will say: 越秀区人民政府.
        since: from when the certificates hold; now when left out. A demo begins in its past.
        families: of which; of every available one when left out.

    Raises:
        Unavailable: the token does not answer.
        Unopenable: this installation has no secret for its keys.
    """
    made = []
    for family in available() if families is None else families:
        revoking.alone(family)
        for holder, (kind, above) in _FOUNDED.items():
            if _newest(holder, family) is not None:
                continue
            issuer = _newest(above, family) if above else None
            subject = subjects.of_authority(holder, family, organisation=organisation)
            made.append(_make(holder, family, kind, subject, issuer, begin=since))
    return made


def issue(
    holder: str,
    *,
    name: str,
    unit: str = "",
    family: Family = Family.CLASSIC,
    days: int | None = None,
    since: datetime | None = None,
) -> Certificate:
    """A certificate with a key of its own, for sealing or signing.

    Args:
        holder: ``unit:<code>`` or ``staff:<key>``.
        name: the common name: the unit's, or the person's.
        unit: the organisational unit.
        family: which algorithms.
        days: how long it holds; three years for a unit, one for staff when left out. Never longer than its issuer.
        since: from when it holds; now when left out.

    Raises:
        NoAuthority: the family was not founded.
        Unavailable: no SM2 on this machine, or the token does not answer.
    """
    if not holder.startswith(("unit:", "staff:", "seal:")):
        raise Refused(f"no certificate is issued to {holder}")
    issuer = _required("issuing", family)
    organisation = subjects.organisation_of(bytes(issuer.der))
    subject = subjects.subject(organisation=organisation, unit=unit, name=name)
    return _make(holder, family, Kind.SEAL, subject, issuer, begin=since, days=days, unit=unit)


@transaction.atomic
def renew(certificate: Certificate) -> Certificate:
    """A new certificate in the place of one that ends, for as long; the old one stays valid until its end.

    Raises:
        Refused: it was revoked, or renewed before.
        NoAuthority: nobody is there who could issue it.
        Unavailable: no SM2 on this machine, or the token does not answer.
    """
    family = Family(certificate.family)
    revoking.alone(family)
    certificate = Certificate.objects.select_related("key").get(pk=certificate.pk)
    if certificate.is_revoked():
        raise Refused(_("证书或其上级证书已撤销，不能续期；请重新签发。"))
    if Certificate.objects.filter(replaces=certificate).exists():
        raise Refused(_("证书已经续期。"))
    kind, above = _FOUNDED.get(certificate.holder, (Kind.SEAL, "issuing"))
    return _make(
        certificate.holder,
        family,
        kind,
        x509.Certificate.load(bytes(certificate.der)).subject,
        _required(above, family) if above else None,
        days=None if kind is not Kind.SEAL else (certificate.not_after - certificate.not_before).days,
        unit=certificate.unit,
        replaces=certificate,
    )


def current(holder: str, family: Family, at: datetime | None = None) -> Certificate | None:
    """The newest certificate of a holder that may be used at a moment, now when left out."""
    return (
        Certificate.objects.filter(holder=holder, family=family)
        .standing(at or clock.now())
        .select_related("key", "issuer__issuer")  # whoever signs with it brings its chain
        .order_by("-not_before", "-not_after")
        .first()
    )


def due_for_renewal(before: datetime) -> list[Certificate]:
    """Certificates that end before a moment and were not renewed; the first to end comes first.

    None that was revoked, or whose issuer was: such are issued anew.
    """
    ending = Certificate.objects.unrevoked().filter(not_after__lt=before, replaced_by=None)
    return list(ending.select_related("key").order_by("not_after", "serial"))


def keep_up(wanted: Callable[[Certificate], bool] = lambda _certificate: True) -> Kept:
    """What has to be done every day: publish the lists that are due, renew what ends soon.

    Issuing certificates and timestamps are renewed, and those of units, seals and staff that are still wanted. Where the
    certificate of the timestamps was revoked there is a new one, with a new key: without it nothing can be sealed. An
    issuing certificate that was revoked is not replaced by itself; until somebody does, nothing below it is renewed.

    Args:
        wanted: whether a certificate shall be renewed; a unit or a seal may be no more, a person may have left.
    """
    now = clock.now()
    lists = sum(revoking.publish_due(family) for family in available())
    renewed = []
    for one in due_for_renewal(now + terms.renewed_before("issuing")):
        in_time = one.not_after < now + terms.renewed_before(one.holder)
        kept = one.holder in {"issuing", "tsa"} or (
            one.holder.startswith(("unit:", "seal:", "staff:")) and wanted(one)
        )
        if in_time and kept and one.family in available() and _can_be_issued(one):
            renewed.append(renew(one))
    anew = [made for family in available() if (made := _clock_anew(family)) is not None]
    return Kept(lists, renewed, anew)


def _can_be_issued(one: Certificate) -> bool:
    _kind, above = _FOUNDED.get(one.holder, (Kind.SEAL, "issuing"))
    return above is None or _newest(above, Family(one.family)) is not None


@transaction.atomic
def _clock_anew(family: Family) -> Certificate | None:
    revoking.alone(family)
    before = Certificate.objects.filter(holder="tsa", family=family).order_by("-not_before").first()
    issuer = _newest("issuing", family)
    if before is None or issuer is None or _newest("tsa", family) is not None:
        return None
    subject = x509.Certificate.load(bytes(before.der)).subject
    return _make("tsa", family, Kind.TIMESTAMPS, subject, issuer)


def _make(
    holder: str,
    family: Family,
    kind: Kind,
    subject: x509.Name,
    issuer: Certificate | None,
    *,
    begin: datetime | None = None,
    days: int | None = None,
    unit: str = "",
    replaces: Certificate | None = None,
) -> Certificate:
    """Key, certificate and row."""
    not_before = (begin or clock.now()).replace(microsecond=0)
    not_after = not_before + timedelta(days=days) if days else terms.later(not_before, terms.years_of(holder))
    if issuer is not None:
        not_before, not_after = max(not_before, issuer.not_before), min(not_after, issuer.not_after)
    key = replaces.key if replaces and kind.is_authority else keeping.make(keeping.algorithm_of(family))
    signs = keeping.opened(issuer.key if issuer else key)
    above = x509.Certificate.load(bytes(issuer.der)) if issuer else None
    wanted = certificates.Wanted(
        kind=kind,
        subject=subject,
        public_key=bytes(key.public),
        not_before=not_before,
        not_after=not_after,
        serial=certificates.new_serial(),
        lists_at=addresses.list_of(issuer.holder, family) if issuer else "",
        issuer_at=addresses.certificate_of(issuer.holder, family) if issuer else "",
    )
    return Certificate.objects.create(
        serial=f"{wanted.serial:032x}",
        holder=holder,
        name=subject.native["common_name"],
        unit=unit,
        family=family,
        key=key,
        issuer=issuer,
        replaces=replaces,
        not_before=not_before,
        not_after=not_after,
        der=certificates.certify(wanted, by=signs, issuer=above),
    )


def _newest(holder: str, family: Family) -> Certificate | None:
    """The newest that has not ended and hangs under nothing that was revoked; one that begins only later counts."""
    there = Certificate.objects.unrevoked().filter(holder=holder, family=family, not_after__gt=clock.now())
    return there.select_related("key").order_by("-not_before", "-not_after").first()


def _required(holder: str, family: Family) -> Certificate:
    found = _newest(holder, family)
    if found is None:
        if family not in never_founded():
            raise IssuerGone(family)
        raise NoAuthority(_("尚未建立%(family)s的证书认证，或其证书已失效。") % {"family": family.label})
    return found
