"""Licences that persons and companies hold 持有证照: a fact of the register each, and every step of its life."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yizhan import clock
from yizhan.releases.words import Text


class Licence(models.Model):
    """One licence 证照: for whom, of which kind, its number, who issued it, from when to when.

    A row is one version; what it says is never changed. Versions of one licence share their ``line``; a new version, or
    a licence recorded anew, ends the earlier one of its kind (``replaced``). How a licence stands moves with each
    :class:`LicenceStep`, which says who moved it, when and why.

    Attributes:
        kind: of ``licence_kinds``.
        identifier: the national identifier of electronic licences, with its points; empty for one from elsewhere.
        holder: the holder's name as the licence says it; empty where nobody told.
        data: what else it says, by the keys of its kind.
        paper: the key of the paper that shows it, while it is in force.
    """

    class State(models.TextChoices):
        """How a licence stands; one whose last day has passed is simply no longer valid."""

        IN_FORCE = "in_force", lazy("有效")
        SUSPENDED = "suspended", lazy("已暂停")
        REPLACED = "replaced", lazy("已换发")
        REVOKED = "revoked", lazy("已撤销、注销")
        EXPIRED = "expired", lazy("已过有效期")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    line = models.UUIDField(default=uuid.uuid4, help_text="the same for all versions of one licence")
    version = models.PositiveSmallIntegerField(default=1)
    identifier = models.CharField(max_length=120, blank=True, default="")
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
    holder = models.CharField(max_length=200, blank=True, default="")
    data = models.JSONField(default=dict)
    paper = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "kind"], name="registry_licence_of_subject"),
            models.Index(fields=["number"], name="registry_licence_number"),
            models.Index(fields=["case"], condition=~models.Q(case=""), name="registry_licence_of_case"),
            models.Index(
                fields=["valid_to"],
                condition=models.Q(state__in=("in_force", "suspended")),
                name="registry_licence_ends",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=models.Q(state__in=("in_force", "suspended")),
                name="registry_licence_one",
            ),
            models.UniqueConstraint(fields=["line", "version"], name="registry_licence_version"),
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


class LicenceStep(models.Model):
    """One step in a licence's life 证照变动: who, when, why, from which state to which; never changed.

    ``command`` is the command that asked for it: the same again gives the same answer.
    """

    class Verb(models.TextChoices):
        """What was done."""

        ISSUED = "issued", lazy("核发证照")
        CHANGED = "changed", lazy("变更证照")
        REISSUED = "reissued", lazy("补发证照")
        SUSPENDED = "suspended", lazy("暂停使用")
        RESUMED = "resumed", lazy("恢复使用")
        REPLACED = "replaced", lazy("换发证照")
        REVOKED = "revoked", lazy("撤销、注销")
        EXPIRED = "expired", lazy("有效期届满")

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="steps", db_index=False)
    verb = models.CharField(max_length=12, choices=Verb)
    was = models.CharField(max_length=12, blank=True, help_text="empty for a new row")
    now = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    because = models.CharField(max_length=300, blank=True)
    case = models.CharField(
        max_length=40, blank=True, help_text="the number of the case that carries the approval"
    )
    command = models.UUIDField(null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["licence", "id"], name="registry_licencestep_order")]
