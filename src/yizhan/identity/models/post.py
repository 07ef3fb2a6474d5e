"""Posts 岗位 and appointments 任职. Rights hang on posts, never on people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizhan import clock, journal
from yizhan.identity import separation
from yizhan.identity.faults import Refused
from yizhan.identity.models.lasting import (
    ENDS_AFTER_IT_BEGINS,
    NOT_ENDED,
    Days,
    Lasting,
    LastingQuerySet,
)
from yizhan.ui.language import in_english

if TYPE_CHECKING:
    from yizhan.identity.actor import Actor
    from yizhan.identity.models.account import Account


class Post(models.Model):
    """A post 岗位: a place in a unit that persons come to and leave."""

    unit = models.ForeignKey("identity.Unit", models.PROTECT, related_name="posts", db_index=False)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=120, default="", blank=True)
    grade = models.CharField(max_length=40, default="", blank=True)
    is_head = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="identity_post_code")]

    def __str__(self) -> str:
        """Title of the post on the present page."""
        return self.title_en if self.title_en and in_english() else self.title

    @property
    def subject(self) -> str:
        """The post's key in the journal."""
        return f"post:{self.unit_id}/{self.code}"

    def found(self, *, by: Actor) -> Self:
        """Enter a new post.

        Raises:
            Refused: the unit has a post of that code.
        """
        by.require("platform.system_admin")
        if Post.objects.filter(unit_id=self.unit_id, code=self.code).exists():
            raise Refused(_("本单位已有代码为 %(code)s 的岗位") % {"code": self.code})
        with transaction.atomic():
            self.save(force_insert=True)
            journal.write("post.founded", subject=self.subject, actor=by.key, title=self.title)
        return self

    def describe(self, *, by: Actor, title: str, title_en: str, grade: str, is_head: bool) -> None:
        """Correct the post's titles, grade, and whether it heads the unit."""
        by.require("platform.system_admin")
        was = self.title
        self.title, self.title_en, self.grade, self.is_head = title, title_en, grade, is_head
        with transaction.atomic():
            self.save(update_fields=["title", "title_en", "grade", "is_head"])
            journal.write("post.described", subject=self.subject, actor=by.key, was=was, title=title)

    def appoint(
        self,
        account: Account,
        *,
        by: Actor,
        kind: str = "main",
        since: date | None = None,
        until: date | None = None,
    ) -> Appointment:
        """Put a member of staff into this post.

        Raises:
            Refused: a citizen's or closed account, the same post twice, two main posts at once.
            Separated: the person would hold two of the three administrators' roles.
        """
        by.require("platform.system_admin")
        begins = since or clock.today()
        with transaction.atomic():
            separation.one_at_a_time()
            _check_person(account, self, kind, begins, until)
            appointment = Appointment.objects.create(
                account=account, post=self, kind=kind, since=begins, until=until
            )
            separation.check(account=account.pk)
            journal.write(
                "appointment.began",
                subject=account.subject,
                actor=by.key,
                post=self.subject,
                main=kind == Appointment.Kind.MAIN,
            )
        return appointment


class Appointment(Lasting):
    """A person in a post, from one day to another 任职: the main post, or a concurrent one 兼任."""

    class Kind(models.TextChoices):
        """Main or concurrent."""

        MAIN = "main", gettext_lazy("主职")
        CONCURRENT = "concurrent", gettext_lazy("兼任")

    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MAIN)

    objects = LastingQuerySet["Appointment"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_IT_BEGINS, name="identity_appointment_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="identity_appointment_one_main",
                expressions=[("account", "="), (Days(), "&&")],
                condition=models.Q(kind="main") & NOT_ENDED,
            ),
            ExclusionConstraint(
                name="identity_appointment_once",
                expressions=[("account", "="), ("post", "="), (Days(), "&&")],
                condition=NOT_ENDED,
            ),
        ]

    def __str__(self) -> str:
        """Person and post."""
        return f"{self.account} {self.post}"

    def end(self, *, by: Actor, on: date | None = None) -> None:
        """Let the appointment end, after its last day ``on`` or at once."""
        by.require("platform.system_admin")
        with transaction.atomic():
            self.stop(on)
            journal.write(
                "appointment.ended",
                subject=f"account:{self.account_id}",
                actor=by.key,
                post=self.post.subject,
                on=self.until and self.until.isoformat(),
            )


def _check_person(account: Account, post: Post, kind: str, since: date, until: date | None) -> None:
    if not account.is_staff_member or not account.is_active:
        raise Refused(_("只能任命在用的工作人员账户"))
    same_time = Appointment.objects.filter(account=account).overlapping(since, until)
    if same_time.filter(post=post).exists():
        raise Refused(_("%(name)s 在此期间已任该岗位") % {"name": account.name})
    if kind == Appointment.Kind.MAIN and same_time.filter(kind=kind).exists():
        raise Refused(_("%(name)s 在此期间已有主职，请先办理免职或按兼任登记") % {"name": account.name})
