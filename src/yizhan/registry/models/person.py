"""Natural persons 自然人, by what numbers they are known, and what was said of them before."""

from __future__ import annotations

import uuid

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from yizhan import clock
from yizhan.registry.models.columns import UuidV7, division_column

RESIDENT_ID = "111"
"""Citizen identity number, GB 11643, as type of document (GA/T 2000.156)."""


class Person(models.Model):
    """A natural person 自然人 as the register has them now.

    Earlier states stand in :class:`PersonHistory`, written by a trigger. ``id_ok`` keeps the result of the
    check of the number: a wrong number is kept and marked, never dropped. The two divisions repeat those
    of the current residences 户籍地 and 居住地, so that row-level security can decide from this row alone;
    the verbs in :mod:`yizhan.registry.persons` write both together. The indexes by which persons are found
    stand in ``migrations/0015_finding.py``.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    name = models.CharField(max_length=100)
    name_sort = models.CharField(max_length=400, db_collation="C", help_text="sort key in pinyin")
    name_tokens = SearchVectorField(help_text="characters, bigrams and pinyin, for the search by name")
    former_name = models.CharField(max_length=100, default="", blank=True)
    sex = models.CharField(max_length=1, default="0", help_text="GB/T 2261.1")
    born_on = models.DateField(null=True, blank=True)
    ethnic_group = models.CharField(max_length=2, default="", blank=True, help_text="GB/T 3304")
    id_type = models.CharField(max_length=3, default=RESIDENT_ID, help_text="GA/T 2000.156")
    id_number = models.CharField(max_length=40, default="", blank=True)
    id_ok = models.BooleanField(null=True, help_text="null: a type of number that cannot be checked")
    phone = models.CharField(max_length=30, default="", blank=True)
    died_on = models.DateField(null=True, blank=True)
    register_division = division_column("of the registered residence")
    living_division = division_column("of the place where the person lives")
    since = models.DateField(help_text="in the register from this day")
    until = models.DateField(null=True, blank=True, help_text="no longer in the register from this day")
    effective_on = models.DateField(
        null=True,
        blank=True,
        help_text="from which day the last change holds; none: it put right what never was",
    )
    recorded_at = models.DateTimeField(default=clock.now, help_text="when this state was written")

    class Meta:
        indexes = [
            models.Index(fields=["register_division"], name="registry_person_registered"),
            models.Index(fields=["living_division"], name="registry_person_living"),
        ]

    def __str__(self) -> str:
        """The key, never the name: this text ends up in logs."""
        return self.subject

    @property
    def subject(self) -> str:
        """The key by which news, scopes and the access log name this person."""
        return subject_of(self.id)


class Identifier(models.Model):
    """A number by which a person is known 身份标识: every document, also old and doubtful ones.

    Several persons may bear one number and one person several: registers contain both. ``name_key`` repeats
    the person's name in the form that is compared, so that one probe of one index answers "number and name".
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="identifiers", db_index=False)
    type = models.CharField(max_length=3, help_text="GA/T 2000.156")
    value = models.CharField(max_length=40)
    document = models.GeneratedField(
        expression=models.functions.Concat("type", models.Value(":"), "value"),
        output_field=models.CharField(max_length=44, db_collation="C"),
        db_persist=True,
    )
    name_key = models.CharField(max_length=200, db_collation="C")
    ok = models.BooleanField(null=True, help_text="null: a type of number that cannot be checked")
    alias = models.BooleanField(default=False, help_text="the 15-digit form of a number")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["document", "name_key"], name="registry_identifier_known")]
        constraints = [
            models.UniqueConstraint(fields=["person", "type", "value"], name="registry_identifier_once")
        ]


class PersonHistory(models.Model):
    """Values of a person that were replaced 历史记录: only the columns that changed, each with what it was.

    Undoing the rows that were replaced after a moment, the newest first, gives what was known then; undoing
    those that held until after a day gives what was so on that day. A trigger writes it, statement by
    statement; the application can neither add nor change a row.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="history", db_index=False)
    state = models.JSONField()
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    valid_until = models.DateField(null=True, help_text="the day on which it ended; none: it was never so")

    class Meta:
        indexes = [models.Index(fields=["person", "replaced_at"], name="registry_history_of_person")]


class Correction(models.Model):
    """A value that was put right 更正: which, from what to what, on whose word and why. Never changed."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="corrections")
    column = models.CharField(max_length=40)
    was = models.TextField()
    became = models.TextField()
    source = models.ForeignKey("registry.Source", models.PROTECT, related_name="+")
    because = models.CharField(max_length=500)
    by = models.CharField(max_length=120, help_text="the key of who did it, never a foreign key")
    at = models.DateTimeField(default=clock.now)


def subject_of(person: uuid.UUID) -> str:
    """The key by which news, scopes and the access log name a person."""
    return f"person:{person}"
