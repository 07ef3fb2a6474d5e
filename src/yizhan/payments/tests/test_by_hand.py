"""The office stops, pauses, resumes, changes an account and asks money back; lists, proof and payee follow."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from yizhan import clock
from yizhan.cases import ledger, trail
from yizhan.cases.models import Case, Lapse
from yizhan.identity import scope
from yizhan.identity.faults import NotAllowed
from yizhan.notices.models import Message
from yizhan.payments import accounts, by_hand, exporting, mine, overview, reading, recovering
from yizhan.payments.accounts import Typed
from yizhan.payments.models import Gap, Order, Recovery
from yizhan.payments.ordering import Said
from yizhan.payments.recovering import Entered
from yizhan.payments.refusals import Incomplete, Refused

DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)
LATE_DECEMBER, LATE_JANUARY = "2026-12-22T09:00", "2027-01-22T09:00"
NEW = Typed("陈玥堃", "示例银行越秀支行", "6222 0212 3456 7899", "6222021234567899")


def said(key=None, reason="家庭情况有变化。", basis="示例办法第十条。"):
    return Said(key or uuid.uuid4(), reason, basis)


def stop(office, number, month=DECEMBER, **more):
    with office.acting("payer") as actor:
        by_hand.stop(office.entitlement(number), said(**more), month=month, by=actor)


def pause(office, number, **more):
    with office.acting("payer") as actor:
        by_hand.pause(office.entitlement(number), said(**more), by=actor)


def resume(office, number, arrears=True):
    with office.acting("payer") as actor:
        by_hand.resume(office.entitlement(number), said(), arrears=arrears, by=actor)


def close(office, moment, *months):
    """Lists are made and closed."""
    with clock.standing_at(moment):
        office.build()
        for month in months:
            with office.acting("payer") as actor:
                office.close(month, actor)
        office.tell()


def overpaid(office):
    """Paid for December, then known to have ended before: 120 yuan too much."""
    number = office.grant()
    close(office, "2026-11-30T10:00", "2026-12")
    with clock.standing_at(LATE_DECEMBER):
        stop(office, number)
    return number


def ask_back(office, number, amount="120", due_on=date(2027, 3, 31)):
    with clock.standing_at(LATE_DECEMBER), office.acting("payer") as actor:
        recovering.ask_back(office.entitlement(number), said(), amount=amount, due_on=due_on, by=actor)
    with scope.service():
        return Recovery.objects.select_related("entitlement__benefit").latest("id")


def enter(office, recovery, kind, amount="", words="收据 0001 号", key=None):
    with clock.standing_at(LATE_JANUARY), office.acting("payer") as actor:
        entered = Entered(key or uuid.uuid4(), kind, amount, date(2027, 1, 20), words)
        recovering.enter(recovery, entered, by=actor)


def left(office):
    with scope.service():
        return [
            (str(each.left), each.state)
            for each in map(recovering.told, Recovery.objects.prefetch_related("entries"))
        ]


def test_stopped_it_leaves_the_open_list_with_the_reason(office):
    number = office.grant()
    stop(office, number, reason="已入住特困供养机构。")
    assert office.lines("2026-12") == [("2026-12", "withdrawn", "")]
    with scope.service():
        end = office.entitlement(number).ends.get()
        assert (end.kind, end.order.by_name) == ("stopped", "苏敏 · 科员")
        assert Lapse.objects.get(undone_at=None).case.number == number
        line = office.entitlement(number).lines.get()
    assert line.because[0] == {
        "zh": "经办停发：已入住特困供养机构。",
        "en": "Stopped by the office: 已入住特困供养机构。",
    }


def test_it_is_proved_in_the_case_and_the_payee_is_told(office):
    number = office.grant()
    pause(office, number, reason="核实户籍情况。")
    with scope.service():
        case = Case.objects.get(number=number)
        latest = trail.trail(case, trail.events_of(case)).traces[0]
        assert (latest.what, latest.who.split(" ")[0]) == ("暂停发放", "苏敏")
        assert not ledger.broken_links(case)
        told = Message.objects.get(template="payment_pause")
    assert "核实户籍情况。" in told.text


def test_the_same_form_again_changes_nothing(office):
    number, key = office.grant(), uuid.uuid4()
    for _twice in range(2):
        pause(office, number, key=key)
    with scope.service():
        assert Order.objects.count() == 1
    with pytest.raises(Refused, match="已经暂停"):
        pause(office, number)


def test_paused_over_a_closed_list_and_resumed_with_what_was_missed(office):
    number = office.grant()
    pause(office, number)
    assert office.lines("2026-12") == [("2026-12", "held", "")]
    close(office, "2026-11-30T10:00", "2026-12")
    with clock.standing_at(LATE_DECEMBER):
        resume(office, number)
        office.build()
    assert office.lines("2027-01") == [("2026-12", "due", "120.00"), ("2027-01", "due", "120.00")]


def test_what_is_made_up_for_waits_too(office):
    office.grant("wang")
    close(office, "2026-11-30T10:00", "2026-12")
    with clock.standing_at("2026-11-30T16:00"):
        number = office.grant("chen")
    with clock.standing_at(LATE_DECEMBER):
        office.build()
        both = [("2026-12", "due", "120.00"), ("2027-01", "due", "120.00")]
        assert office.lines("2027-01", "chen") == both
        pause(office, number)
        assert [line[1] for line in office.lines("2027-01", "chen")] == ["held", "held"]
        resume(office, number, arrears=False)
        assert [line[1] for line in office.lines("2027-01", "chen")] == ["withdrawn", "due"]


def test_resumed_without_what_was_missed_it_is_never_owed(office):
    number = office.grant()
    pause(office, number)
    close(office, "2026-11-30T10:00", "2026-12")
    with clock.standing_at(LATE_DECEMBER):
        office.build()
        assert [line[1] for line in office.lines("2027-01")] == ["held", "held"]
        resume(office, number, arrears=False)
    assert office.lines("2027-01") == [("2026-12", "withdrawn", ""), ("2027-01", "due", "120.00")]
    close(office, "2026-12-30T10:00", "2027-01")
    with clock.standing_at(LATE_JANUARY):
        office.build()
    assert office.lines("2027-02") == [("2027-02", "due", "120.00")]
    with scope.service():
        assert Gap.objects.count() == 1


def test_a_stop_by_mistake_is_taken_back(office):
    number = office.grant()
    stop(office, number)
    resume(office, number)
    assert office.lines("2026-12") == [("2026-12", "due", "120.00")]
    with scope.service():
        assert not Lapse.objects.filter(undone_at=None).exists()
    with pytest.raises(Refused, match="没有经办暂停"):
        resume(office, number)


def test_paused_then_stopped_what_waited_is_not_paid(office):
    number = office.grant()
    pause(office, number)
    close(office, "2026-11-30T10:00", "2026-12")
    with clock.standing_at(LATE_DECEMBER):
        with pytest.raises(Incomplete):
            stop(office, number, month=JANUARY)
        stop(office, number)
        office.build()
    assert {line[1] for line in office.lines("2027-01")} <= {"withdrawn"}


def test_what_the_register_ends_is_not_undone_by_hand(office):
    number = office.grant()
    office.died("chen", "2026-11-20")
    for verb in (stop, pause, resume):
        with pytest.raises(Refused):
            verb(office, number)


@pytest.mark.parametrize("verb", [stop, pause])
def test_without_reason_or_basis_it_is_not_done(office, verb):
    number = office.grant()
    with pytest.raises(Incomplete) as refused:
        verb(office, number, reason=" 无 ", basis="x" * 600)
    assert [place for place, _words in refused.value.faults] == ["reason", "basis"]
    with scope.service():
        assert not Order.objects.exists()


def test_only_who_pays_it_may(office):
    number = office.grant()
    for who in ("approver", "clerk", "chen"):
        with office.acting(who) as actor:
            found = office.entitlement(number)
            with pytest.raises(NotAllowed):
                by_hand.pause(found, said(), by=actor)
            assert overview.one(actor, "elderly_allowance", number) is None


def test_another_account_is_paid_from_the_first_open_list_on(office):
    number = office.grant()
    close(office, "2026-11-30T10:00", "2026-12")
    with clock.standing_at(LATE_DECEMBER):
        with office.acting("payer") as actor:
            accounts.change(office.entitlement(number), said(), NEW, by=actor)
        office.build()
    close(office, "2026-12-30T10:00", "2027-01")
    with office.acting("payer") as actor:
        files = [exporting.export(office.roll(month), by=actor) for month in ("2026-12", "2027-01")]
        shown = [reading.lines(office.roll(month)).rows[0].account for month in ("2026-12", "2027-01")]
    assert [b"6222021234567899" in file.content for file in files] == [False, True]
    assert shown == ["**** 7890", "**** 7899"]
    with office.acting("chen") as actor:
        assert mine.of(actor)[0].account == "**** 7899"
    with scope.service():
        case = Case.objects.get(number=number)
        assert not any("6222021234567899" in str(event.delta) for event in trail.events_of(case))


@pytest.mark.parametrize("who", ["payer", "chen"])
@pytest.mark.parametrize(
    "statement",
    [
        "insert into payments_gap (entitlement_id, order_id, first, last)"
        " select entitlement_id, id, '2026-12-01', '2026-12-01' from payments_order",
        "update payments_order set reason = 'x'",
        "update payments_payeeaccount set account_number = '0'",
        "delete from payments_order",
    ],
)
def test_the_database_lets_nobody_but_the_house_write_and_nobody_change_an_order(office, who, statement):
    pause(office, office.grant())
    with office.acting(who):
        assert Order.objects.count() == 1
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert Order.objects.get().reason == "家庭情况有变化。"


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        (Typed("", "", "12", "12"), ["holder", "bank", "account"]),
        (Typed("陈玥堃", "示例银行", "6222021234567899", "6222021234567898"), ["again"]),
    ],
)
def test_an_account_that_cannot_be_one_is_told_at_its_place(office, typed, places):
    number = office.grant()
    with office.acting("payer") as actor, pytest.raises(Incomplete) as refused:
        accounts.change(office.entitlement(number), said(), typed, by=actor)
    assert [place for place, _words in refused.value.faults] == places


def test_what_was_paid_too_much_is_asked_back_and_paid_back_in_parts(office):
    recovery = ask_back(office, overpaid(office))
    assert left(office) == [("120.00", "open")]
    key = uuid.uuid4()
    for _twice in range(2):
        enter(office, recovery, "repaid", "50", key=key)
    assert left(office) == [("70.00", "open")]
    with pytest.raises(Incomplete):
        enter(office, recovery, "repaid", "70.01")
    enter(office, recovery, "waived", "70", words="家庭困难，决定免予追回。")
    assert left(office) == [("0.00", "done")]
    with pytest.raises(Refused, match="已经办结"):
        enter(office, recovery, "repaid", "1")
    with scope.service():
        assert Message.objects.filter(template="payment_recovery").count() == 1
        assert Message.objects.filter(template="payment_recovered").count() == 2


def test_no_more_is_asked_back_than_was_paid(office):
    number = overpaid(office)
    with pytest.raises(Incomplete) as refused:
        ask_back(office, number, amount="121", due_on=date(2026, 1, 1))
    assert [place for place, _words in refused.value.faults] == ["amount", "due_on"]
    recovery = ask_back(office, number, amount="１００元")
    with office.acting("payer") as actor:
        seen = overview.one(actor, "elderly_allowance", number)
    assert (str(seen.overpaid), str(seen.recoverable)) == ("20.00", "20.00")
    enter(office, recovery, "called_off", words="发起有误，撤销。")
    with office.acting("payer") as actor:
        assert str(overview.one(actor, "elderly_allowance", number).recoverable) == "120.00"


@pytest.mark.parametrize("amount", ["", "0", "-5", "1.005", "NaN", "1e9999", "abc", "9" * 400])
def test_an_amount_that_is_none_is_refused(office, amount):
    with pytest.raises(Incomplete):
        ask_back(office, overpaid(office), amount=amount)


def test_after_its_last_day_it_is_late(office):
    ask_back(office, overpaid(office), due_on=date(2026, 12, 31))
    with clock.standing_at(LATE_JANUARY):
        assert left(office) == [("120.00", "late")]


def test_the_payee_sees_all_of_it(office):
    number = overpaid(office)
    ask_back(office, number)
    with office.acting("chen") as actor:
        (told,) = mine.of(actor)
    assert told.end.order.reason == "家庭情况有变化。"
    assert [str(one.left) for one in told.recoveries] == ["120.00"]
    with office.acting("li") as actor:
        assert mine.of(actor) == []
        assert not Order.objects.exists()
        assert not Recovery.objects.exists()
