"""Kinds of columns that several tables of the register share, and how division codes nest."""

from __future__ import annotations

from django.db import models


class UuidV7(models.Func):
    """A new key that grows with time (PostgreSQL 18), so that new rows stand together in the index."""

    template = "uuidv7()"
    output_field = models.UUIDField()


def division_column(meaning: str) -> models.CharField[str, str]:
    """A column for a division code 行政区划代码 of twelve digits: district 6, sub-district 3, committee 3.

    A sub-district's own code ends with 000, a district's with 000000; empty means unknown. The byte
    order of collation C lets an index answer "all that begins with" on every server.
    """
    return models.CharField(max_length=12, default="", blank=True, db_collation="C", help_text=meaning)


def subdistrict_of(code: str) -> str:
    """The code of the sub-district in which a division lies; empty when the code is coarser."""
    return code[:9] + "000" if len(code) == 12 and code[6:9] != "000" else ""


def committee_of(code: str) -> str:
    """The code of the committee if the division is one; empty when the code is coarser."""
    return code if len(code) == 12 and code[9:] != "000" else ""
