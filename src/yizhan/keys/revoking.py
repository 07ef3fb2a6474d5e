"""Revocation 撤销: a certificate's end before its time, and the lists that tell everybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from asn1crypto import x509
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yizhan import clock
from yizhan.keys import keeping, revocation_lists, terms
from yizhan.keys.algorithms import Family
from yizhan.keys.faults import NoAuthority, Refused
from yizhan.keys.models import Certificate, Key, RevocationList


class Reason(models.TextChoices):
    """Why, as lists tell it 撤销原因 (RFC 5280); what happened stands beside it in words."""

    UNSPECIFIED = "unspecified", lazy("未说明")
    KEY_COMPROMISE = "key_compromise", lazy("密钥泄露或可能泄露")
    AFFILIATION_CHANGED = "affiliation_changed", lazy("单位或人员信息变更")
    SUPERSEDED = "superseded", lazy("已被新证书取代")
    CESSATION_OF_OPERATION = "cessation_of_operation", lazy("单位撤销或停止使用")


@transaction.atomic
def revoke(
    certificate: Certificate,
    *,
    by: str,
    because: str,
    reason: Reason = Reason.UNSPECIFIED,
    at: datetime | None = None,
) -> Certificate:
    """End a certificate before its time, and publish its issuer's list at once.

    An issuing certificate that was renewed kept its key: all that have this key end together.

    Args:
        certificate: of a unit, of staff, of the timestamps, or an issuing one.
        by: who revokes, as the journal names them.
        because: what happened, in words; for the house, lists do not hold it.
        reason: what lists say.
        at: from when nothing is valid any more that was signed with it; now when left out, never later.

    Raises:
        Refused: it was revoked before, is a root, nothing is said why, or the moment lies in the future.
        NoAuthority: its issuer is no more.
    """
    if certificate.issuer_id is None:
        raise Refused(_("根证书不能单独撤销：请用 ./yizhan keys found --anew 停用并重新建立证书认证。"))
    if not because.strip():
        raise Refused(_("请写明撤销原因。"))
    now = clock.now()
    moment = (at or now).replace(microsecond=0)
    if moment > now:
        raise Refused(_("撤销时间不能晚于现在。"))
    alone(Family(certificate.family))
    certificate.refresh_from_db()
    if certificate.revoked_at is not None:
        raise Refused(_("证书已经撤销。"))
    Certificate.objects.filter(key=certificate.key, revoked_at=None).update(
        revoked_at=moment, revoked_by=by, revoked_because=because.strip(), revoked_reason=reason
    )
    certificate.refresh_from_db()
    assert certificate.issuer is not None
    _publish(certificate.issuer)
    return certificate


@transaction.atomic
def withdraw(family: Family, *, by: str, because: str) -> list[Certificate]:
    """Trust the roots of a family no more, since others may have their keys; which ones.

    What was sealed below them proves nothing any more: whoever has the keys seals with any date. No list tells strangers
    of a root; they have to be given the next one. No old key signs here, so that it works without their secret.

    Raises:
        Refused: nothing is said why.
    """
    if not because.strip():
        raise Refused(_("请写明撤销原因。"))
    alone(family)
    chain = Certificate.objects.filter(family=family, holder__in=("root", "issuing", "tsa"), revoked_at=None)
    roots = list(chain.filter(holder="root"))
    chain.update(
        revoked_at=clock.now().replace(microsecond=0),
        revoked_by=by,
        revoked_because=because.strip(),
        revoked_reason=Reason.KEY_COMPROMISE,
    )
    return roots


def revocation_list(family: Family, *, of: str = "issuing") -> bytes:
    """The list of an issuer (``issuing`` or ``root``), DER; published anew when it is older than a day.

    Raises:
        NoAuthority: the family was not founded.
        Unavailable, Unopenable: a new one is due and its key cannot sign.
    """
    issuer = _issuer(of, family)
    found = _newest(issuer.key)
    if found is None or not _is_fresh(found):
        found = _anew(issuer, family)
    return bytes(found.der)


def fresh_lists(issuers: Iterable[Certificate]) -> list[bytes] | None:
    """The present list of each issuer, in their order, in one statement; None where one is due to be published anew."""
    wanted = [one.key_id for one in issuers]
    newest = RevocationList.objects.filter(key__in=wanted).order_by("key", "-number").distinct("key")
    found = {one.key_id: bytes(one.der) for one in newest if _is_fresh(one)}
    return [found[key] for key in wanted] if found.keys() == set(wanted) else None


def publish_due(family: Family) -> int:
    """Publish the lists of a family that are older than a day; how many."""
    many = 0
    for of in ("root", "issuing"):
        try:
            issuer = _issuer(of, family)
        except NoAuthority:
            continue
        found = _newest(issuer.key)
        if found is None or not _is_fresh(found):
            _anew(issuer, family)
            many += 1
    return many


def list_at(issuer: Certificate) -> RevocationList | None:
    """The newest list that an issuer published, if it published one."""
    return _newest(issuer.key)


def alone(family: Family) -> None:
    """Nobody else founds, renews or publishes in this family until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('keys'), hashtext(%s))", [family.value])


@transaction.atomic
def _anew(issuer: Certificate, family: Family) -> RevocationList:
    """Of two that find a list due, the second one gets what the first one published."""
    alone(family)
    found = _newest(issuer.key)
    return found if found is not None and _is_fresh(found) else _publish(issuer)


def _publish(issuer: Certificate) -> RevocationList:
    """A new list of everything that this key ever revoked: papers are checked long after a certificate has ended."""
    before, now = _newest(issuer.key), clock.now().replace(microsecond=0)
    number = before.number + 1 if before else 1
    revoked = Certificate.objects.filter(issuer__key=issuer.key).exclude(revoked_at=None).order_by("serial")
    entries = [
        revocation_lists.Revoked(int(one.serial, 16), one.revoked_at, one.revoked_reason)
        for one in revoked
        if one.revoked_at is not None
    ]
    der = revocation_lists.sign(
        entries,
        by=keeping.opened(issuer.key),
        issuer=x509.Certificate.load(bytes(issuer.der)).subject,
        number=number,
        issued_at=now,
        next_update=now + terms.LIST_HOLDS,
    )
    return RevocationList.objects.create(
        key=issuer.key, number=number, issued_at=now, next_update=now + terms.LIST_HOLDS, der=der
    )


def _newest(key: Key) -> RevocationList | None:
    return RevocationList.objects.filter(key=key).order_by("-number").first()


def _is_fresh(one: RevocationList) -> bool:
    """Not older than a day; one from the future was published before somebody set the clock back."""
    return one.issued_at <= clock.now() < one.issued_at + terms.LIST_IS_FRESH


def _issuer(of: str, family: Family) -> Certificate:
    """Whose list it is: the present issuer's; where it was revoked and has no successor, it goes on publishing."""
    there = Certificate.objects.filter(holder=of, family=family, not_after__gt=clock.now())
    present_first = models.F("revoked_at").desc(nulls_first=True)
    found = there.select_related("key").order_by(present_first, "-not_before", "-not_after").first()
    if found is None:
        raise NoAuthority(_("尚未建立%(family)s的证书认证，或其证书已失效。") % {"family": family.label})
    return found
