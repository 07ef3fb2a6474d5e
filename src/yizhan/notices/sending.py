"""Writing a message 发送: rows and the effect, in the transaction of the step that causes them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from yizhan import clock
from yizhan.identity.models import Account
from yizhan.journal import outbox
from yizhan.notices import preferences, quiet, wording
from yizhan.notices.models import Channel, Delivery, Message
from yizhan.notices.recipients import Recipient
from yizhan.releases.words import Text

TOPIC = "notices.deliver"
_NAMES = uuid.UUID("5f0c6a1e-6b57-4f0b-9f5a-6f0f3c0a7d11")  # ours; message ids follow from it and the key


def send(
    to: Account | Recipient,
    release_id: int,
    template: str,
    known: Mapping[str, Any],
    *,
    key: str,
    subject: str = "",
    link: tuple[str, str] | None = None,
    units: Iterable[str] = (),
) -> uuid.UUID | None:
    """Tell somebody something, through every channel of the template that reaches them.

    A pack without the message stays silent.

    Args:
        to: whom.
        release_id: the release of the pack whose text it is.
        template: which of its messages.
        known: what may stand in its places; it takes what it asks for, a check of packs holds that it asks for no
            more. Dates and texts in both languages are written in the recipient's.
        key: what this message is, for ever: ``case:123/accepted``. The same key again sends nothing.
        subject: what it is about, ``case:123``.
        link: name and key of the page it leads to, ``("portal:case", "123")``; an empty key for a page without one.
        units: codes of the units whose staff may see it.

    Returns:
        The message's id, which follows from the key; None where the release has no such message.

    Raises:
        WrongParameters: see :class:`yizhan.notices.wording.WrongParameters`.
        NoReverseMatch: there is no such page.
    """
    if not wording.has(release_id, template):
        return None
    recipient = Recipient.of(to)
    words = wording.find(release_id, template)
    parameters = {one.key: known[one.key] for one in words.parameters if one.key in known}
    page = settings.PUBLIC_ADDRESS + reverse(link[0], args=[link[1]] if link[1] else []) if link else ""
    filled = words.fill(parameters, language=recipient.language, link=page)
    message = Message(
        id=uuid.uuid5(_NAMES, key),
        account=recipient.account,
        release_id=release_id,
        template=template,
        parameters={name: _kept(value) for name, value in parameters.items()},
        language=recipient.language,
        title=filled.title,
        text=filled.text,
        urgent=words.urgent,
        in_app=recipient.account is not None and Channel.APP in words.channels,
        subject=subject,
        link_name=link[0] if link else "",
        link_key=link[1] if link else "",
        units=sorted(set(units)),
    )
    # A way that somebody does not have is not a failure, as long as another one reaches them.
    channels = [channel for channel in words.channels if recipient.address(channel)] or words.channels
    deliveries = [_delivery(message, channel, recipient, filled) for channel in channels]
    Message.objects.bulk_create([message], ignore_conflicts=True)
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    for delivery in deliveries:
        if delivery.state == Delivery.State.WAITING and delivery.held_until is None:
            put_out(delivery)
    return message.id


def put_out(delivery: Delivery) -> None:
    """Leave a delivery to the outbox; a night's wait makes it another errand."""
    outbox.put(TOPIC, {"delivery": str(delivery.id)}, key=f"notices/{delivery.id}/{delivery.nights}")


def _delivery(message: Message, channel: str, recipient: Recipient, filled: wording.Filled) -> Delivery:
    delivery = Delivery(
        id=uuid.uuid5(message.id, channel),
        message=message,
        channel=channel,
        address=recipient.address(channel),
        text=filled.sms if channel == Channel.SMS else "",
    )
    if not delivery.address:
        delivery.end(Delivery.State.FAILED, "no address", tries=0)
    elif channel == Channel.APP:
        delivery.end(Delivery.State.SENT, "", tries=0)
    elif not message.urgent and not _wants(recipient, channel):
        delivery.end(Delivery.State.REFUSED, "", tries=0)
    elif channel == Channel.SMS and not message.urgent:
        delivery.held_until = quiet.held_until(clock.now())
    return delivery


def _wants(recipient: Recipient, channel: str) -> bool:
    return recipient.account is None or preferences.of(recipient.account)[channel]


def _kept(value: Any) -> Any:
    if isinstance(value, Text):
        return value.model_dump()
    return value.isoformat() if isinstance(value, date) else value
