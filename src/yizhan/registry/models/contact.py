"""How somebody can be reached, as the person itself says 本人联系方式."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan import clock
from yizhan.registry.models.person import Person


class OwnContact(models.Model):
    """A phone, mail address or postal address that a person names; in force from the proof until the next one.

    Not yet proved it counts for nothing. Rows are never changed but for the two moments, so they are the history too.
    """

    class Kind(models.TextChoices):
        """What is named."""

        PHONE = "phone", _("联系电话")
        MAIL = "mail", _("电子邮箱")
        ADDRESS = "address", _("联系地址")

    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=300)
    logs_in = models.BooleanField(default=False, help_text="a phone by which the account logs in from now on")
    by = models.CharField(max_length=120)
    said_at = models.DateTimeField(default=clock.now)
    proved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(ended_at=None, proved_at__isnull=False),
                name="registry_owncontact_one",
            )
        ]
