"""Policies alone 仅靠行级权限: plain selects of every table, in the scope that each post's session opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg

from tests.proofs.rig.access.district import District
from tests.proofs.rig.access.ledger import Ledger
from tests.proofs.rig.access.rule import Reach, Rule, any_allows

CHECK, VALUES = "tables: rows", "tables: planted values"

Row = dict[str, Any]
Seen = Callable[[Rule, Reach, Row], bool]


def _with_person(rule: Rule, post: Reach, row: Row) -> bool:
    return rule.sees(post, str(row["person_id"]))


def _closed_row(rule: Rule, post: Reach, row: Row) -> bool:
    return rule.sees_row_of(post, row["entity_id"])


def _public_row(rule: Rule, post: Reach, row: Row) -> bool:
    return rule.sees_public_of(post, row["entity_id"])


def _licence(rule: Rule, post: Reach, row: Row) -> bool:
    kind, _colon, key = row["subject"].partition(":")
    own = key == post.person if kind == "person" else key in post.companies
    return own or row["issuer"] in post.units


def _decision(rule: Rule, post: Reach, row: Row) -> bool:
    return _closed_row(rule, post, row) or (row["public"] and _public_row(rule, post, row))


def _household(rule: Rule, post: Reach, row: Row) -> bool:
    return (post.kind == "staff" and post.holds(row["division"])) or any(
        rule.sees(post, person) for person in row["members"] or ()
    )


_MEMBERS = """(select array_agg(m.person_id::text) from registry_membership m where m.household_id = t.id) as members"""

_OF_LICENCE = "(select l.{0} from registry_licence l where l.id = t.licence_id) as {0}"

# Of each table of the registers: the columns that the rule looks at, and the rule.
TABLES: dict[str, tuple[str, Seen]] = {
    "registry_person": ("id as person_id", _with_person),
    **{
        f"registry_{name}": ("person_id", _with_person)
        for name in (
            "identifier", "membership", "residence", "provenance", "correction", "personhistory", "accountlink",
            "particulars", "particularshistory", "lifeevent", "relation", "imported", "objection", "owncontact",
        )
    },
    "registry_household": (f"division, {_MEMBERS}", _household),
    "registry_meansrecord": ("person_id", lambda rule, post, row: str(row["person_id"]) == post.person),
    "registry_entity": ("uscc as entity_id", _closed_row),
    **{
        f"registry_{name}": ("entity_id", _closed_row)
        for name in ("entityhistory", "entityprovenance", "entitycorrection", "premises")
    },
    **{
        f"registry_{name}": ("entity_id", _public_row)
        for name in ("entityname", "entityidentifier", "shareholder")
    },
    "registry_entityrecord": ("entity_id, public", _decision),
    "registry_licence": ("subject, issuer", _licence),
    "registry_licencestep": (f"{_OF_LICENCE.format('subject')}, {_OF_LICENCE.format('issuer')}", _licence),
    # One's own alone; nobody of this district entered anything by hand.
    "registry_handentry": ("by", lambda _rule, _post, _row: False),
}  # fmt: skip
# Tables that name nobody: everybody reads them.
OPEN = frozenset(
    f"registry_{name}"
    for name in (
        "source",
        "address",
        "building",
        "grid",
        "facility",
        "law",
        "lawhistory",
        "placehistory",
        "quota",
        "import",
        "importedrow",
    )
)
# Tables that the application does not read at all.
SHUT = frozenset(f"registry_{name}" for name in ("tally", "protected", "staffperson"))

# Where planted values stand outside of the registers, and why the application reads them without a scope.
KNOWN = {
    "identity_account": "the log-in looks an account up before anybody is there: its own name, phone and number",
    "identity_mandate": "which account acts for which company: codes, no values",
    "django_session": "what a session remembers; the key of the session is asked for",
    "journal_access": "who looked at whom: keys and purposes, no values; pages of auditors, security, leaders read it",
    "journal_news": "keys of what happened, no values",
    "journal_effect": "what leaves the house: keys, no values",
}

_TABLES = """
    select c.relname, c.relrowsecurity, has_any_column_privilege('yizhan_app', c.oid, 'select'),
        (select string_agg(quote_ident(a.attname), ', ' order by k.place) from pg_index i,
            unnest(i.indkey) with ordinality k(number, place)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
            where i.indrelid = c.oid and i.indisprimary and a.attrelid = i.indrelid)
    from pg_class c
    where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace = 'public'::regnamespace and not c.relispartition
    order by 1
"""


class Tables:
    """All tables of a district, as everybody."""

    def __init__(self, district: District, ledger: Ledger) -> None:
        self._district, self._ledger = district, ledger
        self._rows = district.product.rows
        self._tables = self._rows(_TABLES)
        self._raw: dict[str, dict[Any, Row]] = {}

    def ask(self, posts: list[str] | None = None, *, values: bool = True) -> None:
        """Rows of the registers by the rule; planted values in every other table."""
        for name, _secured, readable, _key in self._tables:
            if name.startswith("registry_") and name not in TABLES.keys() | OPEN | SHUT:
                self._ledger.must_say(f"table {name}")
            if name in SHUT and readable:
                self._ledger.leak(CHECK, "everybody", name, "the application may read it")
        for post in posts or list(self._district.posts):
            with self._district.scoped(post) as database:
                for name, secured, readable, key in self._tables:
                    if not readable:
                        continue
                    if name in TABLES:
                        self._by_rows(database, post, name, key)
                    elif values and (secured or post == "visitor"):
                        self._by_values(database, post, name, secured=secured)

    def _by_rows(self, database: psycopg.Connection[Any], post: str, name: str, key: str) -> None:
        columns, seen = TABLES[name]
        raw = self._raw.setdefault(name, self._all(name, key, columns))
        self._ledger.ask(CHECK, len(raw))
        reach = self._district.posts[post]
        told = {
            row[0] if len(row) == 1 else row
            for row in database.execute(f"select {key} from {name}").fetchall()
        }
        self._ledger.met[CHECK] += len(told)
        foreign = [one for one in told if not seen(self._district.rule, reach, raw[one])]
        if foreign:
            self._ledger.leak(CHECK, post, name, f"{len(foreign)} rows, such as {raw[foreign[0]]}")

    def _all(self, name: str, key: str, columns: str) -> dict[Any, Row]:
        named = [
            part.strip().split(" as ")[-1].strip()
            for part in columns.replace(_MEMBERS, "x as members").split(",")
        ]
        many = key.count(",") + 1
        found = self._rows(f"select {key}, {columns} from {name} t")
        return {
            (row[0] if many == 1 else row[:many]): dict(zip(named, row[many:], strict=True)) for row in found
        }

    def _by_values(self, database: psycopg.Connection[Any], post: str, name: str, *, secured: bool) -> None:
        (text,) = database.execute(
            f"select coalesce(string_agg(t::text, chr(10)), '') from {name} t"
        ).fetchone() or ("",)
        self._ledger.ask(VALUES)
        reach, rule = self._district.posts[post], self._district.rule
        exhibit = "case" if secured else "nothing"
        for one in self._district.book.met(text):
            places = one.kind in {"place", "address"} and name in OPEN
            if places or any_allows(rule, reach, one, exhibit):
                continue
            if name in KNOWN:
                self._ledger.relies(VALUES, post, name, f"{one.kind}: {KNOWN[name]}")
            else:
                self._ledger.leak(VALUES, post, name, f"{one.subject}.{one.field}")
