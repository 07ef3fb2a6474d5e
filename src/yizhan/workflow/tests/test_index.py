"""The index of a column says of every value what its cells say when they are asked one by one."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan import feel
from yizhan.workflow.tables.index import ASKED, Index, places

NUMBERS = st.integers(-5, 5).map(Decimal) | st.decimals(-5, 5, places=1)
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 9))
TEXTS = st.sampled_from(["a", "b", "bb", "c", ""])
VALUES = st.one_of(NUMBERS, DAYS, TEXTS, st.booleans(), st.none(), st.just((Decimal(1), "a")))
CONSTANTS = (
    NUMBERS.map(str)
    | DAYS.map(lambda day: f'date("{day}")')
    | TEXTS.map(lambda text: f'"{text}"')
    | st.just("true")
)


@st.composite
def cells(draw):
    kind = draw(
        st.sampled_from(["value", "order", "range", "list", "not", "any", "condition", "fact", "null"])
    )
    one, other = draw(CONSTANTS), draw(CONSTANTS)
    return {
        "value": one,
        "order": f"{draw(st.sampled_from(['<', '<=', '>', '>=', '=', '!=']))} {one}",
        "range": f"{draw(st.sampled_from('[('))}{one}..{other}{draw(st.sampled_from('])'))}",
        "list": f"{one}, {other}, < {one}",
        "not": f"not({one}, {other})",
        "any": "-",
        "condition": f"? > {one} or ? = {other}",
        "fact": "<= limit",
        "null": "null",
    }[kind]


@settings(max_examples=300, deadline=None, database=None)
@given(st.lists(cells(), min_size=1, max_size=6), st.lists(VALUES, min_size=1, max_size=6))
def test_the_index_says_what_the_cells_say(sources, values):
    compiled = [feel.compile_tests(source) for source in sources]
    index = Index(compiled)
    for value in values:
        scope = {"limit": Decimal(2), ASKED: value}
        run = feel.Evaluation()
        answer = index.ask(value, scope, run)
        one_by_one = [cell.within(feel.Evaluation(), scope) for cell in compiled]
        assert list(places(answer.holding)) == [n for n, said in enumerate(one_by_one) if said is True]
        assert list(places(answer.unknown)) == [n for n, said in enumerate(one_by_one) if said is None]
        again = feel.Evaluation()
        index.ask(value, scope, again)
        assert again.reasons == run.reasons


def test_a_duration_and_a_function_of_ones_own_are_no_obstacle():
    index = Index(
        [feel.compile_tests('>= duration("P3D")'), feel.compile_tests('< date("2026-01-01")')], bool
    )
    assert index.ask(timedelta(days=4), {ASKED: timedelta(days=4)}, feel.Evaluation()).holding == 1
    day = date(2025, 1, 1)
    own = feel.Function("date", ("x",), lambda arguments, names, here: day)
    assert index.ask(day, {ASKED: day, "date": own}, feel.Evaluation()).holding == 0
