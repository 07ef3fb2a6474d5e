"""SMS 短信: handed to the district's gateway over HTTP, or to the sink where none is named.

The gateway gets ``POST`` with JSON ``{"id", "phone", "text"}``, the token as bearer, and the id once more as
``Idempotency-Key``. 2xx or 409 (known already) is success; 400, 404, 410 and 422 mean that this message can
never arrive; anything else is tried again.
"""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from yizhan.identity import phone
from yizhan.identity.faults import Refused
from yizhan.journal.outbox import Undeliverable
from yizhan.notices import sink
from yizhan.notices.letters import Letter, Receipt
from yizhan.notices.models import Channel

SECONDS = 10
_NEVER = {400, 404, 410, 422}
_KNOWN_ALREADY = 409


class GatewayAway(Exception):
    """The gateway did not answer, or not as it should; later it may."""


def gateway() -> str:
    """The gateway's address; empty where none is named."""
    return str(getattr(settings, "SMS_GATEWAY", ""))


def status() -> str:
    """What the check-up of the house says about SMS."""
    if gateway():
        return _("短信经 %(host)s 发出") % {"host": urlsplit(gateway()).hostname}
    return _("未配置短信网关（YIZHAN_SMS_GATEWAY），短信只在本地留存，不会发出")


def carry(letter: Letter) -> Receipt:
    """Hand one SMS over.

    Raises:
        Undeliverable: the number cannot exist, or the gateway says that it never will arrive.
        GatewayAway: try again later.
    """
    try:
        number = phone.normal(letter.address)
    except Refused as fault:
        raise Undeliverable(str(fault)) from fault
    if not gateway():
        return sink.keep(letter, Channel.SMS)
    status, answer = _post({"id": letter.key, "phone": number, "text": letter.text}, letter.key)
    if status in _NEVER:
        raise Undeliverable(f"{status} {answer}")
    if not (200 <= status < 300 or status == _KNOWN_ALREADY):
        raise GatewayAway(f"{status} {answer}")
    return Receipt(answer)


def _post(body: dict[str, str], key: str) -> tuple[int, str]:
    place = urlsplit(gateway())
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    connection = kind(place.hostname or "", place.port, timeout=SECONDS)
    try:
        connection.request(
            "POST",
            place.path or "/",
            body=json.dumps(body, ensure_ascii=False).encode(),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Authorization": f"Bearer {getattr(settings, 'SMS_GATEWAY_TOKEN', '')}",
                "Idempotency-Key": key,
            },
        )
        response = connection.getresponse()
        return response.status, response.read(2000).decode(errors="replace").strip()[:200]
    except (OSError, HTTPException) as fault:
        raise GatewayAway(f"{type(fault).__name__}: {fault}") from fault
    finally:
        connection.close()
