"""How staff of the benchmarks' district log in: names, password, and the code of the moment."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

from tests.benchmarks.rig.visitor import Refused, Visitor

PASSWORD = "晨雾里的 白鹭 27"
_STEPS = (0, 1, -1)  # a code is good once; its neighbours are accepted too


def secret_of(name: str) -> str:
    """The secret of somebody's authenticator: nobody's secret, since the district is nobody's."""
    return base64.b32encode(hashlib.sha1(name.encode()).digest()).decode()


def code_of(name: str, *, step: int = 0) -> str:
    """The six digits that somebody's authenticator shows now, or so many half minutes later (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    told = hmac.new(base64.b32decode(secret_of(name)), counter, hashlib.sha1).digest()
    offset = told[-1] & 15
    number = struct.unpack(">I", told[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def log_in(visitor: Visitor, name: str) -> None:
    """Log in through the real pages: user name and password, then the second factor.

    Raises:
        Refused: one of the steps did not lead on.
    """
    first = visitor.fill_in("/staff/login", login=name, password=PASSWORD)
    if first.location != "/staff/second-factor":
        raise Refused(f"{name} is not asked for a code: {first.status} {first.location}")
    for step in _STEPS:
        second = visitor.fill_in(first.location, code=code_of(name, step=step))
        if second.location == "/desk/":
            return
    raise Refused(f"{name} is not let in: {second.status}")


def become(visitor: Visitor, persona: str) -> None:
    """Log in as one of the demo's people.

    Raises:
        Refused: there is no such persona.
    """
    answer = visitor.fill_in("/try/", f"/try/{persona}")
    if answer.status != 302:
        raise Refused(f"/try/{persona}: {answer.status}")
