"""Which account belongs to which person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.registry.models.person import Person


class AccountLink(models.Model):
    """An account of identity is this person 账号与自然人关联.

    Written by the reviewed functions of the database only (see ``migrations``): the application itself
    cannot make an account somebody's. One account a person, one person an account, at a time.
    """

    class Level(models.IntegerChoices):
        """How sure we are, as identity counts it."""

        MATCHED = 1, _("实名匹配")
        FACE_TO_FACE = 2, _("窗口当面核验")

    account = models.BigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    level = models.SmallIntegerField(choices=Level)
    by = models.CharField(max_length=120, help_text="the key of who made it; the account itself for a match")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(until=None), name="registry_accountlink_one"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="registry_accountlink_only"
            ),
        ]
