"""What the proof of access itself must be able to do: tell whose a value is, what the rule allows, and what is late."""

from __future__ import annotations

from datetime import date
from random import Random

from tests.proofs.rig.access import exhibits, pdf_words, people, timing
from tests.proofs.rig.access.canaries import Book, day, text
from tests.proofs.rig.access.ledger import Ledger
from tests.proofs.rig.access.posts import NARROW
from tests.proofs.rig.access.rule import Raw, Rule, allows, reach
from yizhan import clock
from yizhan.records import fonts
from yizhan.records.tests.test_sheets import PAPER
from yizhan.records.typesetting import Sheet, Typesetter

OUTSIDE = "440104005001"
RAW = Raw(
    persons={
        "a": (people.HERE, people.HERE),
        "b": (OUTSIDE, OUTSIDE),
        "c": (OUTSIDE, people.HERE),
        "d": (OUTSIDE, OUTSIDE),
    },
    firms={"91A": people.HERE, "91B": OUTSIDE},
    books={"1": {"b", "d"}},
    units={
        "bureau": ("g/bureau/", "440104000000"),
        "street": ("g/street/", "440104003000"),
        "committee": ("g/street/committee/", people.HERE),
    },
)
RULE = Rule(
    RAW, {"inside": "person:a", "outside": "person:b", "kin": "person:d", "both": "person:c"},
    {"here": "91A", "there": "91B"},
    {"subject": "person:b", "units": ["street", "bureau"]},
)  # fmt: skip


def post(name: str, unit: str, role: str, scope: str):
    return reach(name, unit, role, scope, RAW)


def test_a_planted_value_is_known_in_every_form_and_not_when_one_said_it_oneself():
    book = Book([day("x", "born", "open:identity", date(1907, 3, 5)), text("x", "name", "name", "鄢翀骞")])
    assert [one.field for one in book.met("生于1907年3月5日")] == ["born"]
    assert [one.field for one in book.met("5 March 1907", "…")] == ["born"]
    assert book.met("查找鄢翀骞", besides="鄢翀骞") == []
    assert book.met("鄢＊＊ 1907-**-**") == []


def test_a_planted_value_is_known_on_the_pages_of_a_pdf_and_in_what_it_carries():
    press = Typesetter(fonts.files())
    try:
        sheet = Sheet(
            '#import "letter.typ": *\n#show: letter.with(to: data.name)\n#box(width: 7em, data.number)',
            clock.now(), {"name": "鄢翀骞", "number": "1790 4455 667"}, PAPER, {"bank": "示例银行骞翀支行"},
        )  # fmt: skip
        pdf = press.pdf(sheet)
    finally:
        press.close()
    book = Book(
        [
            text("x", one, "name", form)
            for one, form in {"a": "鄢翀骞", "b": "17904455667", "c": "骞翀支行"}.items()
        ]
    )
    raw = {one.field for one in book.met(pdf.decode("utf-8", errors="ignore"))}
    assert raw == {"c"}, "in its bytes stands what it carries, and nothing of its pages"
    assert {one.field for one in book.met(pdf_words.words(pdf))} == {"a", "b", "c"}
    assert pdf_words.words(b"%PDF-1.7 broken") == "%PDF-1.7 broken"


def test_a_post_sees_by_where_one_is_registered_or_lives_and_administrators_see_nobody():
    committee = post("committee", "committee", "x.clerk", "area")
    assert [RULE.sees(committee, key) for key in "abc"] == [True, False, True]
    assert all(RULE.sees(post("district", "bureau", "x.supervisor", "all"), key) for key in "abc")
    for role in ("system", "security", "audit"):
        admin = post(role, "bureau", f"platform.{role}_admin", "all")
        assert not any(RULE.sees(admin, key) for key in "abc")
    assert not RULE.sees(post("department", "bureau", "x.approver", "own_unit"), "a")


def test_masked_stays_what_nothing_opened_and_means_are_nobody_elses():
    committee = post("committee", "committee", "x.clerk", "area")
    file = RULE.may(committee, "inside", "file")
    assert (
        allows(file, "masked:identity")
        and allows(file, "open:education")
        and not allows(file, "closed:identity")
    )
    assert not allows(file, "name"), "a file shows a masked name"
    opened = RULE.may(committee, "inside", "file", "marriage")
    assert allows(opened, "closed:marriage") and not allows(opened, "closed:identity")
    for exhibit in ("search", "file", "case", "rows", "occupants"):
        assert not allows(RULE.may(committee, "inside", exhibit), "means")
        assert RULE.may(committee, "outside", exhibit) == frozenset()


def test_a_post_whose_role_names_categories_is_shown_these_alone():
    narrow = post("narrow", "committee", NARROW, "area")
    file = RULE.may(narrow, "inside", "file")
    assert allows(file, "open:education")
    for kind in (
        "open:identity",
        "masked:identity",
        "masked:residence",
        "initial",
        "name",
        "address",
        "closed:marriage",
    ):
        assert not allows(file, kind), kind
    assert not allows(RULE.may(narrow, "inside", "file", "marriage"), "closed:marriage"), (
        "it unmasks no other"
    )
    assert allows(RULE.may(narrow, "inside", "file", "education"), "closed:education")
    assert not RULE.may(narrow, "inside", "occupants"), "where somebody lives is a category too"
    assert allows(RULE.may(narrow, "inside", "search"), "name"), "by which one is found"
    limited = RULE.may(post("limited", "committee", "small_restaurant.clerk", "area"), "inside", "file")
    assert allows(limited, "masked:residence") and not allows(limited, "open:education")


def test_a_case_opens_its_subject_and_the_same_book_to_the_units_that_handle_it():
    handling = post("handling", "bureau", "x.approver", "own_unit")
    assert allows(RULE.may(handling, "outside", "case"), "closed:identity")
    assert allows(RULE.may(handling, "kin", "case"), "closed:identity")
    assert not RULE.may(handling, "inside", "case")
    assert RULE.may(handling, "outside", "file") == {"initial"}, "the rest on the case's page alone"


def test_of_a_company_its_area_sees_what_is_public_and_others_its_name():
    committee = post("committee", "committee", "x.clerk", "area")
    assert allows(RULE.may(committee, "here", "companies"), "public")
    assert not allows(RULE.may(committee, "here", "companies"), "protected")
    assert not RULE.may(committee, "there", "companies")
    assert RULE.may(committee, "there", "found") == {"listed", "place"}


def test_an_address_of_which_nobody_said_what_it_shows_is_told():
    ledger = Ledger()
    assert exhibits.of("desk:a_page_of_tomorrow", "GET") is None
    ledger.must_say("address desk:a_page_of_tomorrow")
    assert list(ledger.unknown) == ["address desk:a_page_of_tomorrow"]
    assert not exhibits.SHOWS.keys() & exhibits.QUIET, "said once"


def test_the_rank_test_knows_late_from_noise():
    dice = Random(7)
    some, none = ([dice.gauss(10, 1) for _ in range(200)] for _ in range(2))
    slower, p = timing.rank_test(some, none)
    assert p > timing.SURE and abs(slower - 0.5) < 0.1
    slower, p = timing.rank_test([value + 1 for value in some], none)
    assert p < timing.SURE and slower > 0.7
    low, high = timing.ratio_range([value + 1 for value in some], none, dice)
    assert 1.05 < low < 1.1 < high < 1.15


def test_everybody_has_values_of_their_own():
    dice = Random(7)
    told = [*people.subjects(dice, OUTSIDE).values(), *people.firms(dice, OUTSIDE).values()]
    forms = [form for one in told for canary in one.canaries for form in set(canary.forms)]
    texts = [form for form in forms if not form[:4].isdecimal() or "-" not in form]
    shared = {form for form in texts if texts.count(form) > 1 and "19" not in form}
    assert shared == set()
    days = [form for form in forms if form[:4].isdecimal() and form[4:5] == "-" and len(form) == 10]
    assert len(days) == len(set(days)) > 150, "no day is planted twice: whose it is would not be known"
    assert len(forms) > 300
