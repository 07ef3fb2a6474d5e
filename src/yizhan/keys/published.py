"""What everybody may fetch 公开文件: the authority's certificates and its lists, under addresses that certificates name.

``/pki/classic.crl``, ``classic-root.crl``, ``classic-issuing.cer``, ``classic-root.cer``; and the same with ``sm``.
"""

from __future__ import annotations

from typing import NamedTuple

from yizhan.keys import authority
from yizhan.keys.algorithms import Family


class Published(NamedTuple):
    """A file that is public."""

    content: bytes
    content_type: str


def published(name: str) -> Published | None:
    """The file of a name; None where there is none, also while a family was not founded.

    A list that is older than a day is published anew for this.
    """
    stem, _dot, kind = name.partition(".")
    word, _hyphen, role = stem.partition("-")
    if word not in Family.values or role not in {"", "issuing", "root"}:
        return None
    family = Family(word)
    if authority.current("root", family) is None:
        return None
    if kind == "cer" and role:
        found = authority.current(role, family)
        return Published(bytes(found.der), "application/pkix-cert") if found else None
    if kind == "crl" and role in {"", "root"}:
        return Published(authority.revocation_list(family, of=role or "issuing"), "application/pkix-crl")
    return None
