"""How certificates call their holders 证书主体名称: Chinese, whatever language a page is read in."""

from __future__ import annotations

from asn1crypto import x509

from yizhan.keys.algorithms import Family

_AUTHORITIES = {"root": "电子印章根证书", "issuing": "电子印章签发证书", "tsa": "可信时间戳"}


def subject(*, organisation: str, unit: str, name: str) -> x509.Name:
    """C=CN, O, OU where there is one, CN."""
    parts = {"country_name": "CN", "organization_name": organisation}
    if unit:
        parts["organizational_unit_name"] = unit
    return x509.Name.build({**parts, "common_name": name})


def of_authority(holder: str, family: Family, *, organisation: str) -> x509.Name:
    """The subject of ``root``, ``issuing`` or ``tsa``; the national family's bear a mark, so that no two are alike."""
    mark = "（国密）" if family is Family.SM else ""
    return subject(organisation=organisation, unit="", name=_AUTHORITIES[holder] + mark)


def organisation_of(certificate: bytes) -> str:
    """The organisation that a certificate (DER) of ours says."""
    return str(x509.Certificate.load(certificate).subject.native["organization_name"])
