"""Whether a certificate may be believed at a moment 证书状态: by signatures, times and lists, for both families.

:func:`judge` is pure: it needs no database, only what lies in a file, so that a paper can be checked anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from asn1crypto import crl, x509
from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.keys import reading, verifying

_DEEPEST, _MOST = 6, 32
"""Certificates in a chain, and those that a file may bring: more are nobody's, and only cost time."""


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
    wherever: bool = True,
) -> Standing:
    """What a certificate (DER) is at a moment, from what is given; what is not proved is not good.

    Args:
        certificate: the one that signed.
        issuers: certificates that may stand above it, in any order; nothing is believed of them.
        roots: those that are trusted.
        lists: lists of revoked certificates: each certificate but the root needs one of its issuer, the last one counts.
        at: the moment, such as that of a timestamp.
        wherever: whether a certificate needs a list even where it says itself that there is none, naming no address of
            one. Ours always name one; those of strangers' authorities need not.

    Raises:
        Unavailable: SM2 certificates, and no SM2 on this machine.
    """
    one = reading.certificate(certificate)
    if one is None:
        return Standing.FORGED
    return _Judge(_read(roots), _read(issuers), lists, at, wherever=wherever).up(one, 0)


class _Judge:
    """Looks for a way up to a root; what was found out once is not asked again, however a file is made."""

    def __init__(
        self,
        roots: list[x509.Certificate],
        issuers: list[x509.Certificate],
        lists: Iterable[bytes],
        at: datetime,
        *,
        wherever: bool,
    ) -> None:
        self._wherever = wherever
        self._anchors = {root.dump() for root in roots}
        above = [*roots, *(one for one in issuers if one.dump() not in self._anchors)][:_MOST]
        self._above = [(one.subject.hashable, one) for one in above]
        known = map(reading.revocation_list, dict.fromkeys(islice(lists, _MOST)))
        self._lists = [(each.issuer.hashable, each) for each in known if each is not None]
        self._at = at
        self._ways: dict[tuple[bytes, int], Standing] = {}
        self._told: dict[tuple[int, bytes], Standing | None] = {}
        self._signatures: dict[tuple[int, bytes], bool] = {}

    def up(self, one: x509.Certificate, below: int) -> Standing:
        """What a certificate is that has so many authorities below it."""
        known = self._ways.get((one.dump(), below))
        if known is None:
            known = self._ways[one.dump(), below] = self._in_time(one) or self._way(one, below)
        return known

    def _way(self, one: x509.Certificate, below: int) -> Standing:
        if one.dump() in self._anchors:
            return Standing.GOOD
        above = one.issuer.hashable
        named = [each for name, each in self._above if name == above and _may_issue(each, below)]
        if not named or below >= _DEEPEST:
            return Standing.UNKNOWN
        found = []
        for issuer in named:
            if not self._signed(one, "tbs_certificate", "signature_value", issuer):
                continue
            above = self.up(issuer, below + 1)
            is_known = above not in (Standing.UNKNOWN, Standing.FORGED)
            found.append((self._by_lists(one, issuer) or above) if is_known else above)
            if found[-1] is Standing.GOOD:
                return Standing.GOOD
        return found[0] if found else Standing.FORGED

    def _in_time(self, one: x509.Certificate) -> Standing | None:
        if self._at < one.not_valid_before:
            return Standing.NOT_YET
        return Standing.ENDED if self._at > one.not_valid_after else None

    def _by_lists(self, one: x509.Certificate, issuer: x509.Certificate) -> Standing | None:
        """What the last list of its issuer says of it; None when it says nothing and holds at the moment."""
        asked = (id(one), issuer.public_key.dump())
        if asked not in self._told:
            self._told[asked] = self._by_last_list(one, issuer)
        return self._told[asked]

    def _by_last_list(self, one: x509.Certificate, issuer: x509.Certificate) -> Standing | None:
        by_name = [each for name, each in self._lists if name == issuer.subject.hashable]
        own = [each for each in by_name if self._signed(each, "tbs_cert_list", "signature", issuer)]
        if not own:
            return Standing.UNLISTED if self._wherever or _names_a_list(one) else None
        last = max(own, key=lambda each: each["tbs_cert_list"]["this_update"].native)["tbs_cert_list"]
        try:
            for line in last["revoked_certificates"]:
                if (
                    line["user_certificate"].native == one.serial_number
                    and line["revocation_date"].native <= self._at
                ):
                    return Standing.REVOKED
        except reading.UNREADABLE:
            return Standing.UNLISTED
        ends = last["next_update"].native
        return Standing.UNLISTED if ends is None or ends < self._at else None

    def _signed(
        self, one: x509.Certificate | crl.CertificateList, body: str, signature: str, by: x509.Certificate
    ) -> bool:
        key = by.public_key.dump()
        known = self._signatures.get((id(one), key))
        if known is None:
            known = self._signatures[id(one), key] = _is_signed(one, body, signature, key)
        return known


def _read(certificates: Iterable[bytes]) -> list[x509.Certificate]:
    found = map(reading.certificate, dict.fromkeys(islice(certificates, _MOST)))
    return [one for one in found if one is not None]


def _may_issue(one: x509.Certificate, below: int) -> bool:
    """Whether it is an authority, with as many authorities below it as it may have."""
    limits, usage = one.basic_constraints_value, one.key_usage_value
    if limits is None or not limits["ca"].native or usage is None or "key_cert_sign" not in usage.native:
        return False
    depth = limits["path_len_constraint"].native
    return depth is None or below <= depth


def _names_a_list(one: x509.Certificate) -> bool:
    """Whether it says where one can ask if it was revoked; what cannot be read, says so."""
    try:
        return bool(one.crl_distribution_points_value) or bool(one.ocsp_urls)
    except reading.UNREADABLE:
        return True


def _is_signed(one: x509.Certificate | crl.CertificateList, body: str, signature: str, key: bytes) -> bool:
    algorithm = one["signature_algorithm"]["algorithm"].native
    if algorithm != one[body]["signature"]["algorithm"].native:
        return False
    if (algorithm == "sm3_sm2") != verifying.is_sm2(key):
        return False
    digest, _sign, _key = str(algorithm).partition("_")
    return verifying.by_public_key(key, one[body].dump(), one[signature].native, digest=digest)
