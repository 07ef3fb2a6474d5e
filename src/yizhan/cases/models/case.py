"""The case itself and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.cases.models.item import Item
from yizhan.releases.models import Release
from yizhan.ui.masks import mask_name

if TYPE_CHECKING:
    from yizhan.cases.models.milestone import Supplement


class Status(models.TextChoices):
    """Where a case stands in law 办件状态 (Administrative Licensing Law, articles 32 to 44).

    Details (who, when, why) stand in rows of their own: Acceptance, Supplement, Decision, Closure.
    """

    RECEIVED = "received", _("收件")
    CORRECTING = "correcting", _("待补正")
    ACCEPTED = "accepted", _("已受理")
    DECIDED = "decided", _("已作决定")
    CLOSED = "closed", _("已办结")


class Case(models.Model):
    """A case 办件. The only row that a step locks."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    serial = models.CharField(max_length=43, blank=True, help_text="implementing code + day + serial number")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    process = models.CharField(max_length=60)
    status = models.CharField(max_length=12, choices=Status, default=Status.RECEIVED)
    outcome = models.CharField(max_length=40, blank=True)
    rev = models.PositiveIntegerField(default=0)

    channel = models.CharField(max_length=12, help_text="online, window or house")
    subject = models.CharField(max_length=80, help_text="person:<id>, entity:<id>")
    subject_name = models.CharField(max_length=100)
    document = models.CharField(max_length=60, blank=True, help_text="kind:number of the subject's document")
    applicant = models.BigIntegerField(null=True, help_text="account that applied online")
    received_by = models.BigIntegerField(null=True, help_text="account of the clerk at the window")
    tails = ArrayField(models.TextField(), default=list, help_text="last four, for progress queries")
    unit = models.CharField(max_length=60, help_text="unit that answers for the item")
    area = models.CharField(max_length=12, help_text="division the matter belongs to")
    units = ArrayField(models.TextField(), default=list, help_text="units that take or took part")

    data = models.JSONField(default=dict)
    marks = models.JSONField(default=dict, help_text="what the process remembers between its steps")

    opened_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["applicant", "-opened_at"], name="cases_case_applicant"),
            models.Index(fields=["subject", "-opened_at"], name="cases_case_subject"),
            models.Index(fields=["document", "-opened_at"], name="cases_case_document"),
            models.Index(fields=["item", "-opened_at"], name="cases_case_item"),
            models.Index(fields=["subject_name", "-opened_at"], name="cases_case_named"),
        ]

    def __str__(self) -> str:
        """The number people use."""
        return self.number

    @property
    def is_company(self) -> bool:
        """Whether it is about a company."""
        return self.subject.startswith("entity:")

    @property
    def holder(self) -> int | None:
        """The account that files and papers belong to; a company's belong to the company, whoever acts for it."""
        return None if self.is_company else self.applicant

    @property
    def masked_name(self) -> str:
        """Whom it is about, as lists show it: a person's name covered, a company's as it is registered."""
        return self.subject_name if self.is_company else mask_name(self.subject_name)

    @property
    def supplement(self) -> Supplement | None:
        """What was asked of the applicant last, if anything was."""
        return max(self.supplements.all(), key=lambda asked: asked.rev, default=None)


class Filing(models.Model):
    """What was filed, as it was filed 申报内容: form data and the register's facts of that moment.

    A supplement adds a filing; none is ever changed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="filings", db_index=False)
    rev = models.PositiveIntegerField()
    form = models.CharField(max_length=60)
    data = models.JSONField()
    facts = models.JSONField(help_text="key → value, source, as of")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "rev"], name="cases_filing_rev")]


class Scope(models.Model):
    """A body within the process of a case 范围: a sub-flow, several departments, one of them.

    Tokens and scopes are numbered within their case; see :mod:`yizhan.workflow.processes.situation`. The process
    itself is no row of its own: what its nodes left behind stands in the case's ``marks``.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="scopes", db_index=False)
    number = models.PositiveIntegerField()
    parent = models.PositiveIntegerField()
    node = models.CharField(max_length=120)
    token = models.PositiveIntegerField(null=True, help_text="the token that waits for it")
    kind = models.CharField(max_length=20, help_text="body, each or one")
    index = models.PositiveIntegerField(null=True, help_text="of one of several, which")
    expected = models.JSONField(
        default=list, help_text="for whom or what each is done, frozen when it opened"
    )
    gone = models.JSONField(default=list, help_text="the indexes of those withdrawn")
    outcome = models.CharField(max_length=60, blank=True)
    data = models.JSONField(default=dict, help_text="what nodes left behind within")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="cases_scope_number")]


class Token(models.Model):
    """One place where a case stands 令牌; the row goes when the case leaves it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tokens", db_index=False)
    number = models.PositiveIntegerField()
    scope = models.PositiveIntegerField()
    node = models.CharField(max_length=120)
    index = models.PositiveIntegerField(null=True, help_text="for which of several it is")
    came = models.CharField(max_length=300, blank=True, help_text="on which arrow, while it waits for others")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="cases_token_number")]


class Passage(models.Model):
    """That a case entered a place of its process 经过环节, for the drawing and the time line."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="passages")
    rev = models.PositiveIntegerField()
    node = models.CharField(max_length=120)
    at = models.DateTimeField()
