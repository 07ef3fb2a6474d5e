"""Rows of notices: messages, their ways out, what people prefer, what went into the sink."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as lazy

from yizhan import clock


class Channel(models.TextChoices):
    """A way a message takes 送达渠道."""

    APP = "app", lazy("站内消息")
    SMS = "sms", lazy("短信")
    MAIL = "mail", lazy("邮件")


class Message(models.Model):
    """What the house told somebody 消息, in the words they got it in.

    The id follows from the key it was sent under, so the same message is never written twice. ``account`` is
    whose inbox it lies in; ``units`` whose staff may see it and its deliveries.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    account = models.BigIntegerField(null=True)
    release_id = models.BigIntegerField()
    template = models.CharField(max_length=60)
    parameters = models.JSONField()
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    text = models.TextField()
    urgent = models.BooleanField(default=False)
    in_app = models.BooleanField()
    subject = models.CharField(max_length=160, default="")
    link_name = models.CharField(max_length=100, default="")
    link_key = models.CharField(max_length=160, default="")
    units = ArrayField(models.TextField(), default=list)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "-created_at"],
                name="notices_message_inbox",
                condition=models.Q(in_app=True),
            ),
            models.Index(
                fields=["account"],
                name="notices_message_unread",
                condition=models.Q(in_app=True, read_at=None),
            ),
            models.Index(fields=["subject", "created_at"], name="notices_message_subject"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def url(self) -> str:
        """Where the message leads; empty where it leads nowhere, or the page is gone."""
        try:
            return (
                reverse(self.link_name, args=[self.link_key] if self.link_key else [])
                if self.link_name
                else ""
            )
        except NoReverseMatch:
            return ""


class Delivery(models.Model):
    """One way out of one message 送达记录. The row is the proof of what became of it.

    ``tries`` is counted when it ends; while it waits, the effect in the outbox counts. ``held_until`` keeps
    an SMS out of the night, ``nights`` counts how often.
    """

    class State(models.TextChoices):
        """What became of it 送达状态."""

        WAITING = "waiting", lazy("待发送")
        SENT = "sent", lazy("已发送")
        FAILED = "failed", lazy("无法送达")
        REFUSED = "refused", lazy("本人已关闭")
        SUNK = "sunk", lazy("渠道未开通，已留存")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries", db_index=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=254, default="")
    text = models.TextField(default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    held_until = models.DateTimeField(null=True)
    nights = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=300, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="notices_delivery_channel"),
        ]
        indexes = [
            models.Index(
                fields=["held_until"],
                name="notices_delivery_held",
                condition=models.Q(state="waiting", held_until__isnull=False),
            )
        ]

    ENDING = ("state", "answer", "tries", "ended_at")

    def end(self, state: str, answer: str, *, tries: int) -> None:
        """Say what became of it; the caller saves."""
        self.state, self.answer, self.tries, self.ended_at = state, answer[:300], tries, clock.now()


class Preference(models.Model):
    """Whether somebody wants a channel 接收偏好; without a row they do. The inbox cannot be switched off."""

    account = models.BigIntegerField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    wanted = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "channel"], name="notices_preference_once"),
            models.CheckConstraint(
                condition=models.Q(channel__in=["sms", "mail"]), name="notices_preference_not_app"
            ),
        ]


class Sunk(models.Model):
    """What would have left, had a gateway been named 留存消息. In a demo everybody may read it."""

    id = models.CharField(max_length=80, primary_key=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=254)
    title = models.CharField(max_length=200, default="")
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)
    open_to_all = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="notices_sunk_latest")]
