"""The register of companies as files 法人信息."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import connection
from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.types.json import Jsonb

from yizhan import clock, journal
from yizhan.identity.actor import Actor
from yizhan.identity.directory import cells
from yizhan.identity.directory.cells import CellRefused
from yizhan.identity.directory.reading import Column
from yizhan.identity.directory.report import Words
from yizhan.registry import entity_loading, numbers
from yizhan.registry.catalogue import CATALOGUE
from yizhan.registry.entity_catalogue import ENTITY_COLUMNS
from yizhan.registry.entity_entering import Details, code_of
from yizhan.registry.entity_loading import Told
from yizhan.registry.extracts import coordinates
from yizhan.registry.extracts.register import Done, Loading, Register
from yizhan.registry.faults import Refused
from yizhan.registry.import_columns import coded
from yizhan.registry.models import Import, Source
from yizhan.registry.models.person import RESIDENT_ID

_BATCH = 2_000
_OTHERS = (
    "kind", "kind_code", "state", "established_on", "registered_capital", "currency", "business_scope", "industry",
    "term_from", "term_until", "address", "division", "phone", "parent",
)  # fmt: skip


def amount(cell: str) -> Decimal | None:
    """Whole units of a currency with at most two decimals; nothing is not known."""
    if not cell:
        return None
    try:
        found = Decimal(cell.replace(",", ""))
    except InvalidOperation:
        found = Decimal(-1)
    if not (found.is_finite() and 0 <= found < 10**15 and found == round(found, 2)):
        raise CellRefused(Words.of(gettext_lazy("应为金额，最多两位小数")))
    return found


def columns() -> Sequence[Column]:
    """The columns, in any order; the first three must be there."""
    document = gettext_lazy("法定代表人证件号码")
    currency = cells.matching("[A-Z]{3}", gettext_lazy("应为三位币种代码，如 CNY"))
    return (
        _of("uscc", "uscc", cells.text(18), required=True),
        Column("as_of", gettext_lazy("数据日期"), cells.day, required=True),
        _of("name", "name", cells.text(120), required=True),
        _of("representative", "representative", cells.text(80)),
        Column("document_type", gettext_lazy("法定代表人证件类型"), coded("document_type")),
        Column("document", document, cells.text(40)),
        _of("kind", "kind", cells.text(60)),
        _of("kind_code", "kind_code", coded("entity_kind")),
        _of("state", "state", coded("entity_state")),
        _of("established_on", "established", cells.day),
        _of("until", "struck_off", cells.day),
        _of("registered_capital", "capital", amount),
        _of("currency", "currency", currency),
        _of("business_scope", "scope", cells.text(4000)),
        _of("industry", "industry", coded("industry")),
        _of("term_from", "term_from", cells.day),
        _of("term_until", "term_until", cells.day),
        _of("division", "division", coordinates.division),
        _of("address", "address", cells.text(300)),
        _of("phone", "phone", cells.text(30)),
        _of("parent", "parent", cells.text(18)),
    )


def _of(name: str, key: str, read: Callable[[str], Any], *, required: bool = False) -> Column:
    """A column headed as the catalogue calls it."""
    return Column(name, lazystr(CATALOGUE[f"entity.{key}"].meaning), read, required=required)


def _made(values: dict[str, Any]) -> Told:
    """A wrong code is kept and marked; one that is empty is refused."""
    code = code_of(values["uscc"])
    if not code.code:
        raise Refused(_("没有代码或名称，未作登记，请填写。"))
    if values["as_of"] > clock.today():
        raise Refused(_("日期晚于今天，未作登记，请核对。"))
    kind = values["document_type"] or RESIDENT_ID
    number = numbers.check(kind, values["document"]).number
    told = Told(
        code=code,
        name=values["name"],
        representative=values["representative"],
        document=f"{kind}:{number}" if number else "",
        as_of=values["as_of"],
        details=Details(**{name: values[name] for name in _OTHERS}),
        until=values["until"],
    )
    entity_loading.row(told)  # whether it can be written down
    return told


def _enter(entries: list[Told], file: Import, how: Loading) -> Done:
    source = Source.objects.get(code=how.source).pk
    fresh = changed = 0
    for start in range(0, len(entries), _BATCH):
        rows = [_row(one) for one in entries[start : start + _BATCH]]
        asked: list[Any] = [file.pk, source, file.at, Jsonb(rows)]
        with connection.cursor() as cursor:
            cursor.execute(
                "select code, fresh, changed, moved from registry_import_entities(%s, %s::smallint, %s, %s)",
                asked,
            )
            done = cursor.fetchall()
        fresh += sum(one[1] for one in done)
        changed += sum(one[2] for one in done)
        for code, _fresh, _changed, moved in done:
            if moved:
                journal.write("entity.moved", subject=f"entity:{code}", actor=how.by, source=how.source)
    return Done(fresh, changed)


def _row(told: Told) -> dict[str, Any]:
    """As the database reads it; a file that names no day of striking off does not vouch for one."""
    row = entity_loading.row(told)
    if told.until is None:
        row["columns"] = [one for one in row["columns"] if one != ENTITY_COLUMNS["until"]]
    return row


def _changed_since(file: Import) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select registry_entities_changed_since(%s)", [file.pk])
        (later,) = cursor.fetchone() or (0,)
    return int(later)


def _undo(file: Import, by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select registry_undo_entities(%s, %s, %s)", [file.pk, clock.now(), clock.today()])
        moved = [code for (code,) in cursor.fetchall()]
    for code in moved:
        journal.write("entity.moved", subject=f"entity:{code}", actor=by.key, source=file.source.code)


REGISTER: Register[Told] = Register(
    key="companies",
    title=gettext_lazy("法人信息"),
    unit=gettext_lazy("家"),
    columns=columns,
    maker=lambda: _made,
    record=lambda told: told.code.code,
    key_column="uscc",
    enter=_enter,
    changed_since=_changed_since,
    undo=_undo,
)
