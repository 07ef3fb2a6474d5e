"""Whether a certificate may be believed at a moment 证书状态: by signatures, times and lists, for both families.

:func:`judge` is pure: it needs no database, only what lies in a file, so that a paper can be checked anywhere.
:func:`standing` takes the issuers and lists from our rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from asn1crypto import crl, x509
from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.keys import verifying
from yizhan.keys.models import Certificate, RevocationList

_DEEPEST = 6
"""Certificates in a chain: longer ones are nobody's."""


class Standing(models.TextChoices):
    """What a certificate is at a moment 证书状态."""

    GOOD = "good", _("证书有效")
    NOT_YET = "not_yet", _("尚未生效")
    ENDED = "ended", _("已过有效期")
    REVOKED = "revoked", _("证书已撤销")
    UNKNOWN = "unknown", _("不是由所信任的机构签发")
    FORGED = "forged", _("签发者的签名不正确")
    UNLISTED = "unlisted", _("没有可用的撤销列表，无法确认是否已撤销")


def judge(
    certificate: bytes,
    *,
    issuers: Iterable[bytes],
    roots: Iterable[bytes],
    lists: Iterable[bytes],
    at: datetime,
) -> Standing:
    """What a certificate (DER) is at a moment, from what is given; what is not proved is not good.

    Args:
        certificate: the one that signed.
        issuers: certificates that may stand above it, in any order; nothing is believed of them.
        roots: those that are trusted.
        lists: lists of revoked certificates: each certificate but the root needs one of its issuer, the last one counts.
        at: the moment, such as that of a timestamp.

    Raises:
        Unavailable: SM2 certificates, and no SM2 on this machine.
    """
    try:
        one = x509.Certificate.load(certificate, strict=True)
        trusted = [x509.Certificate.load(root, strict=True) for root in roots]
        above = [*trusted, *(x509.Certificate.load(issuer, strict=True) for issuer in issuers)]
        known = [crl.CertificateList.load(each, strict=True) for each in lists]
    except (ValueError, TypeError):
        return Standing.FORGED
    anchors = {root.dump() for root in trusted}
    for depth in range(_DEEPEST):
        if (wrong := _in_time(one, at)) is not None:
            return wrong
        if one.dump() in anchors:
            return Standing.GOOD
        candidates = [each for each in above if each.subject == one.issuer and _may_issue(each, depth)]
        if not candidates:
            return Standing.UNKNOWN
        issuer = next(
            (each for each in candidates if _signed(one, "tbs_certificate", "signature_value", each)), None
        )
        if issuer is None:
            return Standing.FORGED
        if (wrong := _by_lists(one, issuer, known, at)) is not None:
            return wrong
        one = issuer
    return Standing.UNKNOWN


def standing(certificate: bytes, at: datetime) -> Standing:
    """What a certificate (DER) is at a moment, by the authority of this house and its newest lists.

    Raises:
        Unavailable: SM2 certificates, and no SM2 on this machine.
    """
    authorities = Certificate.objects.filter(holder__in=("root", "issuing"))
    newest = RevocationList.objects.order_by("key", "-number").distinct("key")
    return judge(
        certificate,
        issuers=[bytes(one.der) for one in authorities if one.holder == "issuing"],
        roots=[bytes(one.der) for one in authorities if one.holder == "root"],
        lists=[bytes(one.der) for one in newest],
        at=at,
    )


def chain_of(certificate: bytes) -> list[bytes]:
    """The certificates above one of ours (DER): issuing, root; nothing for a stranger's."""
    try:
        serial = x509.Certificate.load(certificate, strict=True).serial_number
    except (ValueError, TypeError):
        return []
    found = Certificate.objects.filter(serial=f"{serial:032x}").first()
    if found is None or bytes(found.der) != certificate:
        return []
    return [bytes(one.der) for one in found.above()]


def _in_time(one: x509.Certificate, at: datetime) -> Standing | None:
    if at < one.not_valid_before:
        return Standing.NOT_YET
    return Standing.ENDED if at > one.not_valid_after else None


def _may_issue(one: x509.Certificate, below: int) -> bool:
    """Whether it is an authority, with as many authorities below it as it may have."""
    limits, usage = one.basic_constraints_value, one.key_usage_value
    if limits is None or not limits["ca"].native or usage is None or "key_cert_sign" not in usage.native:
        return False
    depth = limits["path_len_constraint"].native
    return depth is None or below <= depth


def _by_lists(
    one: x509.Certificate, issuer: x509.Certificate, known: list[crl.CertificateList], at: datetime
) -> Standing | None:
    own = [
        each
        for each in known
        if each.issuer == issuer.subject and _signed(each, "tbs_cert_list", "signature", issuer)
    ]
    if not own:
        return Standing.UNLISTED
    last = max(own, key=lambda each: each["tbs_cert_list"]["this_update"].native)
    for line in last["tbs_cert_list"]["revoked_certificates"]:
        if line["user_certificate"].native == one.serial_number and line["revocation_date"].native <= at:
            return Standing.REVOKED
    ends = last["tbs_cert_list"]["next_update"].native
    return Standing.UNLISTED if ends is None or ends < at else None


def _signed(
    one: x509.Certificate | crl.CertificateList, body: str, signature: str, by: x509.Certificate
) -> bool:
    algorithm = one["signature_algorithm"]["algorithm"].native
    inner = one[body]["signature"]["algorithm"].native
    if algorithm != inner or (algorithm == "sm3_sm2") != verifying.is_sm2(by.public_key.dump()):
        return False
    digest, _sign, _key = str(algorithm).partition("_")
    return verifying.by_public_key(
        by.public_key.dump(), one[body].dump(), one[signature].native, digest=digest
    )
