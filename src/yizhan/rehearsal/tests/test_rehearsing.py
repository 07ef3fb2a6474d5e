"""A journey is played by the house's own verbs, told in words, and leaves nothing behind."""

from __future__ import annotations

import os
import threading

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from yizhan import clock
from yizhan.identity import scope
from yizhan.notices import delivering
from yizhan.records import numbering
from yizhan.rehearsal import acting
from yizhan.rehearsal.rehearsing import rehearse
from yizhan.rehearsal.stage import Fresh, Stage
from yizhan.releases.faults import PackRefused
from yizhan.releases.models import Current

ACCEPTED = """\
  expect: {status: received, stands: [acceptance], rows: {eligibility: [R4]}}
steps:
  - {after: 1 working day, by: clerk, does: accept, expect: {status: accepted, messages: [accepted]}}
  - {by: clerk, does: agree}
  - {after: 2 working days, by: approver, does: grant, expect: {status: closed, papers: [granted], terms: {monthly: 50}}}
"""


def everything():
    """How many rows each table has, counters included; sequences aside."""
    with scope.service(), connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in tables:
            cursor.execute("select has_table_privilege(%s, 'select')", [name])
            if cursor.fetchone()[0]:
                cursor.execute(f'select count(*), coalesce(sum(hashtext(t::text)), 0) from "{name}" t')
                found[name] = cursor.fetchone()
    return found


def files():
    return sorted(name for _here, _folders, names in os.walk(settings.FILES) for name in names)


def test_it_is_played_and_told_in_words(town, written):
    (played,) = rehearse(written(one=ACCEPTED))
    assert [str(fault) for fault in played.faults] == []
    text = "\n".join(map(str, played.lines))
    assert "2026-11-20 09:30 星期五  黄示例 提交申请" in text
    assert "依据规则 R4" in text
    assert "2026-11-25 09:30 星期三  周审定 民政局审定 · 准予发放" in text
    assert "高龄津贴准予发放决定书（granted）" in text
    assert "→ 已办结：准予发放" in text


def test_nothing_stays_of_it(town_committed, written, monkeypatch):
    monkeypatch.setattr(delivering, "deliver", lambda *_: pytest.fail("a letter left"), raising=False)
    before = everything()
    pack = written(one=ACCEPTED, two="  expect: {status: closed}\n")
    assert [bool(one.faults) for one in rehearse(pack)] == [False, True]
    assert everything() == before
    assert files() == []


def test_nothing_stays_where_it_is_broken_off(town_committed, written, monkeypatch):
    def interrupted(_doing):
        raise KeyboardInterrupt

    monkeypatch.setitem(acting._VERBS, "does", interrupted)
    before = everything()
    with pytest.raises(KeyboardInterrupt):
        rehearse(written(one=ACCEPTED))
    assert everything() == before
    assert clock.now() == clock.parse("2026-11-20T09:30")


def test_the_step_that_is_not_as_it_says_is_told_with_its_line(town, written):
    text = """\
steps:
  - {after: 1 working day, by: clerk, does: accept}
  - by: clerk
    does: agree
    expect:
      status: decided
      tasks: [{at: review}]
"""
    (played,) = rehearse(written(one=text))
    status, task, more = (str(fault) for fault in played.faults)
    assert status.startswith("journeys/one.yaml:19 steps[1].expect.status: 应为 decided，实为 accepted")
    assert task.startswith("journeys/one.yaml:20 steps[1].expect.tasks[0]: 没有这项待办")
    assert "decision 440104-mz" in more
    assert "→ 已受理" in str(played.lines[-1])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_the_house_refuses_can_be_expected_whatever_the_terminal_speaks(town, written, language):
    text = """\
steps:
  - {after: 1 working day, by: clerk, does: decline, refused: 请说明理由}
  - {by: approver, does: grant, refused: 没有可办的待办}
  - {by: clerk, does: accept, refused: 办不成}
"""
    with translation.override(language):
        (played,) = rehearse(written(one=text))
    (fault,) = played.faults
    assert fault.path == "steps[2].refused"
    assert ("却办成了" if language == "zh-hans" else "but was done") in fault.message


def test_it_is_played_against_the_folder_or_what_is_in_force(town, written):
    pack = written(one="  expect: {status: received}\n")
    file = pack.folder / "decisions/eligibility.table.yaml"
    file.write_text(file.read_text("utf-8").replace("then: ['\"review\"']", "then: ['\"grant\"']"), "utf-8")
    (in_force,) = rehearse(pack, published=True)
    assert in_force.faults == []
    version = Current.objects.get(pack=pack.code).release.version
    with pytest.raises(PackRefused):  # the examples of the table do not come out any more
        rehearse(written(one="  expect: {status: received}\n"))
    assert Current.objects.get(pack=pack.code).release.version == version


def test_somebody_of_the_district_is_found_by_what_the_registers_say(town, written):
    text = """\
title: {zh: 库里的人, en: Somebody found}
begins: 2026-11-20T09:30
people:
  old: {found: {of: person, where: 'person.age >= 90 and household.registered_in_district = true'}}
  none: {found: {of: person, where: 'person.age > 200'}}
applies:
  by: old
  form:
    applicant: {phone: "13800001234"}
    account: {bank: 示例银行越秀支行, number: "6222021234567891"}
    agent: {is_agent: false}
    declaration: {other_allowance: false, true: true}
  expect: {status: closed, terms: {monthly: 240}}
"""
    found, nobody = rehearse(written(a=text.replace("  none:", "  # none:"), b=text))
    assert found.faults == []
    assert "王喆 提交申请" in str(found.lines[0])
    assert [fault.path for fault in nobody.faults] == ["people.none.found.where"]


def test_a_window_clerk_hands_in_for_somebody(town, written):
    text = """\
title: {zh: 窗口收件, en: At the window}
begins: 2026-11-20T09:30
people:
  huang: {person: {name: 黄示例, sex: male, born_on: 1950-05-12, registered: "440104003005"}}
  window: {staff: {name: 林窗口, role: platform.window_clerk, unit: "440104-bj"}}
applies:
  by: window
  for: huang
  form:
    applicant: {phone: "13800001234"}
    account: {bank: 示例银行越秀支行, number: "6222021234567891"}
    agent: {is_agent: false}
    declaration: {other_allowance: false, true: true}
  expect: {status: closed, outcome: granted, payment: {benefit: elderly_allowance, since: 2026-12, monthly: 50}}
"""
    (played,) = rehearse(written(one=text))
    assert [str(fault) for fault in played.faults] == []
    assert "林窗口 提交申请" in str(played.lines[0])


def test_timers_fire_each_at_its_own_moment(town, written):
    text = """\
steps:
  - {after: 1 working day, by: clerk, asks: [{words: 请补交证明}]}
  - {after: 30 days, expect: {status: received, due: {supplement: stopped}}}
"""
    (played,) = rehearse(written(one=text))
    assert [str(fault) for fault in played.faults] == []
    overdue = next(line for line in played.lines if "补正期满" in line.what)
    assert f"{overdue.at.astimezone(clock.ZONE):%Y-%m-%d %H:%M}" == "2026-12-08 00:00"


def test_an_error_of_the_program_is_a_sentence(town, written, monkeypatch):
    def broken(_doing):
        raise ZeroDivisionError("by nothing")

    monkeypatch.setitem(acting._VERBS, "does", broken)
    (played,) = rehearse(written(one=ACCEPTED))
    (fault,) = played.faults
    assert (fault.path, fault.line) == ("steps[0]", 16)
    assert "ZeroDivisionError" in fault.message


def test_whoever_hands_in_meanwhile_does_not_wait_for_it(town_committed, written, monkeypatch):
    town, fresh, meanwhile = town_committed, Stage.fresh, {}

    def others() -> None:
        """A resident hands in, and a paper of the same series gets its number, on another connection."""
        try:
            with clock.standing_at("2026-11-20T10:00"), connection.cursor() as cursor:
                cursor.execute("set lock_timeout = '5s'")
                meanwhile["case"] = town.apply("wang")
                meanwhile["paper"] = numbering.next_number(rule, pack="elderly_allowance")
        finally:
            connection.close()

    def after_the_paper(stage: Stage, number: str) -> Fresh:
        found = fresh(stage, number)
        if found["papers"] and not meanwhile:
            meanwhile["rehearsed"] = number
            thread = threading.Thread(target=others)
            thread.start()
            thread.join()
        return found

    pack = written(one=ACCEPTED)
    rule = pack.of("paper")["granted"].model.number
    monkeypatch.setattr(Stage, "fresh", after_the_paper)
    (played,) = rehearse(pack)
    assert [str(fault) for fault in played.faults] == []
    assert meanwhile["rehearsed"].startswith("YX2026-1120-T")
    assert meanwhile["case"] == "YX2026-1120-00001"
    assert meanwhile["paper"] == rule.format(year=2026, serial=2)  # the first is on the paper of that case
