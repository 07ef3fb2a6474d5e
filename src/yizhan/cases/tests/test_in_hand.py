"""A case in hand: asked once in a transaction, and only by whoever may see it."""

from django.db import connection, transaction

from yizhan.cases.models import Case, Event, Task, Token


def taken(case):
    with connection.cursor() as cursor:
        cursor.execute("select case_in_hand(%s)", [case])
        return cursor.fetchone()[0]


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
