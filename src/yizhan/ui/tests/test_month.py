from datetime import date

from yizhan.ui.month import weeks

FRIDAY = date(2026, 11, 20)


def test_a_month_is_whole_weeks_from_monday():
    sheet = list(weeks(FRIDAY, today=FRIDAY))
    assert sheet[0][0].day == date(2026, 10, 26)
    assert sheet[-1][-1].day == date(2026, 12, 6)
    assert all(len(week) == 7 for week in sheet)
    assert sheet[0][0].outside
    assert not sheet[1][0].outside


def test_days_off_are_those_of_the_calendar_where_it_is_given():
    by_default = {square.day for week in weeks(FRIDAY, today=FRIDAY) for square in week if square.off}
    assert date(2026, 11, 21) in by_default
    worked_saturday = list(weeks(FRIDAY, today=FRIDAY, off={FRIDAY}))
    assert [square.day for week in worked_saturday for square in week if square.off] == [FRIDAY]


def test_today_and_marked_days():
    [today] = [
        square for week in weeks(FRIDAY, today=FRIDAY, marked={FRIDAY}) for square in week if square.today
    ]
    assert today.day == FRIDAY
    assert today.marked
