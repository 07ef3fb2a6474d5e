"""A case in hand: asked once in a transaction, and only by whoever may see it."""

import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.db.models import AutoField

from yizhan.cases import sheet, writable
from yizhan.cases.models import Case, Clock, Event, Passage, Task, Timer, Token
from yizhan.database.rows import json_of, to_json
from yizhan.identity import scope
from yizhan.records import papers
from yizhan.records.documents import Document
from yizhan.records.models import Paper
from yizhan.releases.models import definition
from yizhan.seals import approvals
from yizhan.seals.models import Approval

step_writes = import_module("yizhan.cases.migrations.0022_a_step_in_two_journeys")
papers_with_their_step = import_module("yizhan.cases.migrations.0034_papers_with_their_step")
ADDED = {**step_writes.ADDED, **papers_with_their_step.PAPERS}


def taken(case):
    with connection.cursor() as cursor:
        cursor.execute("select case_taken(%s, %s, null)", [case, uuid.uuid4()])
        return cursor.fetchone()[0] is not None


def subjects():
    with connection.cursor() as cursor:
        cursor.execute("select scope_subjects()")
        return set(cursor.fetchone()[0])


def test_whoever_may_see_a_case_takes_it_in_hand_for_the_transaction(town):
    case = town.case(town.apply("chen", other_allowance=True)).id
    with town.acting("clerk"):
        before = subjects()
        assert taken(case)
        assert subjects() - before == {f"#{case}"}
        assert Token.objects.filter(case=case).exists()
    with town.acting("clerk"):
        assert f"#{case}" not in subjects()


def test_a_stranger_does_not_and_sees_none_of_its_rows(town):
    case = town.case(town.apply("chen", other_allowance=True)).id
    for who in ("stranger", "wang"):
        with town.acting(who):
            assert not taken(case)
            assert not any(
                model.objects.filter(**found).exists()
                for model, found in (
                    (Case, {"id": case}),
                    (Event, {"case": case}),
                    (Token, {"case": case}),
                    (Task, {"case": case}),
                )
            )


def test_one_case_in_hand_opens_no_other(town):
    town.permit_several()
    mine = town.case(town.apply("chen", other_allowance=True)).id
    other = town.case(town.apply("wang", other_allowance=True)).id
    with town.acting("clerk"):
        assert taken(mine)
        assert not taken(other)
        assert not Event.objects.filter(case=other).exists()


def test_without_a_scope_nothing_is_taken(town):
    case = town.case(town.apply("chen", other_allowance=True)).id
    with transaction.atomic():
        assert not taken(case)
        assert not Token.objects.filter(case=case).exists()


def written(number, /, **letter):
    with connection.cursor() as cursor:
        cursor.execute("select case_written(%s, %s::jsonb)", [number, json_of(letter)])


PASSED = {"cases_passage": [{"rev": 1, "node": "elsewhere", "at": "2026-11-20T09:30:00+08:00"}]}


def test_only_a_case_that_was_taken_is_written(town):
    town.permit_several()
    mine = town.case(town.apply("chen", other_allowance=True)).id
    other = town.case(town.apply("wang", other_allowance=True)).id
    with town.acting("clerk"):
        for case in (mine, other):
            with pytest.raises(ProgrammingError, match="not in hand"), transaction.atomic():
                written(case, added=PASSED)
        assert taken(mine)
        written(mine, added=PASSED)
        assert Passage.objects.filter(case=mine, node="elsewhere").exists()
        with pytest.raises(ProgrammingError, match="not in hand"), transaction.atomic():
            written(other, added=PASSED)


def test_a_letter_reaches_no_other_case_and_no_column_that_stays(town):
    town.permit_several()
    mine = town.case(town.apply("chen", other_allowance=True))
    other = town.case(town.apply("chen", other_allowance=True))
    task, clock = town.task(other.number), Clock.objects.filter(case=other).values_list("id", flat=True)
    with town.acting("clerk"):
        assert taken(mine.id)
        foreign = {"case_id": other.id, "state": "done", "node": "elsewhere"}
        written(
            mine.id,
            case={"number": "1", "subject": "person:0", "outcome": "granted"},
            changed={"cases_task": {task.id: foreign}, "cases_clock": {one: {"budget": 0} for one in clock}},
            added={"cases_passage": [{**PASSED["cases_passage"][0], "case_id": other.id}]},
            timers=[{"kind": "limit", "ref": "x", "due": "2026-11-21T09:30:00+08:00", "case_id": other.id}],
        )
    after = town.case(mine.number)
    assert (after.number, after.subject, after.outcome) == (mine.number, mine.subject, "granted")
    assert town.task(other.number).state == "open"
    with scope.service():
        assert not Passage.objects.filter(case=other, node="elsewhere").exists()
        assert not Timer.objects.filter(case=other, ref="x").exists()
        assert Timer.objects.filter(case=mine, ref="x").exists()


def test_a_paper_of_a_letter_belongs_to_its_case_and_an_approval_to_its_paper(town):
    town.permit_several()
    mine = town.case(town.apply("chen", other_allowance=True))
    other = town.case(town.apply("wang", other_allowance=True))
    with town.acting("clerk") as clerk:
        assert taken(mine.id)
        example = definition(mine.release_id, "paper", "granted", Document).example()
        paper = papers.drawn_up(
            mine.release_id,
            "granted",
            example,
            owner=f"case:{other.number}",
            issuer="云津区民政局",
            by=clerk.key,
        )
        signed = {"unit": mine.unit, "kind": "official", "by": clerk.key, "why": "test"}
        hers, stray = approvals.of_unit(paper, **signed), approvals.of_any("paper:stray", "0" * 64, **signed)
        rows = {"records_paper": [to_json(paper)], "seals_approval": [to_json(hers), to_json(stray)]}
        written(mine.id, added=rows)
        written(mine.id, added={"seals_approval": [to_json(stray)]})
    with scope.service():
        assert Paper.objects.get(pk=paper.pk).owner == f"case:{mine.number}"
        assert Approval.objects.filter(document=paper.key).exists()
        assert not Approval.objects.filter(document="paper:stray").exists()


@pytest.mark.parametrize("table", ADDED)
def test_every_column_of_a_row_that_a_step_adds_is_written(table):
    model = next(one for one in apps.get_models() if one._meta.db_table == table)
    known = {field.column for field in model._meta.concrete_fields if not isinstance(field, AutoField)}
    assert set(ADDED[table].split()) == known - {"case_id"}


def test_what_a_sheet_takes_up_is_what_is_written():
    tables = {model._meta.db_table for model in writable.ADDED} - {"journal_news"}
    assert tables == set(ADDED)
    changed = {model._meta.db_table: set(names) for model, names in writable.CHANGED.items()}
    assert changed == {table: set(names.split()) for table, (_key, names) in step_writes.CHANGED.items()}
    assert set(step_writes.OF_THE_CASE.split()) == set(writable.OF_THE_CASE)


def test_a_sheet_takes_up_nothing_that_would_be_lost(town):
    case = town.case(town.apply("chen", other_allowance=True))
    page = sheet.Sheet(case, case.opened_at)
    with pytest.raises(TypeError, match="no Timer"):
        page.add(Timer(case=case))
    with pytest.raises(TypeError, match="of a Task only"):
        page.change(Task(case=case), node="elsewhere")
