"""Acting for a company: mandates 企业授权."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.codes import uscc as credit_codes
from yizhan.identity.faults import Refused
from yizhan.identity.models.lasting import ENDS_AFTER_IT_BEGINS, Lasting, LastingQuerySet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yizhan.identity.actor import Actor
    from yizhan.identity.models.account import Account


class Mandate(Lasting):
    """A citizen's power to act for a company 企业授权: named by its USCC (GB 32100).

    ``scope`` lists the codes of items it is good for; empty means all. Whether the granter may grant it
    (legal representative) is for the room that knows the registers.
    """

    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="mandates")
    uscc = models.CharField(max_length=18)
    scope = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    granted_by = models.CharField(max_length=120)

    objects = LastingQuerySet["Mandate"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["uscc"], name="identity_mandate_uscc")]
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_IT_BEGINS, name="identity_mandate_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        """Person and company."""
        return f"{self.account} → {self.uscc}"

    @classmethod
    def grant(
        cls,
        account: Account,
        uscc: str,
        *,
        by: Actor,
        scope: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> Mandate:
        """Let a citizen act for a company; a mandate for the same items is not entered twice.

        Raises:
            Refused: the account is not a verified citizen's, no such code can exist, or the days are
                reversed.
        """
        begins = since or clock.today()
        company = credit_codes.read(uscc)
        if not company.ok:
            raise Refused(_("统一社会信用代码不正确，请对照营业执照核对"))
        if account.kind != "citizen" or account.assurance < 1:
            raise Refused(_("被授权人须先完成实名认证"))
        if until is not None and until < begins:
            raise Refused(_("结束日期不能早于开始日期"))
        with transaction.atomic():
            known = cls.objects.filter(account=account, uscc=company.code, scope=list(scope))
            same = known.overlapping(begins, until).first()
            if same is not None:
                return same
            mandate = cls.objects.create(
                account=account,
                uscc=company.code,
                scope=list(scope),
                since=begins,
                until=until,
                granted_by=by.key,
            )
            journal.write(
                "mandate.granted", subject=f"entity:{company.code}", actor=by.key, account=account.pk
            )
        return mandate

    @classmethod
    def allows(cls, account: int, uscc: str, item: str) -> bool:
        """Whether somebody may act for a company in an item today."""
        live = cls.objects.live().filter(account=account, uscc=uscc)
        return live.filter(models.Q(scope=[]) | models.Q(scope__contains=[item])).exists()

    def revoke(self, *, by: Actor) -> None:
        """Take the power back at once."""
        with transaction.atomic():
            self.stop(None)
            journal.write(
                "mandate.revoked", subject=f"entity:{self.uscc}", actor=by.key, account=self.account_id
            )
