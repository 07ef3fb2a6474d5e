"""Rows of the journal: news, readers' cursors, effects on their way out, looks at personal data."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Now

from yizhan import clock


class TransactionId(models.Func):
    """The present transaction, as a number that grows over the whole life of a cluster."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


class CurrentEpoch(models.Func):
    """Which cluster we write in; see :class:`Epoch`."""

    template = "journal_current_epoch()"
    output_field = models.IntegerField()


class Epoch(models.Model):
    """One life of a database cluster 集群纪元.

    Transaction numbers begin anew when a backup is restored into another cluster; news of an earlier
    epoch always stand before news of a later one.
    """

    number = models.AutoField(primary_key=True)
    cluster = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField(db_default=Now())


class News(models.Model):
    """One business fact, in the past tense 业务事实. Never changed, never deleted."""

    epoch = models.IntegerField(db_default=CurrentEpoch())
    transaction = models.BigIntegerField(db_default=TransactionId())
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    actor = models.CharField(max_length=120)
    data = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["epoch", "transaction", "id"], name="journal_news_order"),
            models.Index(fields=["subject", "id"], name="journal_news_subject"),
        ]


class Cursor(models.Model):
    """How far a reader has come 读取进度."""

    reader = models.CharField(max_length=60, primary_key=True)
    epoch = models.IntegerField(default=0)
    transaction = models.BigIntegerField(default=0)
    row = models.BigIntegerField(default=0)
    tries = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    fault = models.TextField(default="")


class Effect(models.Model):
    """Something that must still happen outside the database 待出站事项.

    The row is written with the step that causes it and is the truth about the effect: at least once,
    with ``key`` for the receiver to know a repetition by.
    """

    topic = models.CharField(max_length=60)
    key = models.CharField(max_length=160, unique=True)
    body = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())
    next_try_at = models.DateTimeField(db_default=Now())
    tries = models.IntegerField(default=0)
    fault = models.TextField(default="")
    done_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                name="journal_effect_waiting",
                condition=models.Q(done_at=None, refused_at=None),
            ),
            models.Index(
                KeyTransform("case", "body"),
                name="journal_effect_of_case",
                condition=models.Q(done_at=None, refused_at=None),
            ),
        ]


class Access(models.Model):
    """One look at personal data 查阅记录: who, for which purpose, at whom, which fields.

    One row per request, with the list of subjects (Personal Information Protection Law, logs). ``marks`` say why
    a look deserves attention: at a protected person, a colleague, a relative, oneself.
    """

    at = models.DateTimeField(default=clock.now)
    account = models.CharField(max_length=60)
    post = models.CharField(max_length=120, default="")
    on_behalf_of = models.CharField(max_length=60, default="")
    action = models.CharField(max_length=20)
    purpose = models.CharField(max_length=200)
    subjects = ArrayField(models.CharField(max_length=80))
    fields = ArrayField(models.CharField(max_length=60))
    address = models.GenericIPAddressField(null=True)
    marks = ArrayField(models.CharField(max_length=20), default=list, db_default=[])

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="journal_access_account"),
            models.Index(fields=["purpose", "id"], name="journal_access_purpose"),
            GinIndex(fields=["subjects"], name="journal_access_subjects"),
            models.Index(fields=["id"], name="journal_access_marked", condition=~models.Q(marks=[])),
        ]
