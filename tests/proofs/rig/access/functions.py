"""Reviewed functions 库内函数查验: every one that the application may call, with every subject, in everybody's scope."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.proofs.rig.access.district import TODAY, District
from tests.proofs.rig.access.ledger import Ledger
from tests.proofs.rig.access.pages import TELLS
from tests.proofs.rig.access.rule import Reach, Rule, any_allows

CHECK = "functions"
NOW = "2026-11-20 09:30+08"


@dataclass(frozen=True)
class Subject:
    """Who a call is about: a person (``key``, ``document``, ``name``) or a company (``key``, ``name``)."""

    name: str
    key: str
    called: str
    document: str = ""
    phone: str = ""
    address: str = ""


Told = Any
Judge = Callable[[Rule, Reach, Subject, Told], str]


def _values(_rule: Rule, _post: Reach, _subject: Subject, _told: Told) -> str:
    """The planted values are looked for anyway; the answer itself says no more."""
    return ""


def _only(may: Callable[[Rule, Reach, Subject], bool], *quiet: Any) -> Judge:
    """An answer that says more than one of the quiet ones is for those alone who may."""

    def judge(rule: Rule, post: Reach, subject: Subject, told: Told) -> str:
        return (
            "" if told in (None, [], "", False, 0, *quiet) or may(rule, post, subject) else f"tells {told!r}"
        )

    return judge


def _sees(rule: Rule, post: Reach, subject: Subject) -> bool:
    return rule.sees(post, subject.key)


def _sees_public(rule: Rule, post: Reach, subject: Subject) -> bool:
    return rule.sees_public_of(post, subject.key)


def _is_own(_rule: Rule, post: Reach, subject: Subject) -> bool:
    return post.person == subject.key


def _is_security(_rule: Rule, post: Reach, _subject: Subject) -> bool:
    return post.name == "security"


def _reads(_rule: Rule, post: Reach, _subject: Subject) -> bool:
    return post.reads


def _nobody(_rule: Rule, _post: Reach, _subject: Subject) -> bool:
    return False


def _exact(rule: Rule, post: Reach, subject: Subject, told: Told) -> str:
    """By number and name together: staff who open records find whoever stands there; a resident finds herself."""
    found = [row for row in told or [] if row.get("state") in {"found", "taken"}]
    may = post.reads or post.kind == "citizen"
    return "" if not found or may else f"tells {found!r}"


def _company_found(rule: Rule, post: Reach, subject: Subject, told: Told) -> str:
    """Everybody whose post reads finds it; who represents it and where it sits is told in one's areas alone."""
    if told and not post.reads:
        return f"tells {told!r}"
    more = any(row["representative"] is not None or row["address"] is not None for row in told or [])
    return f"tells more: {told!r}" if more and not _sees_public(rule, post, subject) else ""


def _sight(rule: Rule, post: Reach, subject: Subject, told: Told) -> str:
    """Only one's own person is opened without an act; marks are told of whom one sees."""
    opened = told and told["opens"] and not _is_own(rule, post, subject)
    marked = told and told["marks"] and not _sees(rule, post, subject)
    return f"tells {told!r}" if opened or marked else ""


def _unmasks(rule: Rule, post: Reach, subject: Subject) -> bool:
    """The identity, of whom one sees, where the post shows it."""
    return rule.sees(post, subject.key) and post.shows("identity")


def _categories(_rule: Rule, post: Reach, _subject: Subject, told: Told) -> str:
    """Staff that open records are shown what their roles name, all where one names none; administrators nothing."""
    if post.kind != "staff" or (post.categories is None and post.reads):
        return ""
    return "" if told is not None and set(told) <= (post.categories or set()) else f"shows {told!r}"


_PERSON = "%(uuid)s::uuid"
_ENTITY = "%(code)s"
_SEARCHED = """'{"attempts": [{"how": "part", "tokens": "''%(tag)s''"},
    {"how": "number", "documents": ["111:%(document)s"]}], "divisions": [], "address": ""}'"""
_BY_PHONE = """'{"attempts": [{"how": "phone", "phone": "%(phone)s"}], "divisions": [], "address": ""}'"""
_BY_ADDRESS = """'{"attempts": [{"how": "address"}], "divisions": [], "address": "%(address)s"}'"""
# What a person is searched by, with the categories of which a post must show one to be answered.
_SEARCHES = ((_SEARCHED, ()), (_BY_PHONE, TELLS["phone now"]), (_BY_ADDRESS, TELLS["address"]))
_COMPANY = '[{"uscc": "9X", "name": "x", "division": "440104005001", "columns": [], "shareholders": []}]'

# Of each function: its arguments, of whom it is asked (person, entity, or once), and what its answer may say.
FUNCTIONS: dict[str, tuple[str, str, Judge]] = {
    "registry_facts": (f"{_PERSON}, '{TODAY}', null", "person", _only(_sees)),
    "registry_sees": (_PERSON, "person", _only(_sees)),
    "registry_shown": ("", "once", _categories),
    "registry_sight": (f"{_PERSON}, true", "person", _sight),
    "registry_marks": (_PERSON, "person", _only(_sees)),
    "registry_household_of": (_PERSON, "person", _only(_sees)),
    "registry_standing_in": ("1", "once", _only(lambda _rule, post, _subject: bool(post.areas))),
    "registry_relatives_of": (_PERSON, "person", _only(_sees)),
    "registry_open_file": (_PERSON, "person", _only(_sees, "not_here", "not_allowed")),
    "registry_unmask": (
        f"{_PERSON}, '{{identity}}', 'reason:核实户籍'", "person", _only(_unmasks, "not_here", "not_allowed"),
    ),
    "registry_admit_household": (_PERSON, "person", _only(_nobody)),
    "registry_link_at_window": (f"%(account)s, {_PERSON}", "person", _only(_sees)),
    "registry_find": ("'111', %(document)s, %(called)s", "person", _exact),
    "registry_protect": (
        f"'111', %(document)s, %(called)s, '试试看', '{TODAY}', null, '{NOW}'", "person", _only(_is_security, "not_allowed"),
    ),
    "registry_staff_is": (
        f"%(staff)s, '111', %(document)s, %(called)s, '{NOW}'", "person", _only(_is_security, "not_allowed"),
    ),
    "registry_protected_persons": ("", "once", _only(_is_security)),
    "registry_protect_no_more": (f"1, '{NOW}'", "once", _only(_is_security)),
    "registry_set_quota": (f"'staff', 'file', 100, '{NOW}'", "once", _only(_is_security)),
    "registry_looks_at_me": ("null, 200", "once", _only(lambda _rule, post, _subject: bool(post.person))),
    "registry_export": ("'reason:核实户籍'", "once", _only(_reads, "not_allowed", "no_purpose")),
    "registry_count_look": ("", "once", _only(_reads)),
    "registry_own_persons": ("", "once", _only(lambda _rule, post, _subject: bool(post.person))),
    "registry_own_entities": ("", "once", _only(lambda _rule, post, _subject: bool(post.companies))),
    "registry_persons_in_scope": ("", "once", _only(lambda _rule, post, _subject: bool(post.person))),
    "registry_first_area": ("", "once", _only(lambda _rule, post, _subject: bool(post.areas))),
    "registry_end_of_areas": ("", "once", _only(lambda _rule, post, _subject: bool(post.areas))),
    "registry_entity_facts": (f"{_ENTITY}, '{TODAY}', null", "entity", _only(_sees_public)),
    "registry_entity_past": (_ENTITY, "entity", _only(_sees_public)),
    "registry_sees_entity": (_ENTITY, "entity", _only(_sees_public)),
    "registry_branches_of": (_ENTITY, "entity", _only(_sees_public)),
    "registry_search_entities": (f"{_ENTITY}, false, false, 100", "entity", _company_found),
    "registry_find_entity": (f"{_ENTITY}, %(called)s", "entity", _only(_reads, "none", "not_allowed")),
    "registry_seats": ("array(select id from registry_address)", "once", _values),
    "registry_kept": ("", "once", _only(_nobody)),
    "registry_keep_entity": (_ENTITY, "entity", _only(_sees_public, "not_here", "not_allowed")),
    "registry_import_entities": (
        f"%(import)s, 1::smallint, '{NOW}', '{_COMPANY}'", "once", _only(lambda _rule, post, _subject: "" in post.areas),
    ),
    "registry_entities_changed_since": ("%(import)s", "once", _only(_nobody)),
    "registry_undo_entities": (f"%(import)s, '{NOW}', '{TODAY}'", "once", _only(_nobody)),
    "registry_changed_since": ("%(import)s", "once", _only(_nobody)),
    "registry_undo_import": (f"%(import)s, '{NOW}', '{TODAY}'", "once", _only(_nobody)),
    "registry_enter_entities": (
        f"1::smallint, '{NOW}', '{_COMPANY}'",
        "once", _only(lambda _rule, post, _subject: "" in post.areas),
    ),
    "registry_open_staging": ("", "once", _only(_nobody)),
    "registry_apply": (f"1::smallint, '{NOW}', false, false, null", "once", _only(_nobody)),
    # Of other rooms: cases, drafts, files, payments; planted values are looked for in what they tell.
    "case_rows": ("%(case)s", "once", _values),
    "case_visible": ("%(case)s", "once", _only(lambda rule, post, _subject: rule.handles(post) or post.name == "cased")),
    "case_admit": ("%(case)s", "once", _only(lambda rule, post, _subject: rule.handles(post))),
    "case_admit_draft": ("%(draft)s::uuid", "once", _only(lambda _rule, post, _subject: post.name == "self")),
    "case_open_by_number": ("%(number)s, '0000'", "once", _only(_nobody)),
    "case_told": (f"%(case)s, '{TODAY}'", "once", _values),
    "case_in_the_way": ("'elderly_allowance', %(subject)s", "once", _values),
    "case_in_hand": ("%(case)s", "once", _values),
    "case_taken": ("%(case)s, gen_random_uuid(), null", "once", _values),
    "keys_sealed": ("1", "once", _values),  # encrypted, under a secret that the database does not have
    "records_content_is_known": ("'x'", "once", _values),
    "records_verification": ("'x', 'x'", "once", _values),
    "records_code_of": ("'x'", "once", _values),
    "licences_shown": (f"'x', '{NOW}'", "once", _only(_nobody)),
    "licences_asked": (f"'x', %(called)s, '{NOW}'", "entity", _only(_nobody)),
    "licences_counted": (f"'{TODAY}'", "once", _values),
    "licences_granted": (f"'{TODAY}'", "once", _only(_nobody)),
    "licences_opened": (f"gen_random_uuid(), '{TODAY}', '{NOW}'", "once", _only(_nobody)),
    "voice_admit": ("'x'", "once", _values),
    "identity_held": (f"%(account)s, '{TODAY}'", "once", _values),
}  # fmt: skip
SEARCH = "registry_search"
"""Asked of each person in every way of ``_SEARCHES``."""
# Functions that answer nothing of a row (they write, or work on what they are given), and those that open or tell the
# scope itself (forging.py).
_PURE = """
    case_moved case_set_aside case_written journal_current_epoch
    registry_plain registry_pieces registry_areas_of registry_writing registry_building_writing
    registry_address_writing registry_name_key registry_without identity_area calendar_due
    calendar_working_days_between scope_open_session scope_open_service scope_account scope_document scope_all
    scope_everywhere scope_units scope_areas scope_entities scope_subjects
"""
PURE = frozenset(_PURE.split())

_CALLABLE = """
    select p.oid::regprocedure::text, p.proname, p.prosecdef, p.proretset
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
      and p.prorettype <> 'trigger'::regtype and has_function_privilege('yizhan_app', p.oid, 'execute')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by 1
"""


class Functions:
    """All functions of a district's database, as everybody."""

    def __init__(self, district: District, ledger: Ledger) -> None:
        self._district, self._ledger = district, ledger
        rows = district.product.rows
        self._all = rows(_CALLABLE)
        rule = district.rule
        names = {one.subject: one.forms[0] for one in district.book.canaries if one.field == "name"}
        documents = district.told["documents"]
        self._subjects = {
            "person": [
                Subject(
                    name,
                    key,
                    names[name],
                    documents[name],
                    _of(district, name, "phone now"),
                    _of(district, name, "address"),
                )
                for name, key in rule.persons.items()
            ],
            "entity": [Subject(name, code, names[name]) for name, code in rule.firms.items()],
            "once": [Subject("", "", "")],
        }
        (last,) = rows("select coalesce(max(id), 0) from registry_import")[0]
        self._given = {
            "account": district.told["posts"]["stranger"]["account"], "staff": district.told["posts"]["keeper"]["account"],
            "case": district.told["case"]["id"], "number": district.told["case"]["number"],
            "subject": district.told["case"]["subject"], "draft": district.told["drafts"]["self"], "import": last,
        }  # fmt: skip

    def ask(self, posts: list[str] | None = None, names: Collection[str] = (*FUNCTIONS, SEARCH)) -> None:
        """Call each (or those of some ``names``), as everybody, about every subject; each call is undone."""
        for signature, name, definer, _many in self._all:
            if name not in {*FUNCTIONS, *PURE, SEARCH} and (definer or name.startswith("registry_")):
                self._ledger.must_say(f"function {signature}")
        for post in posts or list(self._district.posts):
            with self._district.scoped(post) as database:
                for _signature, name, _definer, many in self._all:
                    if name == SEARCH and name in names:
                        self._searched(database, post)
                    elif name in FUNCTIONS and name in names:
                        self._of_one(database, post, name, many=many)

    def _of_one(self, database: psycopg.Connection[Any], post: str, name: str, *, many: bool) -> None:
        arguments, about, judge = FUNCTIONS[name]
        for subject in self._subjects[about]:
            self._ledger.ask(CHECK)
            given = {
                **self._given, "uuid": subject.key, "code": subject.key, "called": subject.called,
                "document": subject.document,
            }  # fmt: skip
            told = _told(database, name, arguments, given, many=many)
            reach, rule = self._district.posts[post], self._district.rule
            where = f"{name}({subject.name})"
            wrong = judge(rule, reach, subject, told)
            if wrong:
                self._ledger.leak(CHECK, post, where, wrong[:160])
            self._by_values(post, name, where, told, subject)

    def _searched(self, database: psycopg.Connection[Any], post: str) -> None:
        """By name and number, by telephone, by address: nobody is found by what the post does not see."""
        for subject in self._subjects["person"]:
            self._searched_for(database, post, subject)

    def _searched_for(self, database: psycopg.Connection[Any], post: str, subject: Subject) -> None:
        known = {"tag": "=" + subject.called, "document": subject.document, "phone": subject.phone,
                 "address": subject.address}  # fmt: skip
        for template, tells in _SEARCHES:
            self._ledger.ask(CHECK)
            asked = template
            for key, value in known.items():
                asked = asked.replace(f"%({key})s", value)
            told = _told(database, SEARCH, f"{asked}, 20", {}, many=True)
            where = f"{SEARCH}({subject.name}{' by ' + tells[0] if tells else ''})"
            found = [row for row in told or [] if row["person"] is not None]
            if found and not self._district.posts[post].answers(tells):
                self._ledger.leak(CHECK, post, where, f"tells {found!r}"[:160])
            elif found:
                self._ledger.saw(CHECK, post, where, subject.name)
            self._by_values(post, SEARCH, where, told, subject)

    def _by_values(self, post: str, name: str, where: str, told: Told, subject: Subject) -> None:
        reach, rule = self._district.posts[post], self._district.rule
        exhibit = {"registry_protected_persons": "guarding", "registry_search_entities": "found"}.get(
            name, "case" if name.startswith("case_") else "rows"
        )
        exhibits = (exhibit, "rows") if exhibit == "found" else (exhibit,)
        besides = subject.key + subject.called if name in {"registry_find", "registry_find_entity"} else ""
        for one in self._district.book.met(
            json.dumps(told, ensure_ascii=False, default=str), besides=besides
        ):
            if not any(any_allows(rule, reach, one, each) for each in exhibits):
                self._ledger.leak(CHECK, post, where, f"{one.subject}.{one.field}")


def _of(district: District, subject: str, field: str) -> str:
    return district.book.of(subject, field).forms[0]


def _told(
    database: psycopg.Connection[Any], name: str, arguments: str, given: dict[str, Any], *, many: bool
) -> Told:
    """What a call answers: rows as a list, a value as it is, nothing where the database refuses."""
    call = (
        f"select to_jsonb(answer) from {name}({arguments}) answer"
        if many
        else f"select to_jsonb({name}({arguments}))"
    )
    try:
        with database.transaction(force_rollback=True):
            rows = database.execute(call, given or None).fetchall()
    except psycopg.Error:
        return None
    return [row[0] for row in rows] if many else rows[0][0]
