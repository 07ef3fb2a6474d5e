"""Licences that persons and companies hold 持有证照: a fact of the register each, with its history."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.releases.words import Text


class Licence(models.Model):
    """One licence 证照: for whom, of which kind, its number, who issued it, from when to when.

    A row is never changed, but for how it ended: a licence recorded anew ends the earlier one of its kind
    (``replaced``), and one that was taken back is ``revoked`` with the reason.
    """

    class State(models.TextChoices):
        """How a licence stands; one whose last day has passed is simply no longer valid."""

        IN_FORCE = "in_force", _("有效")
        REPLACED = "replaced", _("已换发")
        REVOKED = "revoked", _("已撤销、注销")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    subject = models.CharField(max_length=80, help_text="person:<id>, entity:<code>")
    kind = models.CharField(max_length=40, help_text="of licence_kinds")
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    number = models.CharField(max_length=80)
    issuer = models.CharField(max_length=100, help_text="the unit that issued it")
    issuer_zh = models.CharField(max_length=120)
    issuer_en = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="the last day; none: for as long as nobody revokes it")
    state = models.CharField(max_length=12, choices=State, default=State.IN_FORCE)
    case = models.CharField(max_length=40, blank=True, help_text="the number of the case it came of")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "kind"], name="registry_licence_of_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"], condition=models.Q(state="in_force"), name="registry_licence_one"
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=~models.Q(case=""), name="registry_licence_of_case"
            ),
        ]

    def __str__(self) -> str:
        """Its title and number."""
        return f"{self.title} {self.number}"

    @property
    def title(self) -> Text:
        """The title in both languages."""
        return Text(zh=self.title_zh, en=self.title_en)

    @property
    def issued_by(self) -> Text:
        """Who issued it, in both languages."""
        return Text(zh=self.issuer_zh, en=self.issuer_en)
