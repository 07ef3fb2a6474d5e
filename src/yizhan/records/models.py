"""Rows of records: files that were kept, papers that were issued, papers that were withdrawn."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as lazy

from yizhan import clock
from yizhan.records import verification_code


class StoredFile(models.Model):
    """A file as it came in 已存文件. Its content lies in the store under its hash and never changes.

    A file is first kept, then bound to what it belongs to; what nobody bound, or what was released again,
    is swept after seven days. ``account`` is whose file it is, ``holder_key`` the person or entity it is
    about (``person:…``), ``units`` whose staff may see it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    owner = models.CharField(max_length=160)
    account = models.BigIntegerField(null=True)
    units = ArrayField(models.TextField(), default=list)
    holder_key = models.CharField(max_length=120, default="")
    kept_by = models.CharField(max_length=120)
    kept_at = models.DateTimeField(default=clock.now)
    bound_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["sha256"], name="records_storedfile_content"),
            models.Index(fields=["owner", "kept_at"], name="records_storedfile_owner"),
            models.Index(
                fields=["kept_at"],
                name="records_storedfile_unbound",
                condition=models.Q(bound_at=None, removed_at=None),
            ),
        ]

    def __str__(self) -> str:
        """The name it came with."""
        return self.name

    @property
    def key(self) -> str:
        """The file in the journal and in other rooms' rows."""
        return f"file:{self.pk}"


class Series(models.Model):
    """How far a series of numbers has come 文号序列: the last number given in it."""

    key = models.CharField(max_length=160, primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Paper(models.Model):
    """A paper that was issued 文书. Never changed; whoever holds it can have it verified by its code.

    ``data`` is what its template reads, ``digest`` the SHA-256 of all that the sheet says: what whoever lets it be
    sealed approves. ``holder`` is shown to strangers who verify, so it is masked for persons; ``holder_name`` in full
    only to whoever knows the ``factor`` that is printed on the paper; ``holder_key`` to nobody.
    ``once`` is the key of the step that asked for it, which gets no second one.
    """

    class Kind(models.TextChoices):
        """What a paper does 文书种类."""

        RECEIPT = "receipt", lazy("收件凭证")
        ACCEPTANCE = "acceptance", lazy("受理通知书")
        CORRECTION = "correction", lazy("补正告知书")
        NON_ACCEPTANCE = "non_acceptance", lazy("不予受理决定书")
        SPECIAL_PROCEDURE = "special_procedure", lazy("特别程序告知书")
        EXTENSION = "extension", lazy("延期告知书")
        APPROVAL = "approval", lazy("准予决定书")
        REJECTION = "rejection", lazy("不予决定书")
        REVOCATION = "revocation", lazy("撤销决定书")
        DELIVERY = "delivery", lazy("送达回证")
        CERTIFICATE = "certificate", lazy("证明")
        NOTICE = "notice", lazy("通知书")
        LETTER = "letter", lazy("函")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release_id = models.BigIntegerField()
    pack = models.CharField(max_length=60)
    document = models.CharField(max_length=60)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=120)
    issuer = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    code = models.CharField(max_length=verification_code.LENGTH, unique=True)
    factor = models.CharField(max_length=verification_code.FACTOR_LENGTH, default="")
    data = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, default="")
    holder_key = models.CharField(max_length=120, default="")
    holder = models.CharField(max_length=200, default="")
    holder_name = models.CharField(max_length=200, default="")
    owner = models.CharField(max_length=160)
    account = models.BigIntegerField(null=True)
    units = ArrayField(models.TextField(), default=list)
    once = models.CharField(max_length=160, unique=True, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "issued_at"], name="records_paper_owner"),
            models.Index(fields=["holder_key", "issued_at"], name="records_paper_holder"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["pack", "document", "number"], name="records_paper_number"),
        ]

    def __str__(self) -> str:
        """Title and number."""
        return f"{self.title} {self.number}"

    @property
    def key(self) -> str:
        """The paper in the journal and in other rooms' rows."""
        return f"paper:{self.pk}"

    @property
    def in_force(self) -> bool:
        """Whether nobody withdrew it."""
        return not hasattr(self, "withdrawal")

    @property
    def shown_code(self) -> str:
        """The verification code as it is printed, 4-4-4-4-4."""
        return verification_code.shown(self.code)


class Original(models.Model):
    """The file of a paper as it left 正本, with its seals: made once, after the step that issued the paper."""

    paper = models.OneToOneField(Paper, models.PROTECT, primary_key=True, related_name="original")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="original")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="records_original_content")]


class Withdrawal(models.Model):
    """A paper that does not hold any more 文书撤回: who said so, when, why, and what stands in its place."""

    paper = models.OneToOneField(Paper, models.PROTECT, primary_key=True, related_name="withdrawal")
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)
    reason = models.CharField(max_length=400)
    replaced_by = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")


class SweepTurn(models.Model):
    """Whose turn it is to sweep 清理轮次: one row, the shelf looked at last and when (in real time)."""

    shelf = models.PositiveSmallIntegerField(default=255)
    at = models.DateTimeField(db_default=Now())
