"""Cards of supervision 预警与亮牌: one for a clock and colour, ever; annulled by a row, never taken away."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.cases.models.case import Case


class Colour(models.TextChoices):
    """What a card tells; which moment brings which is a decision table."""

    BLUE = "blue", _("蓝牌")
    YELLOW = "yellow", _("黄牌")
    RED = "red", _("红牌")


class Card(models.Model):
    """A card 牌: which clock, which colour, by which rule, at which unit.

    ``at`` is the moment of the rule, ``noticed_at`` when the house came to it: they differ where it was down.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="cards", db_index=False)
    clock = models.BigIntegerField()
    kind = models.CharField(max_length=20, help_text="of the clock")
    moment = models.CharField(max_length=20, help_text="warn, due or uncorrected")
    colour = models.CharField(max_length=10, choices=Colour)
    rule = models.CharField(max_length=160, help_text="pack and version / table / rule")
    because = models.JSONField(help_text="{zh, en}")
    unit = models.CharField(max_length=60)
    task = models.BigIntegerField(null=True)
    node = models.CharField(max_length=120, blank=True)
    due = models.DateTimeField(help_text="the end of the limit as it stood then")
    at = models.DateTimeField()
    noticed_at = models.DateTimeField()

    number = models.CharField(max_length=40)
    item = models.CharField(max_length=60)
    release = models.BigIntegerField()
    subject_mask = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "clock", "colour"], name="cases_card_once")]
        indexes = [models.Index(fields=["unit", "-at", "-id"], name="cases_card_unit")]


class CardAnnulment(models.Model):
    """That a card no longer counts 撤牌: who said so, and why."""

    card = models.OneToOneField(Card, on_delete=models.PROTECT, related_name="annulment")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="cardannulments")
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    account = models.BigIntegerField(null=True)
    reason = models.TextField()
