"""A page with the drawing of one process, for tests and for people who look at it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines

from yizhan.ui.language import in_english
from yizhan.workflow.drawing import Drawing, Participant, draw
from yizhan.workflow.processes.compiling import compile
from yizhan.workflow.tables.table import Table
from yizhan.workflow.tests import pictured
from yizhan.workflow.tests.packs import flow, table

PAGE = """
{%- extends "ui/public.jinja" -%}
{%- from "ui/components/card.jinja" import card -%}
{%- from "ui/components/process.jinja" import process -%}
{%- block title %}{{ title }}{% endblock -%}
{%- block main %}<h1>{{ title }}</h1>
{% call card(title, padded=true) %}{{ process(drawing) }}{% endcall %}{% endblock -%}
"""
SIX = (
    ("区市场监督管理局", "Market Supervision Bureau", "consented"),
    ("区消防救援大队", "Fire and Rescue Brigade", "waiting"),
    ("市生态环境局越秀分局", "Ecology and Environment Bureau, Yuexiu Branch", "silent"),
    ("区城市管理和综合执法局", "Urban Management and Enforcement Bureau", "refused"),
    ("区卫生健康局", "", "withdrawn"),
    ("区住房和建设局", "Housing and Construction Bureau", "ahead"),
)
CAME = ["accept", "checks", "members", "match", "household_done", "query", "home", "report", "economy_done"]
NAMES = ("restaurant", "reviewed", "subsistence", "checked", "granted", "allowance", "wild")


def page(request: HttpRequest, name: str) -> HttpResponse:
    """The page of one drawing."""
    found, title = _drawn(name)
    template = engines["jinja2"].from_string(PAGE)
    return HttpResponse(template.render({"drawing": found, "title": title}, request))


def _drawn(name: str) -> tuple[Drawing, str]:
    if name in {"restaurant", "reviewed"}:
        graph = pictured.restaurant()
        if name == "restaurant":
            return draw(graph), str(graph.title)
        stands = ["reviews", "visit", "opinion", "opinion"]
        came = ["accept", "reviews", "sort", "inspection", "appoint", "visit", "opinion", "agreed_one"]
        return draw(graph, current=stands, passed=came, several={"reviews": _six()}), str(graph.title)
    if name == "wild":
        graph = pictured.wild()
        return draw(graph), str(graph.title)
    if name == "allowance":
        graph = compile(flow(), {"eligibility": Table(table())})
        return draw(graph, passed=["intake_check"], cancelled=["intake_check"]), str(graph.title)
    graph = pictured.subsistence()
    if name == "checked":
        return draw(graph, current=["checks", "home", "report"], passed=CAME[:-1]), str(graph.title)
    came = [*CAME, "visit_done", "review", "notice", "confirm", "granted"]
    return draw(graph, passed=came if name == "granted" else ()), str(graph.title)


def _six() -> tuple[Participant, ...]:
    return tuple(Participant(en if en and in_english() else zh, state) for zh, en, state in SIX)  # type: ignore[arg-type]
