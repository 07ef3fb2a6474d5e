"""A message is written once with its step, leaves once through each channel, and its fate is known."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from django.urls import NoReverseMatch

from yizhan import clock, notices
from yizhan.identity import scope
from yizhan.journal import outbox
from yizhan.journal.models import Effect, News
from yizhan.notices import delivering, inbox, preferences, sink
from yizhan.notices.models import Delivery, Message
from yizhan.notices.recipients import Recipient

VALUES = {"name": "陈玥堃", "item": "高龄津贴", "due": date(2026, 12, 4)}
LINK = ("portal:case", "440199-1")


@pytest.fixture
def send(release):
    def send_message(to, template="accepted", parameters=None, *, key="case:1/accepted", **more):
        values = parameters or (VALUES if template == "accepted" else {})
        return notices.send(to, release.id, template, values, key=key, **{"subject": "case:1", **more})

    return send_message


def test_told_is_what_the_message_asks_for_and_nothing_where_the_pack_has_no_such_message(
    service, release, chen
):
    known = {**VALUES, "reason": "nobody asks for it"}
    told = notices.send(chen, release.id, "accepted", known, key="case:1/accepted")
    assert set(Message.objects.get(id=told).parameters) == set(VALUES)
    assert notices.send(chen, release.id, "forgotten", known, key="case:1/forgotten") is None
    assert Message.objects.count() == 1


def states(message):
    return dict(Delivery.objects.filter(message=message).values_list("channel", "state"))


def deliver(times=1):
    """Let the worker do what waits now; what failed before is due again."""
    done = 0
    for _ in range(times):
        Effect.objects.update(next_try_at=Now())
        done += outbox.deliver()
    return done


def test_a_message_goes_through_every_channel(service, send, chen, gateway, mail_server):
    message = send(chen, link=LINK)
    assert states(message) == {"app": "sent", "sms": "waiting", "mail": "waiting"}
    assert deliver() == 2
    assert states(message) == {"app": "sent", "sms": "sent", "mail": "sent"}

    (headers, body), = gateway.got  # fmt: skip
    assert body["phone"] == "13900000001"
    assert body["text"] == (
        "【云津区政务服务网】陈玥堃您好，“高龄津贴”已受理，2026年12月4日前办结。"
        "详见 https://yizhan.example.gov.cn/my/case/440199-1/"
    )
    assert headers["Authorization"] == "Bearer token of the house"
    assert headers["Idempotency-Key"] == body["id"]

    (mail,) = mail_server.mails
    assert "To: chen@example.org" in mail
    assert "From: no-reply@yizhan.example.gov.cn" in mail
    assert "Auto-Submitted: auto-generated" in mail

    delivery = Delivery.objects.get(channel="sms")
    assert (delivery.answer, delivery.tries, delivery.ended_at) == ("queued", 1, clock.now())


def test_the_inbox_has_it_in_the_words_of_that_day(service, send, chen):
    message = Message.objects.get(id=send(chen, link=LINK))
    assert message.title == "您的申请已受理"
    assert message.parameters["due"] == "2026-12-04"
    assert message.created_at == clock.now()
    assert message.url == "/my/case/440199-1/"
    message.link_name = "portal:gone"
    assert message.url == ""


def test_people_are_told_in_their_own_language(service, send, citizen, mail_server):
    english = citizen(name="Ann", phone="13900000009", email="ann@example.org", language="en")
    message = Message.objects.get(id=send(english, parameters={**VALUES, "name": "Ann"}))
    assert message.title == "Your application was accepted"
    assert "by 4 Dec 2026" in message.text
    deliver()
    assert "Subject: Your application was accepted" in mail_server.mails[0]


def test_somebody_without_an_account_is_told_by_phone(service, send, gateway):
    message = send(Recipient(phone="13900000003"))
    deliver()
    assert states(message) == {"sms": "sent"}


def test_whom_nothing_reaches_is_not_passed_over_in_silence(service, send):
    message = send(Recipient())
    assert states(message) == {"app": "failed", "sms": "failed", "mail": "failed"}
    assert Delivery.objects.get(channel="mail").answer == "no address"


def test_the_same_key_sends_nothing_again(service, send, chen, gateway):
    first = send(chen)
    deliver()
    assert send(chen, parameters={**VALUES, "item": "另一件"}) == first
    deliver()
    assert Message.objects.count() == 1
    assert "高龄津贴" in Message.objects.get().text
    assert len(gateway.got) == 1


def test_a_step_that_is_undone_tells_nobody(service, send, chen, gateway):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(chen)
        1 / 0  # noqa: B018
    deliver()
    assert gateway.got == []
    assert not Message.objects.exists()


def test_a_link_to_nowhere_is_a_mistake_of_the_program(service, send, chen):
    with pytest.raises(NoReverseMatch):
        send(chen, link=("portal:nowhere", "1"))
    assert not Message.objects.exists()


# --- what goes wrong on the way --------------------------------------------------------------------------


def test_a_worker_that_dies_between_sending_and_writing_sends_nothing_twice(
    service, send, chen, gateway, monkeypatch
):
    send(chen, template="warned", key="w")
    monkeypatch.setattr(
        Delivery, "save", lambda self, **_: (_ for _ in ()).throw(ConnectionError("power cut"))
    )
    deliver()
    assert (len(gateway.got), len(gateway.sent)) == (1, 1)
    assert Delivery.objects.get(channel="sms").state == "waiting"
    monkeypatch.undo()
    deliver()
    assert (len(gateway.got), len(gateway.sent)) == (2, 1)
    assert gateway.got[0][1] == gateway.got[1][1]
    assert Delivery.objects.get(channel="sms").state == "sent"


def test_a_delivery_that_ended_is_never_performed_again(service, send, chen, gateway):
    send(chen, template="warned", key="w")
    deliver()
    Effect.objects.update(done_at=None)
    deliver()
    assert len(gateway.got) == 1


def test_a_gateway_that_is_away_is_tried_again(service, send, chen, gateway):
    gateway.answers[:] = [503, 429, 500]
    message = send(chen, template="warned", key="w")
    deliver(3)
    assert states(message)["sms"] == "waiting"
    deliver()
    delivery = Delivery.objects.get(channel="sms")
    assert (delivery.state, delivery.tries) == ("sent", 4)
    assert len(gateway.sent) == 1


def test_nobody_listening_is_away_too(service, send, chen, settings):
    settings.SMS_GATEWAY = "http://127.0.0.1:9/"
    message = send(chen, template="warned", key="w")
    deliver()
    assert states(message)["sms"] == "waiting"
    assert "GatewayAway" in Effect.objects.get().fault


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_what_the_gateway_will_never_deliver_is_known_and_told(service, send, chen, gateway, status):
    gateway.answers[:] = [status]
    message = send(chen, template="warned", key="w")
    deliver(3)
    delivery = Delivery.objects.get(channel="sms")
    assert (delivery.state, delivery.answer, len(gateway.got)) == ("failed", f"{status} no", 1)
    news = News.objects.get(kind="message.undeliverable")
    assert (news.subject, news.data) == ("case:1", {"message": str(message), "channel": "sms"})


@pytest.mark.parametrize(
    "phone", ["12345", "13900000001;13900000002", "１３９", "+86 1390000", "javascript:1"]
)
def test_an_impossible_number_never_reaches_the_gateway(service, send, gateway, phone):
    message = send(Recipient(phone=phone))
    deliver()
    assert states(message)["sms"] == "failed"
    assert gateway.got == []


@pytest.mark.parametrize(
    "mail", ["not an address", "a@b\r\nBcc: x@example.org", "a@example.org, b@example.org", "<a@b.cn>"]
)
def test_an_impossible_mail_address_never_reaches_the_server(service, send, mail_server, mail):
    message = send(Recipient(mail=mail))
    deliver()
    assert states(message)["mail"] == "failed"
    assert mail_server.mails == []


def test_a_mail_to_nobody_fails_and_a_busy_server_is_tried_again(service, send, mail_server):
    nobody = send(Recipient(mail="no.one@example.org"), key="1")
    later = send(Recipient(mail="later@example.org"), key="2")
    deliver()
    assert states(nobody)["mail"] == "failed"
    assert Delivery.objects.get(message=nobody, channel="mail").answer == "550 no such person"
    assert states(later)["mail"] == "waiting"


def test_no_value_gets_out_of_its_place_in_a_mail(service, send, mail_server):
    evil = {"name": "x\r\nBcc: all@example.org\r\n\r\n<script>", "item": "\n.\nQUIT\n", "due": "\u202e明天"}
    send(Recipient(mail="a@example.org"), parameters=evil)
    deliver()
    (mail,) = mail_server.mails
    head, _, body = mail.partition("\r\n\r\n")
    assert "Bcc" not in head
    assert "all@example.org" not in head
    assert "Content-Type: text/plain" in head
    assert body


def test_two_workers_deliver_everything_once(committed, pack, gateway):
    from yizhan.releases.publishing import publish  # noqa: PLC0415 (it needs the emptied tables)

    release = publish(pack(), by="house").release
    with scope.service():
        for number in range(20):
            notices.send(Recipient(phone="13900000001"), release.id, "warned", {}, key=f"w{number}")

    def work():
        try:
            while delivering.outbox.deliver():
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(gateway.got) == len(gateway.sent) == 20
    with scope.service():
        assert Delivery.objects.filter(channel="sms", state="sent").count() == 20


# --- quiet hours and preferences -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "morning"),
    [
        ("2026-11-20T22:00", "2026-11-21T08:00"),
        ("2026-11-20T23:59", "2026-11-21T08:00"),
        ("2026-12-31T23:30", "2027-01-01T08:00"),
        ("2026-11-21T00:00", "2026-11-21T08:00"),
        ("2026-11-21T07:59", "2026-11-21T08:00"),
    ],
)
def test_an_sms_of_the_night_waits_for_the_morning(service, send, chen, gateway, written, morning):
    with clock.standing_at(written):
        send(chen)
        deliver()
        assert delivering.wake() == 0
        assert gateway.got == []
        delivery = Delivery.objects.get(channel="sms")
        assert (delivery.state, delivery.held_until) == ("waiting", clock.parse(morning))
    with clock.standing_at(morning):
        assert delivering.wake() == 1
        deliver()
    assert len(gateway.got) == 1
    assert Delivery.objects.get(channel="sms").state == "sent"


@pytest.mark.parametrize("day", ["2026-11-20T08:00", "2026-11-20T21:59"])
def test_by_day_nothing_waits(service, send, chen, gateway, day):
    with clock.standing_at(day):
        send(chen)
        deliver()
    assert len(gateway.got) == 1


def test_what_is_urgent_rings_at_night_whatever_one_prefers(service, send, chen, gateway):
    preferences.choose(chen.pk, "sms", wanted=False)
    with clock.standing_at("2026-11-21T03:00"):
        send(chen, template="warned", key="w")
        deliver()
    assert len(gateway.got) == 1


def test_a_late_worker_does_not_ring_at_night(service, send, chen, gateway):
    with clock.standing_at("2026-11-20T21:59"):
        send(chen)
    with clock.standing_at("2026-11-20T22:01"):
        deliver()
        assert gateway.got == []
    with clock.standing_at("2026-11-21T08:00"):
        assert delivering.wake() == 1
        deliver()
    assert len(gateway.got) == 1


def test_a_worker_that_sleeps_for_two_nights_still_keeps_quiet(service, send, chen, gateway):
    with clock.standing_at("2026-11-20T23:00"):
        send(chen)
    with clock.standing_at("2026-11-21T08:00"):
        delivering.wake()
    with clock.standing_at("2026-11-21T22:30"):
        deliver()
        assert gateway.got == []
    with clock.standing_at("2026-11-22T08:00"):
        assert delivering.wake() == 1
        deliver()
    assert len(gateway.got) == 1


def test_who_switched_a_channel_off_is_not_bothered_and_that_is_on_record(service, send, chen, gateway):
    preferences.choose(chen.pk, "sms", wanted=False)
    assert preferences.of(chen.pk) == {"sms": False, "mail": True}
    message = send(chen)
    deliver()
    assert states(message)["sms"] == "refused"
    assert gateway.got == []
    preferences.choose(chen.pk, "sms", wanted=True)
    assert preferences.of(chen.pk) == {"sms": True, "mail": True}


def test_the_inbox_cannot_be_switched_off(service, chen):
    for channel in ("app", "fax"):
        with pytest.raises(ValueError, match=channel):
            preferences.choose(chen.pk, channel, wanted=False)


# --- the sink --------------------------------------------------------------------------------------------


def test_without_a_gateway_messages_stay_here_and_nobody_calls_them_sent(service, send, chen):
    message = send(chen)
    deliver()
    assert states(message) == {"app": "sent", "sms": "sunk", "mail": "sunk"}
    sms, mail = sorted(sink.recent(), key=lambda letter: letter.channel, reverse=True)
    assert (sms.address, sms.channel) == ("13900000001", "sms")
    assert sms.text.startswith("【云津区政务服务网】陈玥堃您好")
    assert (mail.address, mail.title) == ("chen@example.org", "您的申请已受理")
    assert sink.recent("chen@example.org") == [mail]


def test_the_sink_is_open_in_a_demo_and_closed_elsewhere(db, send, chen, settings):
    with scope.service():
        send(chen, key="closed")
        deliver()
    assert sink.recent() == []
    settings.DEMO = True
    with scope.service():
        send(chen, key="open")
        deliver()
    assert len(sink.recent()) == 2
    with scope.as_account(chen):
        assert len(sink.recent()) == 2


def test_the_sink_forgets_after_thirty_days(service, send, chen):
    send(chen)
    deliver()
    with clock.standing_at("2026-12-20T09:29"):
        assert sink.forget() == 0
    with clock.standing_at("2026-12-20T09:31"):
        assert sink.forget() == 2


def test_deliveries_are_the_record_of_service(service, send, chen):
    send(chen)
    send(chen, template="told", key="case:1/told")
    found = [(d.template, d.channel) for d in inbox.deliveries_of("case:1")]
    assert sorted(found) == [("accepted", "app"), ("accepted", "mail"), ("accepted", "sms"), ("told", "app")]
