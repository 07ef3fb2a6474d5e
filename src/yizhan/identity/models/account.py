"""Accounts 账户: staff by user name, citizens by phone."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from yizhan import hanzi

USERNAME = r"^[a-z0-9][a-z0-9._-]{2,39}$"


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by what people type; new ones are made by the verbs of ``accounts``."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The staff account with that user name; upper and lower case are the same."""
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """One person's key to the house 账户.

    A staff account bears a user name, a citizen's a phone number. ``assurance`` says how well a
    citizen is known: 0 the phone answered, 1 name and number matched the register, 2 seen face to face,
    3 a certificate. Document type and number are set from 1 on.
    """

    class Kind(models.TextChoices):
        """Who stands behind it."""

        STAFF = "staff", gettext_lazy("工作人员")
        CITIZEN = "citizen", gettext_lazy("办事群众")

    class Assurance(models.IntegerChoices):
        """How well a citizen is known 实名等级."""

        PHONE = 0, gettext_lazy("手机号已验证")
        MATCHED = 1, gettext_lazy("姓名和证件号码已核验")
        FACE_TO_FACE = 2, gettext_lazy("已在窗口当面核验")
        CERTIFICATE = 3, gettext_lazy("持数字证书")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    username = models.CharField(max_length=40, unique=True, null=True, validators=[RegexValidator(USERNAME)])
    phone = models.CharField(max_length=16, default="", blank=True)
    email = models.EmailField(default="", blank=True)
    name = models.CharField(max_length=80)
    name_sort = models.CharField(max_length=160, editable=False, default="", db_collation="C")
    document_type = models.CharField(max_length=10, default="", blank=True)
    document_number = models.CharField(max_length=40, default="", blank=True)
    assurance = models.PositiveSmallIntegerField(choices=Assurance.choices, default=Assurance.PHONE)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now)
    password_changed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    class Meta:
        indexes = [
            models.Index(fields=["name_sort", "id"], name="identity_account_by_name"),
            models.Index(fields=["phone"], name="identity_account_phone"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["phone"], condition=models.Q(kind="citizen"), name="identity_account_citizen_phone"
            ),
            models.UniqueConstraint(
                fields=["document_type", "document_number"],
                condition=models.Q(is_active=True) & ~models.Q(document_number=""),
                name="identity_account_one_per_document",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="staff", username__isnull=False)
                | (models.Q(kind="citizen", username=None) & ~models.Q(phone="")),
                name="identity_account_known_by",
            ),
            models.CheckConstraint(
                condition=models.Q(assurance=0, document_number="")
                | (models.Q(assurance__range=(1, 3)) & ~models.Q(document_number="")),
                name="identity_account_assurance_needs_document",
            ),
        ]

    def __str__(self) -> str:
        """The person's name."""
        return self.name

    @property
    def subject(self) -> str:
        """The account's key in the journal."""
        return f"account:{self.pk}"

    @property
    def is_staff_member(self) -> bool:
        """Whether it belongs to a member of staff."""
        return self.kind == self.Kind.STAFF

    def called(self, name: str) -> None:
        """Set the name, and for staff, who are listed, the key it sorts by; the caller saves."""
        self.name = name
        self.name_sort = hanzi.name_sort_key(name)[:160] if self.is_staff_member else ""
