"""Rows of payments. Who sees them, and that a closed list stays as it is, stands in migration 0002."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.cases.models import Item
from yizhan.releases.models import Release
from yizhan.ui.language import in_english


class Benefit(models.Model):
    """A recurring payment as it is in force now 待遇项目: an entry for a pack's definition.

    One that no pack names any more is out of use: nothing new begins, what runs goes on by the last release.
    """

    key = models.CharField(max_length=60, primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, db_constraint=False)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    unit = models.CharField(
        max_length=60, help_text="the unit that answers for the item; its staff see the rows"
    )
    payer = models.CharField(max_length=80, help_text="role that closes and exports lists")
    in_use = models.BooleanField(default=True)

    def __str__(self) -> str:
        """The title in the language of the page."""
        return self.title_en if in_english() else self.title_zh


class Entitlement(models.Model):
    """What one decision entitles a person to 待遇: month after month until it ends. Never changed.

    ``overruled`` are the endings that the register spoke of already when the decision was made: officials
    knew it and decided otherwise, so they end nothing.
    """

    benefit = models.ForeignKey(
        Benefit, on_delete=models.PROTECT, related_name="entitlements", db_index=False
    )
    case_number = models.CharField(max_length=40)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    subject = models.CharField(max_length=80)
    subject_name = models.CharField(max_length=100)
    document = models.CharField(max_length=60, help_text="kind:number, as the case has it")
    since = models.DateField(help_text="the first month")
    holder = models.CharField(max_length=100)
    bank = models.CharField(max_length=120)
    account_number = models.CharField(max_length=40)
    overruled = ArrayField(models.CharField(max_length=20), default=list)
    granted_on = models.DateField()
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["benefit", "case_number"], name="payments_entitlement_case")
        ]
        indexes = [
            models.Index(fields=["subject"], name="payments_entitlement_subject"),
            models.Index(fields=["document"], name="payments_entitlement_own"),
            models.Index(fields=["benefit", "id"], name="payments_entitlement_walk"),
        ]


class EntitlementEnd(models.Model):
    """That an entitlement ends 停发: why, when it happened, and the last month that is paid.

    An end that the register takes back is undone, never deleted; then payment goes on.
    """

    class Kind(models.TextChoices):
        """Why it ends 停发原因."""

        DIED = "died", _("去世")
        MOVED_AWAY = "moved_away", _("户籍迁出本区")
        DUPLICATE = "duplicate", _("同类待遇已在发放")
        REVOKED = "revoked", _("原决定已不再有效")
        RECHECKED = "rechecked", _("复核后不再符合条件")
        STOPPED = "stopped", _("发放单位决定停发")

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="ends")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    case_number = models.CharField(max_length=40, blank=True, help_text="the re-check that decided so")
    order = models.ForeignKey("Order", on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField(help_text="the day on which it happened")
    last_month = models.DateField(help_text="the last month that is paid; before the first: none")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement"], condition=models.Q(undone_at=None), name="payments_end_once"
            )
        ]


class FixedAmount(models.Model):
    """What a decision fixed for a month 核定额, from a month on; where several hold, the latest word does."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="fixed")
    since = models.DateField(help_text="the first month")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="yuan a month")
    case_number = models.CharField(max_length=40, help_text="the case that decided so")
    at = models.DateTimeField()


class Hold(models.Model):
    """That nothing is paid from a month on 暂缓: while a case is looked into again, or since the office says so.

    ``case_number`` is the case that is looked into: the one that granted, or a re-check of it.
    """

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="holds")
    case_number = models.CharField(max_length=40, blank=True)
    order = models.ForeignKey("Order", on_delete=models.PROTECT, null=True, related_name="+")
    month = models.DateField(help_text="the first month that waits")
    at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement", "case_number"],
                condition=models.Q(released_at=None),
                name="payments_hold_once",
            )
        ]


class Order(models.Model):
    """What the office decided by hand of a payment that runs 经办处理: why, on what basis, by whom. Never changed.

    ``id`` is that of the form it came with, so that the same form again changes nothing. ``month`` is the first month
    that it is about; None where it is about none.
    """

    class Kind(models.TextChoices):
        """What was decided 处理类型."""

        STOP = "stop", _("停发")
        PAUSE = "pause", _("暂停发放")
        RESUME = "resume", _("恢复发放")
        ACCOUNT = "account", _("变更收款账户")
        RECOVERY = "recovery", _("追回多发")

    id = models.UUIDField(primary_key=True, editable=False)
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    month = models.DateField(null=True)
    reason = models.TextField()
    basis = models.TextField(help_text="the legal basis, as the office states it")
    by = models.CharField(max_length=60, help_text="key of the account")
    by_name = models.CharField(max_length=160, help_text="name and post of that moment")
    at = models.DateTimeField()


class Gap(models.Model):
    """Months that are not paid, also not later 不补发月份: a pause that was ended without making up for it."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="gaps")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()


class PayeeAccount(models.Model):
    """The account that takes the place of the one filed 变更后的收款账户; the latest holds. Never changed."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="accounts")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="account")
    holder = models.CharField(max_length=100)
    bank = models.CharField(max_length=120)
    account_number = models.CharField(max_length=40)
    at = models.DateTimeField()


class Recovery(models.Model):
    """What was paid too much and is asked back 追回: how much, until when. How it stands, its entries say."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="recoveries")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="recovery")
    amount = models.DecimalField(max_digits=12, decimal_places=2, help_text="yuan")
    due_on = models.DateField(help_text="the last day to pay it back")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payments_recovery_something")
        ]


class RecoveryEntry(models.Model):
    """What became of a part of it 追回进展: paid back, waived, or asked by mistake. Never changed."""

    class Kind(models.TextChoices):
        """What happened 进展类型."""

        REPAID = "repaid", _("已退回")
        WAIVED = "waived", _("决定免予追回")
        CALLED_OFF = "called_off", _("撤销追回")

    id = models.UUIDField(primary_key=True, editable=False)
    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2, help_text="yuan")
    on = models.DateField()
    words = models.TextField(help_text="the receipt, or why")
    by = models.CharField(max_length=60, help_text="key of the account")
    by_name = models.CharField(max_length=160, help_text="name and post of that moment")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payments_recovered_something")
        ]


class MonthlyList(models.Model):
    """The list of one benefit for one month 发放名册: open until a :class:`ListClosure` says otherwise.

    ``release`` is the one whose table gives the amounts. ``built_to`` is how far the round has come through
    the entitlements, ``built_at`` when it was through with them.
    """

    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, related_name="lists", db_index=False)
    month = models.DateField()
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    opened_at = models.DateTimeField()
    built_to = models.BigIntegerField(default=0)
    built_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["benefit", "month"], name="payments_list_month")]

    @property
    def subject(self) -> str:
        """The list's key in the journal."""
        return f"payment_list:{self.benefit_id}/{self.month:%Y-%m}"


class ListClosure(models.Model):
    """That a list is final 关账: when, by whom, and what it came to. Its lines cannot change any more."""

    list = models.OneToOneField(MonthlyList, on_delete=models.PROTECT, related_name="closure")
    at = models.DateTimeField()
    by = models.CharField(max_length=60, help_text="key of the account")
    by_name = models.CharField(max_length=160, help_text="name and post of that moment")
    people = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, help_text="yuan, arrears included")
    arrears = models.DecimalField(max_digits=14, decimal_places=2, help_text="yuan, for earlier months")
    held = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()


class Line(models.Model):
    """One person's one month in a list 名册明细. A month is due in one list only.

    A line for an earlier month than the list's makes up for it 补发. ``because`` says which band of the table
    holds, or why nothing is paid: a list of ``{zh, en}``. ``at`` is when it came to say what it says.
    """

    class State(models.TextChoices):
        """Whether it is paid with the list 发放状态."""

        DUE = "due", _("待发放")
        HELD = "held", _("暂缓")
        WITHDRAWN = "withdrawn", _("停发")

    list = models.ForeignKey(MonthlyList, on_delete=models.PROTECT, related_name="lines", db_index=False)
    entitlement = models.ForeignKey(
        Entitlement, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    month = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    because = models.JSONField()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "entitlement", "month"], name="payments_line_once"),
            models.UniqueConstraint(
                fields=["entitlement", "month"],
                condition=models.Q(state="due"),
                name="payments_line_paid_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="due") | models.Q(amount__gt=0), name="payments_line_due_has_amount"
            ),
        ]
        indexes = [
            models.Index(fields=["list", "state", "id"], name="payments_line_page"),
            models.Index(fields=["entitlement", "month"], name="payments_line_months"),
        ]

    @property
    def in_arrears(self) -> bool:
        """Whether it makes up for an earlier month."""
        return self.month < self.list.month
