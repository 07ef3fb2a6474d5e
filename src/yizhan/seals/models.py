"""Rows of seals: seals and what became of them, approvals, uses; all are added and never changed. And one turn."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as lazy

from yizhan import clock


class Seal(models.Model):
    """An electronic seal of a unit 电子印章: what stands on it, as it is drawn, and the seal whose place it took.

    ``name`` stands on the arc, ``inscription`` in the row of a special seal (行政审批专用章), ``number`` along the
    lower edge. ``drawing`` are the shapes of :mod:`yizhan.seals.drawing`, in millimetres. Its certificates are those
    that the authority issued to its ``holder``.

    A signature stamp 签名章 bears a person's name and belongs to her ``appointment``: to the person in that post, for as
    long as she holds it; ``unit`` is the unit of the post.
    """

    class Kind(models.TextChoices):
        """What a seal is for 印章种类."""

        OFFICIAL = "official", lazy("单位公章")
        APPROVAL = "approval", lazy("行政审批专用章")
        NOTICE = "notice", lazy("业务专用章")
        CERTIFICATE = "certificate", lazy("证照专用章")
        SIGNATURE = "signature", lazy("签名章")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=60)
    inscription = models.CharField(max_length=20, default="")
    number = models.CharField(max_length=20, unique=True)
    drawing = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=120)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    appointment = models.ForeignKey(
        "identity.Appointment", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["unit", "kind"], name="seals_seal_of_unit")]

    def __str__(self) -> str:
        """Name and what it is for."""
        return f"{self.name}{self.inscription}"

    @property
    def key(self) -> str:
        """The seal in the journal."""
        return f"seal:{self.pk}"

    @property
    def holder(self) -> str:
        """The holder of its certificates: those of somebody's signature stamp are a member of staff's."""
        return f"staff:{self.pk}" if self.appointment_id is not None else self.key

    @classmethod
    def held_by(cls, holder: str) -> Seal | None:
        """The seal whose certificates a holder has; None where that is no seal's."""
        try:
            found = cls.objects.filter(pk=uuid.UUID(holder.partition(":")[2])).first()
        except ValueError:
            return None
        return found if found is not None and found.holder == holder else None


class Spell(models.Model):
    """A state of a seal from a moment on 印章状态: who said so, and why. The latest is the present one."""

    class State(models.TextChoices):
        """Whether a seal may be used."""

        ACTIVE = "active", lazy("在用")
        SUSPENDED = "suspended", lazy("停用中")
        LOST = "lost", lazy("挂失")
        REPLACED = "replaced", lazy("已更换")
        DESTROYED = "destroyed", lazy("已销毁")

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="spells", db_index=False)
    state = models.CharField(max_length=20, choices=State.choices)
    since = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=120)
    why = models.CharField(max_length=400)

    class Meta:
        indexes = [models.Index(fields=["seal", "-since", "-id"], name="seals_spell_latest")]

    @classmethod
    def of_each(cls) -> models.QuerySet[Spell]:
        """The latest first, within a question about seals; its first row is the present state of each."""
        return cls.objects.filter(seal=models.OuterRef("pk")).order_by("-since", "-id")


class Approval(models.Model):
    """Somebody let a unit's seal come on one document 用印批准, and on nothing else.

    ``digest`` is what was approved: of a paper that of all it says (:attr:`yizhan.records.models.Paper.digest`), of any
    other file the SHA-256 of its bytes. ``called`` is its title and number, for the register of uses: whoever keeps
    seals opens no papers. ``appointment`` is whose signature stamp it is, ``unit`` that of her post then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.CharField(max_length=160)
    called = models.CharField(max_length=330, default="")
    digest = models.CharField(max_length=64)
    unit = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=Seal.Kind.choices)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=400)
    appointment = models.ForeignKey(
        "identity.Appointment", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "unit", "kind"], name="seals_approval_once"),
        ]


class ApprovalWithdrawal(models.Model):
    """An approval that was taken back before the seal was used 撤回用印批准."""

    approval = models.OneToOneField(Approval, models.PROTECT, primary_key=True, related_name="withdrawal")
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=400)


class Use(models.Model):
    """A seal came on a document 用印记录: which seal with which certificates, on which bytes, and what came of it.

    ``serials`` are those of its certificates, each with the SHA-256 of what it signed; ``after`` that of the whole file.
    """

    approval = models.OneToOneField(Approval, models.PROTECT, primary_key=True, related_name="use")
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="uses", db_index=False)
    serials = models.JSONField()
    at = models.DateTimeField(default=clock.now)
    after = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["seal", "-at"], name="seals_use_of_seal")]


class KeepingTurn(models.Model):
    """When certificates were last looked after 续期轮次: one row, in the house's time."""

    at = models.DateTimeField()
