"""Rows of keys and certificates. What the application may do with them stands in migration 0001."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan.keys.algorithms import Algorithm, Family


class Key(models.Model):
    """A key that signs 密钥: where it lies, and its public half. Never changed."""

    class Where(models.TextChoices):
        """Where the private half lies 存放位置."""

        SOFTWARE = "software", _("软件加密存放")
        TOKEN = "token", _("密码设备")

    algorithm = models.CharField(max_length=12, choices=Algorithm.choices)
    where = models.CharField(max_length=10, choices=Where.choices)
    label = models.CharField(max_length=64, blank=True, help_text="how the token calls it")
    public = models.BinaryField(help_text="SubjectPublicKeyInfo, DER")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["public"], name="keys_key_once")]

    def __str__(self) -> str:
        """Algorithm and number."""
        return f"{self.algorithm} {self.pk}"


class SealedKey(models.Model):
    """The private half of a software key, sealed 加密存放的私钥.

    The application may add rows and read none: a sealed key is fetched one at a time by the function ``keys_sealed``.
    """

    key = models.OneToOneField(Key, on_delete=models.PROTECT, primary_key=True, related_name="+")
    content = models.BinaryField()


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Questions that are asked often."""

    def standing(self, at: datetime) -> CertificateQuerySet:
        """Those that may be used at a moment: within their time, and neither they nor one above them revoked by then."""
        return self.filter(not_before__lte=at, not_after__gte=at).exclude(_revoked(at))

    def unrevoked(self) -> CertificateQuerySet:
        """Those that were not revoked, nor one above them."""
        return self.filter(revoked_at=None, issuer__revoked_at=None, issuer__issuer__revoked_at=None)


def _revoked(at: datetime) -> models.Q:
    """A chain has three links: whose it is, issuing, root."""
    return (
        models.Q(revoked_at__lte=at)
        | models.Q(issuer__revoked_at__lte=at)
        | models.Q(issuer__issuer__revoked_at__lte=at)
    )


class Certificate(models.Model):
    """A certificate that the district's authority issued 证书. Only its revocation is added later.

    ``holder`` is ``root``, ``issuing``, ``tsa``, or whom it is for: ``unit:<code>``, ``staff:<key>``.
    """

    serial = models.CharField(max_length=32, primary_key=True, help_text="128 bits, hexadecimal")
    holder = models.CharField(max_length=100)
    name = models.CharField(max_length=200, help_text="the subject's common name")
    unit = models.CharField(max_length=200, blank=True, help_text="the subject's organisational unit")
    family = models.CharField(max_length=10, choices=Family.choices)
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="certificates")
    issuer = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="issued")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by", help_text="renewed from"
    )
    not_before = models.DateTimeField()
    not_after = models.DateTimeField(help_text="the last second")
    der = models.BinaryField()
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.TextField(blank=True)
    revoked_by = models.CharField(
        max_length=120, blank=True, default="", help_text="as the journal names them"
    )
    revoked_reason = models.CharField(max_length=30, blank=True, help_text="code of RFC 5280")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["holder", "family", "not_before"], name="keys_certificate_holder")]

    def __str__(self) -> str:
        """Name and serial."""
        return f"{self.name} {self.serial}"

    @property
    def algorithm(self) -> Algorithm:
        """How its key signs."""
        return Algorithm(self.key.algorithm)

    @property
    def is_authority(self) -> bool:
        """Whether it issues others."""
        return self.holder in {"root", "issuing"}

    def above(self) -> list[Certificate]:
        """Issuing, then root; nothing for a root."""
        found, one = [], self.issuer
        while one is not None:
            found.append(one)
            one = one.issuer
        return found

    def latest(self) -> Certificate:
        """The last of those that renewed it; itself where none did."""
        one, after = self, Certificate.objects.filter(replaces=self).first()
        while after is not None:
            one, after = after, Certificate.objects.filter(replaces=after).first()
        return one

    def is_revoked(self) -> bool:
        """Whether it was revoked, or one above it."""
        return any(one.revoked_at is not None for one in (self, *self.above()))


class RevocationList(models.Model):
    """A list of revoked certificates that one authority's key published 证书撤销列表. Never changed."""

    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="lists", db_index=False)
    number = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    next_update = models.DateTimeField()
    der = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "number"], name="keys_list_number")]
