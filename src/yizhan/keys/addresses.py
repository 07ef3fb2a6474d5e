"""Where the authority's files are 公开地址: what certificates say of it, whoever serves the pages."""

from __future__ import annotations

from django.conf import settings

from yizhan.keys.algorithms import Family


def list_of(issuer: str, family: Family) -> str:
    """The address of the list of an issuer's (``root`` or ``issuing``) revoked certificates."""
    return f"{settings.PUBLIC_ADDRESS}/pki/{family}{'-root' if issuer == 'root' else ''}.crl"


def certificate_of(issuer: str, family: Family) -> str:
    """The address of an issuer's certificate."""
    return f"{settings.PUBLIC_ADDRESS}/pki/{family}-{issuer}.cer"
