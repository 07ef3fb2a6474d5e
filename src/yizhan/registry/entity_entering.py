"""A company is entered, or what its register says of it now 法人登记."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Func, Value
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.codes import organisation
from yizhan.codes import uscc as credit_codes
from yizhan.registry.entity_catalogue import ENTITY_COLUMNS
from yizhan.registry.faults import Refused
from yizhan.registry.fitting import fits
from yizhan.registry.models import Entity, EntityProvenance, Source

OLD_CODE = 9
"""Characters of an organisation code, GB 11714."""


@dataclass(frozen=True)
class Details:
    """What else the register may tell of a company; what it did not tell is empty.

    ``division`` is the code of the division in which the ``address`` lies; ``registered_capital`` is in whole units of
    ``currency`` with two decimals.
    """

    kind: str = ""
    address: str = ""
    division: str = ""
    established_on: date | None = None
    kind_code: str = ""
    state: str = ""
    registered_capital: Decimal | None = None
    currency: str = ""
    business_scope: str = ""
    industry: str = ""
    term_from: date | None = None
    term_until: date | None = None
    phone: str = ""
    parent: str = ""


NO_DETAILS = Details()


@dataclass(frozen=True)
class Code:
    """A code in the form in which it is kept.

    Attributes:
        code: a credit code, or an organisation code where no other is known.
        organisation: the organisation code in it; empty when the shape is wrong.
        ok: whether nothing is wrong with it.
    """

    code: str
    organisation: str
    ok: bool


def code_of(given: str) -> Code:
    """Bring a code into its form and check it; a wrong one is kept, and marked."""
    read = credit_codes.read(given)
    if len(read.code) == OLD_CODE:
        return Code(read.code, read.code, organisation.read(read.code).ok)
    return Code(read.code, read.organisation, read.ok)


def enter(
    uscc: str,
    name: str,
    *,
    representative: str,
    document: str,
    source: Source,
    as_of: date,
    details: Details = NO_DETAILS,
) -> Entity:
    """Enter a legal person, or what its register says of it now.

    Args:
        uscc: the unified social credit code.
        name: as registered.
        representative: the legal representative's name.
        document: type and number of the representative's document, ``111:4401…``.
        source: the register it comes from.
        as_of: the day for which the register says so; an older word changes nothing.
        details: kind, address, founding and more, as far as the register tells them; what it leaves out stays.

    Raises:
        Refused: no such code can exist, or a value cannot be written down.
    """
    code = code_of(uscc)
    if not code.ok or len(code.code) == OLD_CODE:
        raise Refused(_("统一社会信用代码不正确，请对照营业执照核对"))
    return register(
        code, name, representative=representative, document=document, source=source, as_of=as_of, details=details
    )  # fmt: skip


def register(
    code: Code,
    name: str,
    *,
    representative: str,
    document: str,
    source: Source,
    as_of: date,
    details: Details = NO_DETAILS,
) -> Entity:
    """The same on the word of a register whose codes are kept even where they are wrong, or old ones.

    Raises:
        Refused: there is no code or no name, or a value cannot be written down.
    """
    told = {"name": name.strip(), "representative": representative, "representative_document": document}
    says = told | {key: value for key, value in vars(details).items() if value not in ("", None)}
    fit(code, says)
    with transaction.atomic():
        entity = Entity.objects.select_for_update().filter(uscc=code.code).first()
        if entity is not None and as_of <= entity.as_of:
            return entity
        is_new = entity is None
        if entity is None:
            entity = Entity(uscc=code.code, organisation_code=code.organisation, code_ok=code.ok)
        in_order(says.get("established_on", entity.established_on), entity.until)
        for field, value in says.items():
            setattr(entity, field, value)
        entity.source, entity.as_of = source, as_of
        entity.recorded_at, entity.effective_on = clock.now(), None if is_new else as_of
        entity.save(force_insert=is_new)
        vouch(entity, says, source=source, record=code.code, as_of=as_of)
        if is_new and code.organisation:
            _link(code)
        journal.write("entity.registered" if is_new else "entity.corrected", subject=entity.subject)
    return entity


def fit(code: Code, says: Mapping[str, Any]) -> None:
    """See that a code and the texts of a company can be written down.

    Raises:
        Refused: one cannot.
    """
    if not code.code or not says.get("name", "-").strip():
        raise Refused(_("没有代码或名称，未作登记，请填写。"))
    fits(Entity, "uscc", code.code)
    for column, value in says.items():
        if isinstance(value, str):
            fits(Entity, column, value)


def in_order(established: date | None, until: date | None) -> None:
    """See that nothing ends before it begins.

    Raises:
        Refused: the founding lies after the day on which it was struck off.
    """
    if established is not None and until is not None and until < established:
        raise Refused(_("成立日期晚于注销日期，未作登记，请核对。"))


def vouch(entity: Entity, columns: Mapping[str, Any], *, source: Source, record: str, as_of: date) -> None:
    """From now on this source answers for these columns, and no other.

    Raises:
        Refused: the source's record speaks of another company.
    """
    numbers = [ENTITY_COLUMNS[column] for column in columns]
    EntityProvenance.objects.filter(entity=entity, columns__overlap=numbers).update(
        columns=Func(F("columns"), Value(numbers), function="registry_without")
    )
    row, made = EntityProvenance.objects.get_or_create(
        source=source,
        source_record=record,
        defaults={"entity": entity, "as_of": as_of, "columns": numbers},
    )
    if row.entity_id != entity.pk:
        raise Refused(_("来源记录 %(record)s 已用于另一法人，未作登记，请核对。") % {"record": record})
    if not made:
        row.refresh_from_db(fields=["columns"])
        row.columns, row.as_of = [*row.columns, *numbers], max(row.as_of, as_of)
        row.save(update_fields=["columns", "as_of"])


def _link(code: Code) -> None:
    """A company held by its organisation code alone leads to the one with the credit code from now on."""
    known = Entity.objects.filter(organisation_code=code.organisation)
    if len(code.code) == OLD_CODE:
        newer = known.exclude(uscc=code.code).filter(code_ok=True).values_list("uscc", flat=True).first()
        known.filter(uscc=code.code).update(became=newer or "", recorded_at=clock.now(), effective_on=None)
    else:
        older = known.filter(uscc=code.organisation, became="")
        older.update(became=code.code, recorded_at=clock.now(), effective_on=None)
