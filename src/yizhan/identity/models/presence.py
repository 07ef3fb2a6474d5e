"""Who is in the house right now: sessions, and the mark of the present rights."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from yizhan.identity import devices


class RightsVersion(models.Model):
    """The mark of all rights 权限版本: one row, a new mark with every change.

    Triggers set it whenever units, posts, appointments, roles, grants or delegations change, whoever
    changes them. A mark never comes back, not even after a rollback, so what is remembered under one
    mark is right for as long as the mark is.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    mark = models.UUIDField(default=uuid.uuid4)


class Presence(models.Model):
    """One session of one account, and in which post it acts 在场.

    It is the authority on whether a session lives; the session store only remembers things. The key is
    the SHA-256 of the session's key. Real time is used, never the house's clock: it guards people.

    Attributes:
        owes: what must be done before anything else; as long as it is not empty, no scope opens.
        proved_at: when the person last proved who they are (log-in or re-authentication).
        idle: how long the session may rest before it ends.
        lasts_until: the end of the session, however busy.
    """

    class Owes(models.TextChoices):
        """What a session owes 须先完成."""

        NOTHING = "", gettext_lazy("无")
        SECOND_FACTOR = "second_factor", gettext_lazy("设置第二验证因素")
        PASSWORD = "password", gettext_lazy("更换密码")

    key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey("identity.Account", models.CASCADE, related_name="presences")
    appointment = models.ForeignKey("identity.Appointment", models.SET_NULL, null=True, related_name="+")
    delegation = models.ForeignKey("identity.Delegation", models.SET_NULL, null=True, related_name="+")
    owes = models.CharField(max_length=20, choices=Owes.choices, default="", blank=True)
    began_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())
    proved_at = models.DateTimeField(db_default=Now())
    idle = models.DurationField()
    lasts_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "-seen_at"],
                name="identity_presence_live",
                condition=models.Q(ended_at=None),
            )
        ]

    @property
    def device_name(self) -> str:
        """What people call the device."""
        return devices.name_of(self.device)

    def __str__(self) -> str:
        """Whose it is; never the key."""
        return f"{self.account_id} {self.began_at:%Y-%m-%d %H:%M}"
