"""Carrying messages out 送达: each delivery is performed at least once, under a key that stays the same.

A delivery that ended is never performed again. Should a worker die between sending and writing that down, the
gateway gets the same key once more and knows the repetition by it.
"""

from __future__ import annotations

from collections.abc import Callable

from yizhan import clock, journal
from yizhan.journal import outbox, work
from yizhan.notices import mail, quiet, sms
from yizhan.notices.letters import Letter, Receipt
from yizhan.notices.models import Channel, Delivery
from yizhan.notices.sending import TOPIC, put_out

BATCH = 200
CARRIERS: dict[str, Callable[[Letter], Receipt]] = {Channel.SMS: sms.carry, Channel.MAIL: mail.carry}


@outbox.handles(TOPIC)
def deliver(errand: outbox.Errand) -> None:
    """Perform one delivery, unless it has ended; at night an SMS is laid aside instead."""
    delivery = Delivery.objects.select_related("message").select_for_update(of=("self",)).get(
        id=errand.body["delivery"]
    )  # fmt: skip
    if delivery.state != Delivery.State.WAITING or _laid_aside(delivery):
        return
    try:
        receipt = CARRIERS[delivery.channel](_letter(delivery))
    except outbox.Undeliverable as fault:
        delivery.end(Delivery.State.FAILED, str(fault), tries=errand.tries + 1)
        journal.write(
            "message.undeliverable",
            subject=delivery.message.subject or f"message:{delivery.message_id}",
            message=str(delivery.message_id),
            channel=delivery.channel,
        )
    else:
        state = Delivery.State.SUNK if receipt.sunk else Delivery.State.SENT
        delivery.end(state, receipt.answer, tries=errand.tries + 1)
    delivery.save(update_fields=Delivery.ENDING)


@work.round("messages of the night")
def wake() -> int:
    """Give the outbox what was held for the night; how many."""
    with work.one_transaction():
        held = Delivery.objects.filter(state=Delivery.State.WAITING, held_until__lte=clock.now())
        due = list(held.select_for_update(skip_locked=True)[:BATCH])
        for delivery in due:
            delivery.held_until, delivery.nights = None, delivery.nights + 1
            delivery.save(update_fields=["held_until", "nights"])
            put_out(delivery)
    return len(due)


def _laid_aside(delivery: Delivery) -> bool:
    """A worker that comes late must not ring at night what was written in the evening."""
    if delivery.channel != Channel.SMS or delivery.message.urgent:
        return False
    delivery.held_until = quiet.held_until(clock.now())
    if delivery.held_until is None:
        return False
    delivery.save(update_fields=["held_until"])
    return True


def _letter(delivery: Delivery) -> Letter:
    message = delivery.message
    return Letter(
        key=str(delivery.id),
        address=delivery.address,
        title=message.title,
        text=delivery.text or message.text,
    )
