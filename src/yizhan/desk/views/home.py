"""The first page of an official: how much waits, what is due first, the month, the latest messages."""

from __future__ import annotations

import uuid
from functools import lru_cache
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import get_language

from yizhan import calendar, clock
from yizhan.calendar import months
from yizhan.calendar.daytable import Table
from yizhan.cases import agenda, extending, holdings, inbox
from yizhan.cases.holdings import Items
from yizhan.cases.inbox import Page, Tab, Wanted
from yizhan.cases.task_sources import Light
from yizhan.desk import rows, standing
from yizhan.identity.doors import staff
from yizhan.identity.middleware import Known
from yizhan.notices.inbox import inbox as messages_of

_MESSAGES = 5


@staff()
def index(request: Known) -> HttpResponse:
    """The workbench 工作台."""
    wanted = _wanted(request)
    table = calendar.table()
    page = _page(request, wanted, table)
    written = rows.done_rows(page.lines) if wanted.tab == "done" else rows.rows(page.lines, table)
    context = {
        "wanted": wanted,
        "page": page,
        "rows": written,
        "together": rows.together(page.lines) if wanted.tab != "done" else [],
        "counts": standing.counts(request, table),
        "item_options": _item_options(holdings.of(request.actor).items, wanted.item, get_language()),
        "address": _address(wanted),
        "command": uuid.uuid4(),
        "extensions": len(extending.waiting(request.actor)),
        "messages_latest": messages_of(request.actor.account_id or 0).messages[:_MESSAGES],
        **_month(request, table),
    }
    return render(request, "desk/home.jinja", context)


def _page(request: Known, wanted: Wanted, table: Table) -> Page:
    """The list that is wanted; the one that everybody opens first is read together with its numbers."""
    if wanted == Wanted():
        page, counts = inbox.front(request.actor, table)
        standing.keep_counts(request, counts)
        return page
    return inbox.tasks(request.actor, wanted, table)


@lru_cache(maxsize=512)
def _item_options(items: Items, chosen: str, language: str | None) -> str:
    """The items to filter by as options, for each language; written once, since there may be 580 of them."""
    if len(items) < 2 and not chosen:
        return ""
    return render_to_string("desk/home/items.jinja", {"items": items, "chosen": chosen})


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    tab, light, number = asked.get("tab", "todo"), asked.get("light", ""), asked.get("page", "1")
    return Wanted(
        tab=tab if tab in get_args(Tab) else "todo",  # type: ignore[arg-type]  # one of its values
        light=light if light in get_args(Light) else None,  # type: ignore[arg-type]  # one of its values
        item=asked.get("item", "")[:60],
        words=asked.get("words", "").strip()[:60],
        page=max(int(number), 1) if number.isdecimal() and len(number) < 6 else 1,
    )


def _address(wanted: Wanted) -> Any:
    """Makes the address of the same list with something else wanted; back on its first page."""
    present = {"tab": wanted.tab, "light": wanted.light, "item": wanted.item, "words": wanted.words}

    def other(**changed: Any) -> str:
        return "?" + urlencode({key: value for key, value in {**present, **changed}.items() if value})

    return other


def _month(request: Known, table: Table) -> dict[str, Any]:
    today = clock.today()
    month = months.month(table, today.year, today.month)
    return {
        "month": month,
        "nth": next(day.nth for day in month.days if day.day.day == today),
        "due_days": agenda.my_due_days(request.actor, month.days[0].day.day, month.days[-1].day.day),
    }
