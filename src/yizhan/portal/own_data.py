"""All that is known of a resident 本人信息, gathered from the rooms: for the page, for programs, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.cases.mine import cases_of
from yizhan.identity.actor import Actor
from yizhan.identity.directory.report import harmless
from yizhan.payments import reading
from yizhan.registry import contacts, events, file, households, licences, objecting, relations, sight
from yizhan.registry.purposes import Own
from yizhan.registry.wording import named

Known = dict[str, Any]


def of(subject: str, *, by: Actor) -> Known:
    """What the rooms tell a resident of herself, each within its own rules; her looks are logged as her own."""
    purpose = Own()
    look = sight.look(subject, purpose=purpose)
    objected = objecting.of_person(subject)
    return {
        "objected": objected,
        "contested": objecting.contested(objected),
        "title_of": file.title_of,
        "relation": lambda code: named("family_relation", code),
        "categories": file.read(look).categories,
        "earlier": file.earlier(look),
        "happened": events.of(look),
        "licences": licences.held(subject, purpose=purpose),
        "contacts": contacts.of(look),
        "household": households.household_of(subject, purpose=purpose),
        "relatives": relations.relatives_of(look),
        "cases": cases_of(by),
        "benefits": reading.mine(by),
    }


def plain(known: Known) -> dict[str, Any]:
    """For programs: plain values, days as dates."""
    return {
        "at": clock.now().isoformat(),
        "categories": [
            {
                "name": one.name,
                "title": one.title,
                "fields": [
                    {"key": told.key, "title": told.title, "value": told.value, "words": told.words}
                    | {"source": told.source, "as_of": told.as_of}
                    for told in one.fields
                ],
            }
            for one in known["categories"]
        ],
        "earlier": [
            {"title": one.title, "words": one.words, "until": one.until, "replaced_at": one.replaced_at}
            for one in known["earlier"]
        ],
        "events": [{"kind": one.kind.value, "on": one.on} for one in known["happened"]],
        "contacts": [
            {"kind": one.kind.value, "value": one.value, "since": one.since, "until": one.until}
            for one in known["contacts"]
        ],
        "household": [{"name": one.name, "relation": one.relation} for one in known["household"].members],
        "relatives": [
            {"kind": one.kind.value, "name": one.name, "since": one.since} for one in known["relatives"]
        ],
        "licences": [
            {"title": one.title_zh, "number": one.number, "from": one.valid_from, "to": one.valid_to}
            for one in known["licences"]
        ],
        "objections": [
            {"key": one.key, "wanted": one.wanted, "case": one.case, "outcome": one.get_outcome_display()}
            for one in known["objected"]
        ],
        "cases": [
            {"number": one.number, "title": one.title, "status": one.status, "opened_at": one.opened_at}
            for one in known["cases"]
        ],
        "benefits": [
            {"benefit": str(one.benefit), "since": one.since, "case": one.case_number}
            for one in known["benefits"]
        ],
    }


def table(known: Known) -> str:
    """A table that spreadsheets open, one thing a line."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow([_("类别"), _("项目"), _("内容"), _("来源"), _("数据日期"), _("截止日期")])
    for line in _lines(known):
        lines.writerow([harmless(str(cell)) for cell in line])
    return "\ufeff" + written.getvalue()


def _lines(known: Known) -> Iterator[tuple[Any, ...]]:
    yield from _registered(known)
    yield from _happened(known)
    yield from _asked(known)


def _registered(known: Known) -> Iterator[tuple[Any, ...]]:
    for one in known["categories"]:
        for told in one.fields:
            yield one.title, told.title, told.words, told.source, told.as_of or "", ""
    for one in known["contacts"]:
        until = f"{one.until:%Y-%m-%d}" if one.until else ""
        yield _("联系方式"), one.kind.label, one.value, _("本人"), f"{one.since:%Y-%m-%d}", until
    for one in known["household"].members:
        yield _("本户成员"), known["relation"](one.relation), one.name, "", "", ""
    for one in known["relatives"]:
        yield _("亲属关系"), one.kind.label, one.name, "", one.since or "", ""
    for one in known["licences"]:
        yield _("持有证照"), one.title, one.number, one.issued_by, one.valid_from, one.valid_to or ""


def _happened(known: Known) -> Iterator[tuple[Any, ...]]:
    for one in known["happened"]:
        yield _("人口变动"), one.kind.label, "", one.source, one.on, ""
    for one in known["earlier"]:
        yield _("历史登记"), one.title, one.words, "", "", one.until or _("登记有误，已更正")


def _asked(known: Known) -> Iterator[tuple[Any, ...]]:
    """What the resident herself has asked for, and what came of it."""
    for one in known["objected"]:
        told = file.title_of(one.key), f"{one.wanted}（{one.get_outcome_display()}）"
        yield _("我提出的异议"), *told, one.case, f"{one.opened_at:%Y-%m-%d}", ""
    for one in known["cases"]:
        yield _("我的办件"), one.title, one.status, one.number, f"{one.opened_at:%Y-%m-%d}", ""
    for one in known["benefits"]:
        yield _("我的待遇"), one.benefit, "", one.case_number, one.since, ""
