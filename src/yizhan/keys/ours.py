"""What a certificate is, by the authority of this house 本区证书状态."""

from __future__ import annotations

from datetime import datetime

from yizhan.keys.chains import Standing, judge
from yizhan.keys.models import Certificate, RevocationList


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
