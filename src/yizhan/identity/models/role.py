"""Roles 角色 and what gives them to posts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
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
from yizhan.identity.models.post import Post
from yizhan.ui.language import in_english

if TYPE_CHECKING:
    from yizhan.identity.actor import Actor


class Role(models.Model):
    """A role 角色: what a post may be asked to do, named ``pack.role``.

    Attributes:
        reads_records: whether holding it opens rows of personal data; an administrator's role does not.
        categories: of the population register, what a post with the role sees of a person's file 可见类别; empty: all.
        separated: one of the three administrators' roles, of which nobody may hold two 三员分立
            (GB/T 22239-2019, class of centralised management).
        withdrawn_on: the day on which its pack no longer named it; a withdrawn role gives no right.
    """

    code = models.CharField(max_length=80, primary_key=True)
    pack = models.CharField(max_length=60)
    title_zh = models.CharField(max_length=60)
    title_en = models.CharField(max_length=120)
    description_zh = models.TextField(default="", blank=True)
    description_en = models.TextField(default="", blank=True)
    reads_records = models.BooleanField(default=True)
    categories = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    separated = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        """Title of the role on the present page."""
        return self.title_en if in_english() else self.title_zh


class Reach(models.TextChoices):
    """How far a granted role reaches 数据范围, seen from the post's unit."""

    OWN_UNIT = "own_unit", gettext_lazy("本单位")
    UNIT_SUBTREE = "unit_subtree", gettext_lazy("本单位及下级")
    AREA = "area", gettext_lazy("本辖区")
    ALL = "all", gettext_lazy("全区")


class RoleGrant(Lasting):
    """A role given to a post 授权, from one day to another; whoever comes to the post holds it."""

    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    post = models.ForeignKey(Post, models.PROTECT, related_name="grants", db_index=False)
    reach = models.CharField(max_length=20, choices=Reach.choices)
    given_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=400)

    objects = LastingQuerySet["RoleGrant"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_IT_BEGINS, name="identity_grant_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="identity_grant_once",
                expressions=[("role", "="), ("post", "="), (Days(), "&&")],
                condition=NOT_ENDED,
            ),
        ]
        # Whether a post has a reach at all is asked with every request (``identity_reaches_of_post``).
        indexes = [models.Index(fields=["post", "reach"], name="identity_grant_reach")]

    def __str__(self) -> str:
        """Role and post."""
        return f"{self.role_id} → {self.post}"

    @classmethod
    def give(
        cls,
        role: Role,
        post: Post,
        reach: str,
        *,
        by: Actor,
        reason: str,
        since: date | None = None,
        until: date | None = None,
    ) -> RoleGrant:
        """Give a role to a post.

        The security administrator does this. As long as nobody holds one of the three administrators'
        roles, the system administrator may give it, so that a new platform can be set up.

        Raises:
            NotAllowed: the actor is not the one who may.
            Refused: no reason, the role is withdrawn, or the post has it already in that time.
            Separated: somebody in the post would hold two of the three administrators' roles.
        """
        begins = since or clock.today()
        with transaction.atomic():
            separation.one_at_a_time()
            separation.check_giver(by, role.code, separated=role.separated)
            if not reason.strip():
                raise Refused(_("请填写授权事由"))
            if role.withdrawn_on is not None:
                raise Refused(_("角色“%(role)s”已停用") % {"role": role})
            if cls.objects.filter(role=role, post=post).overlapping(begins, until).exists():
                raise Refused(_("该岗位在此期间已有角色“%(role)s”") % {"role": role})
            grant = cls.objects.create(
                role=role, post=post, reach=reach, since=begins, until=until, given_by=by.key, reason=reason
            )
            if role.separated:
                separation.check(post=post.pk)
            journal.write(
                "role.given", subject=post.subject, actor=by.key, role=role.code, reach=reach, reason=reason
            )
        return grant

    def end(self, *, by: Actor, reason: str, on: date | None = None) -> None:
        """Take the role back, after a last day ``on`` or at once."""
        by.require("platform.security_admin")
        with transaction.atomic():
            self.stop(on)
            journal.write(
                "role.taken_back", subject=self.post.subject, actor=by.key, role=self.role_id, reason=reason
            )
