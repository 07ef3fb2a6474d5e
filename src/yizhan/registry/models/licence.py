"""Licences that persons and companies hold 持有证照: a fact of the register each, with its history."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yizhan import clock
from yizhan.releases.words import Text


class Licence(models.Model):
    """One licence 证照: for whom, of which kind, its number, who issued it, from when to when.

    A row is never changed, but for how it ended: a licence recorded anew ends the earlier one of its kind
    (``replaced``), and one that was taken back is ``revoked`` with the reason.
    """

    class State(models.TextChoices):
        """How a licence stands; one whose last day has passed is simply no longer valid."""

        IN_FORCE = "in_force", lazy("有效")
        REPLACED = "replaced", lazy("已换发")
        REVOKED = "revoked", lazy("已撤销、注销")

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
    def in_force(self) -> bool:
        """Whether it is valid today."""
        today = clock.today()
        return self.state == self.State.IN_FORCE and (self.valid_to is None or self.valid_to >= today)

    @property
    def standing(self) -> str:
        """How it stands, in words; one whose last day has passed says so."""
        if self.state == self.State.IN_FORCE and not self.in_force:
            return _("已过有效期")
        return str(self.State(self.state).label)

    @property
    def issued_by(self) -> Text:
        """Who issued it, in both languages."""
        return Text(zh=self.issuer_zh, en=self.issuer_en)
