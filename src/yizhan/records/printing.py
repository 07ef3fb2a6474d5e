"""What a paper says about itself 文书要素: title, number, issuer, date, code, and a QR code."""

from __future__ import annotations

import io
from functools import lru_cache

import segno
from django.conf import settings

from yizhan import clock
from yizhan.records.documents import ENGLISH
from yizhan.records.models import Paper


def shown_on(paper: Paper) -> dict[str, str]:
    """What a template finds in ``paper``: its elements, and where it is verified at this site."""
    return {
        **elements_of(paper),
        "verify_at": address_of("").removesuffix("/").split("://")[-1],
        "qr": qr(address_of(paper.code)),
    }


def elements_of(paper: Paper) -> dict[str, str]:
    """What the paper says about itself wherever the site is found; ``factor`` is empty where nothing is masked."""
    return {
        "title": paper.title,
        "number": paper.number,
        "issuer": paper.issuer,
        "issued_on": paper.issued_at.astimezone(clock.ZONE).date().isoformat(),
        "language": paper.language,
        "code": paper.shown_code,
        "factor": paper.factor,
        **_in_english(paper),
    }


def _in_english(paper: Paper) -> dict[str, str]:
    """Title and issuer beneath the Chinese, where the paper has them; nothing is added to what other papers say."""
    said = paper.data.get(ENGLISH) if isinstance(paper.data, dict) else None
    return {f"{key}_en": said[key] for key in ("title", "issuer")} if said else {}


def address_of(code: str) -> str:
    """Where a code is verified: what the QR code says, and nothing else."""
    return f"{settings.PUBLIC_ADDRESS}/verify/{code}"


@lru_cache(maxsize=16)  # the example of all packs has one, and a paper is set, shown and set again
def qr(address: str) -> str:
    """An address as a code to scan, as SVG."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=0, xmldecl=False)
    return picture.getvalue().decode()
