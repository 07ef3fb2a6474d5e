"""Rows of logging in: codes, locks, set-up links, second factors."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class PhoneCode(models.Model):
    """A code sent to a phone 短信验证码; only its keyed hash is kept."""

    phone = models.CharField(max_length=16)
    hash = models.CharField(max_length=64)
    address = models.GenericIPAddressField(null=True)
    issued_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone", "-issued_at"], name="identity_phonecode_phone"),
            models.Index(fields=["address", "-issued_at"], name="identity_phonecode_address"),
            models.Index(fields=["-issued_at"], name="identity_phonecode_sent"),
        ]


class Lockout(models.Model):
    """Failures of a name, an address or a second factor, and until when it must wait 登录锁定."""

    subject = models.CharField(max_length=120, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)


class SetUpLink(models.Model):
    """A link, good once, with which a member of staff chooses a password 账户开通链接."""

    hash = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey("identity.Account", models.CASCADE, related_name="set_up_links")
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SecondFactorReset(models.Model):
    """Taking away a lost second factor 重置第二验证因素: one administrator asks, another confirms."""

    account = models.ForeignKey("identity.Account", models.CASCADE, related_name="factor_resets")
    reason = models.CharField(max_length=400)
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.CharField(max_length=120, default="", blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(confirmed_at=None),
                name="identity_factorreset_one_waiting",
            )
        ]


class SpentCode(models.Model):
    """A one-time code that was accepted 已用验证码: it is not accepted again while it would still fit."""

    account = models.ForeignKey("identity.Account", models.CASCADE, related_name="+", db_index=False)
    hash = models.CharField(max_length=64)
    spent_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "hash"], name="identity_spentcode_once")]
