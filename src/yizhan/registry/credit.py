"""A company's credit score 信用评分, by stated rules: a sum that says for each of its parts why.

The rules are this house's own, for trial: ``verified`` is false until a rule was read in a published standard. Only
decisions that their office has made public, in their publicity term, count; nobody's score depends on who looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizhan.releases.words import Text

START = 80
LEAST, MOST = 0, 100


_OWN = Text(zh="本平台试行规则", en="rules of this platform, on trial")


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        key: its name.
        meaning: what counts, in both languages.
        points: for each time.
        most: how often it counts at most.
        source: where it was read.
        verified: whether that was read.
    """

    key: str
    meaning: Text
    points: int
    most: int
    source: Text = _OWN
    verified: bool = False


RULES = (
    Rule("penalty_light", Text(zh="公示期内的轻微行政处罚", en="light penalties in their publicity term"), -5, 4),
    Rule("penalty", Text(zh="公示期内的一般行政处罚", en="ordinary penalties in their publicity term"), -10, 4),
    Rule("penalty_serious", Text(zh="公示期内的严重行政处罚", en="serious penalties in their publicity term"), -20, 2),
    Rule("breach", Text(zh="失信记录", en="records of broken trust"), -15, 3),
    Rule("revoked", Text(zh="营业执照被吊销", en="business licence revoked"), -30, 1),
    Rule("honour", Text(zh="守信记录", en="records of kept trust"), 4, 3),
    Rule("years", Text(zh="存续满一年", en="full years in operation"), 1, 8),
)  # fmt: skip

_REVOKED = "4"
_PENALTIES = {"1": "penalty_light", "3": "penalty_serious"}


@dataclass(frozen=True)
class Line:
    """One line of the explanation: the rule, how often it was met, how often it counted, and the points."""

    rule: Rule
    met: int
    counted: int
    points: int


@dataclass(frozen=True)
class Score:
    """The score on a day, and the lines that it is the sum of; :data:`START` comes first, the bounds last."""

    points: int
    lines: tuple[Line, ...]
    start: int = START


def score(row: Mapping[str, Any]) -> Score:
    """The score of a company as ``registry_entity_facts`` tells it."""
    met = dict.fromkeys((rule.key for rule in RULES), 0)
    for one in row["records"]:
        if one["kind"] == "penalty":
            met[_PENALTIES.get(one["grade"], "penalty")] += 1
        elif one["kind"] in met:
            met[one["kind"]] += 1
    met["revoked"] = int(row["state"] == _REVOKED)
    met["years"] = _years(row["established_on"], row["on"])
    lines = tuple(_line(rule, met[rule.key]) for rule in RULES if met[rule.key])
    points = START + sum(line.points for line in lines)
    return Score(min(max(points, LEAST), MOST), lines)


def _line(rule: Rule, met: int) -> Line:
    counted = min(met, rule.most)
    return Line(rule, met, counted, counted * rule.points)


def _years(since: date | None, on: date) -> int:
    if since is None or since > on:
        return 0
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
