"""Files that the keeper of the population register has entered: one of the month, and one that was undone."""

from __future__ import annotations

import csv
import io
from itertools import islice
from random import Random

from yizhan import clock
from yizhan.demo import lives, peopling, personas
from yizhan.identity.models import Account
from yizhan.registry import importing
from yizhan.registry.importing import Loading
from yizhan.registry.models import Import
from yizhan.registry.registration import Registration

_HEADINGS = ("记录号", "数据日期", "姓名", "公民身份号码", "联系电话", "工作单位", "职务、岗位")
_PEOPLE = 60


def found() -> None:
    """The keeper, as old as the other offices."""
    personas.employ_officials(comes_with="registers")


def make(dice: Random) -> None:
    """Enter the month's changes, and a file of another month that was taken by mistake and undone."""
    people = [
        one for one in islice(peopling.people(_PEOPLE * 4), _PEOPLE * 4) if one.particulars.get("employer")
    ]
    keeper = Account.objects.get(username="demo.register")
    for name, some in (("人口变动（10 月补报）.csv", people[::2]), ("人口变动（11 月）.csv", people[1::2])):
        report = importing.load(
            _file(dice, some), Loading(source=personas.SOURCE, by=keeper.subject, name=name)
        )
        if not report.loaded:
            raise RuntimeError(f"the demo's own file is refused: {report.rejects[:3]}")
    mistaken = Import.objects.order_by("at")[0]
    importing.undo(mistaken.id, because="取错文件，10 月数据上月已报", by=keeper.subject)


def _file(dice: Random, people: list[Registration]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for one in people:
        writer.writerow(
            (
                one.source_record, f"{clock.today():%Y-%m-%d}", one.name, one.id_number,
                f"1990{dice.randrange(10_000_000):07d}", *lives.another_job(dice),
            )
        )  # fmt: skip
    return text.getvalue().encode("utf-8-sig")
