"""Offices of the demo bear English names that say what they do; only places are spelled by their sounds."""

from __future__ import annotations

import csv

from yizhan import hanzi
from yizhan.demo.organisation import _DATA


def test_no_office_is_called_by_the_sounds_of_its_chinese_name():
    with (_DATA / "departments.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = [(row["name"], row["name_en"]) for row in rows]
    for row in rows:
        names += zip(row["sections"].split("|"), row["sections_en"].split("|"), strict=True)
    assert ("食品安全科", "Food Safety Section") in names
    spelled = [
        (chinese, english)
        for chinese, english in names
        if not english or hanzi.pinyin(chinese).replace(" ", "") in english.replace(" ", "").lower()
    ]
    assert spelled == []
