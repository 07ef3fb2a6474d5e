"""Laws and policies 法规政策, and what was said of them before.

They are public and name nobody, so they bear no row security; a trigger lets only services and offices write.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yizhan import clock
from yizhan.registry.models.source import Source
from yizhan.releases.words import Text


class Law(models.Model):
    """A law, regulation, rule, document or policy. What it is called, who issued it and when; never its text.

    Whether it is in force is no column: it follows from its days (:meth:`state`). ``source`` is empty while only packs
    vouch for it, ``pack`` names the one that brought it. ``articles`` is a list of ``{article, article_en, zh, en}``:
    what an article is about, in our own words.
    """

    class Kind(models.TextChoices):
        """By rank, the highest first."""

        LAW = "law", _("法律")
        REGULATION = "regulation", _("行政法规")
        PARTY_REGULATION = "party_regulation", _("党内法规")
        LOCAL_REGULATION = "local_regulation", _("地方性法规")
        DEPARTMENT_RULE = "department_rule", _("部门规章")
        LOCAL_RULE = "local_rule", _("地方政府规章")
        NORMATIVE = "normative", _("规范性文件")
        POLICY = "policy", _("政策文件")
        STANDARD = "standard", _("标准")

    class State(models.TextChoices):
        """What its days say of it on a day."""

        IN_FORCE = "in_force", _("现行有效")
        COMING = "coming", _("尚未施行")
        REPEALED = "repealed", _("已废止")
        LAPSED = "lapsed", _("有效期已满")
        UNKNOWN = "unknown", _("施行日期待核实")

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300, default="", blank=True)
    issuer = models.CharField(max_length=200, default="", blank=True, help_text="body or bodies, in Chinese")
    number = models.CharField(max_length=100, default="", blank=True)
    issued_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    revised_on = models.DateField(null=True, help_text="the last revision")
    valid_until = models.DateField(null=True, help_text="the last day of a document's validity")
    repealed_on = models.DateField(null=True, help_text="the first day on which it is no more")
    successor = models.CharField(
        max_length=60, default="", blank=True, help_text="the code of what replaced it"
    )
    read_at = models.CharField(max_length=300, default="", blank=True)
    read_on = models.DateField(null=True)
    verified = models.BooleanField(default=False, help_text="read at its official source")
    articles = models.JSONField(default=list)
    unit = models.CharField(max_length=100, help_text="the unit that answers for the entry")
    pack = models.CharField(max_length=60, default="", blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    recorded_at = models.DateTimeField(default=clock.now)
    left_on = models.DateField(null=True, help_text="it came with a file by mistake; nobody is shown it")
    sought = models.TextField(help_text="titles and number in the writing in which they are looked for")
    sort = models.CharField(max_length=600, db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["sort", "code"], name="registry_law_sorted"),
            models.Index(fields=["unit"], name="registry_law_unit"),
        ]

    def __str__(self) -> str:
        """The title in the language of the page."""
        return str(self.title)

    @property
    def title(self) -> Text:
        """The title in both languages; the Chinese one where there is no English one."""
        return Text(zh=self.title_zh, en=self.title_en or self.title_zh)

    @property
    def ended_on(self) -> date | None:
        """The first day on which it holds no more: repealed, or past its validity."""
        lapsed = self.valid_until + timedelta(days=1) if self.valid_until else None
        return min((day for day in (self.repealed_on, lapsed) if day), default=None)

    def state(self, on: date | None = None) -> State:
        """What its days say of it on a day; today where none is given."""
        day = on or clock.today()
        if self.repealed_on and self.repealed_on <= day:
            return self.State.REPEALED
        if self.valid_until and self.valid_until < day:
            return self.State.LAPSED
        if self.in_force_on is None:
            return self.State.UNKNOWN
        return self.State.COMING if self.in_force_on > day else self.State.IN_FORCE


class LawHistory(models.Model):
    """What was said of a law until a moment 沿革: the columns that changed, each with what it was."""

    law = models.ForeignKey(Law, models.PROTECT, related_name="history", db_index=False)
    was = models.JSONField()
    columns = ArrayField(models.CharField(max_length=40))
    replaced_at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=120, blank=True, help_text="the key of who did it")
    because = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["law", "-replaced_at"], name="registry_lawhistory_of")]
