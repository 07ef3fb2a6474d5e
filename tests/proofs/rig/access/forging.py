"""Forged scopes 伪造数据范围: what somebody who can write SQL as the application's role tries, and what stays behind."""

from __future__ import annotations

import json
from typing import Any

import psycopg

from tests.proofs.rig.access.district import TODAY, District
from tests.proofs.rig.access.ledger import Ledger

CHECK, LEFT = "forged scopes", "left behind in a connection"

_SETTINGS = ("scope", "seal", "units", "seal_of_units")
_WHOLE = json.dumps(
    {"all": True, "everywhere": True, "areas": [""], "entities": [], "subjects": [], "account": 1}
)
_COUNT = "select (select count(*) from registry_person) + (select count(*) from registry_entity)"

_BECOME = """
    update identity_presence mine set account_id = theirs.account_id, appointment_id = theirs.appointment_id
    from identity_presence theirs
    where mine.key = encode(sha256(convert_to(%(own)s, 'UTF8')), 'hex')
      and theirs.key = encode(sha256(convert_to(%(theirs)s, 'UTF8')), 'hex')
"""

# What is tried in the scope of an officer who sees few; afterwards no more may be seen than before.
TRIES: dict[str, list[str]] = {
    "write the scope": [f"select set_config('yizhan.scope', '{_WHOLE}', true)"],
    "write the scope for the session": [f"select set_config('yizhan.scope', '{_WHOLE}', false)"],
    "set local": [f"set local yizhan.scope = '{_WHOLE}'"],
    "write scope and seal": [
        f"select set_config('yizhan.scope', '{_WHOLE}', true)",
        "select set_config('yizhan.seal', encode(sha256('{}'), 'hex'), true)",
    ],
    "widen the areas under the old seal": [
        """select set_config('yizhan.scope', (current_setting('yizhan.scope')::jsonb || '{"areas": [""]}')::text, true)"""
    ],
    "admit oneself": [
        """select set_config('yizhan.scope', jsonb_set(current_setting('yizhan.scope')::jsonb, '{subjects}',
           (select jsonb_agg('person:' || person_id) from registry_imported))::text, true)"""
    ],
    "write the units": ["select set_config('yizhan.units', '{440104,440104-mz}', true)"],
    "become the owner": ["set role yizhan_owner"],
    "become the superuser": ["set session authorization postgres"],
    "switch policies off": ["set row_security = off"],
    "switch policies off at the table": ["alter table registry_person disable row level security"],
    "drop a policy": ["drop policy scope on registry_person"],
    "a policy of one's own": ["create policy mine on registry_person using (true)"],
    "shadow a function by the search path": [
        "set local search_path = pg_temp, public",
        "create function pg_temp.scope_all() returns boolean language sql as 'select true'",
        "create function pg_temp.scope_areas() returns text[] language sql as $$select '{\"\"}'::text[]$$",
    ],
    "shadow the secret's table": [
        "create temporary table scope (alone boolean, secret bytea)",
        "set local search_path = pg_temp, identity_secrets, public",
    ],
    "shadow an operator": [
        "create function pg_temp.eq(text, text) returns boolean language sql as 'select true'",
        "create operator pg_temp.= (leftarg = text, rightarg = text, procedure = pg_temp.eq)",
        "set local search_path = pg_temp, public",
    ],
    "shadow the staging tables": [
        "create temporary table registry_ready (line bigint)",
        f"select registry_apply(1::smallint, '{TODAY} 09:30+08', false, false, null)",
    ],
    "read the secret": ["select secret from identity_secrets.scope"],
    "make the seal": ["select scope_seal('x')"],
    "write a scope by the owner's function": [f"select scope_write('{_WHOLE}')"],
    "admit by the owner's function": ["select scope_admit('person:1')"],
    "put back by the owner's function": [f"select scope_put('{_WHOLE}')"],
    "a token that is none": ["select scope_open_service('x')"],
    "the session of nobody": ["select scope_open_session('x', current_date)"],
    "the key as it stands in the table": [
        f"select scope_open_session((select key from identity_presence limit 1), '{TODAY}')"
    ],
    "reset everything": ["reset all"],
    "discard everything": ["discard all"],
    "a function that leaks what it is asked": [
        """create function pg_temp.told(text) returns boolean cost 0.0000001 language plpgsql as
           $$begin raise notice '%', $1; return true; end$$""",
        "select count(*) from registry_person where pg_temp.told(name)",
    ],
    "an error that tells the value": ["select count(*) from registry_person where name::int > 0"],
    "copy to a program": ["copy registry_person to program 'cat'"],
    "prepare as somebody else": ["prepare look as select count(*) from registry_person", "execute look"],
    "a cursor that outlives the transaction": [
        "declare look cursor with hold for select * from registry_person",
    ],
}  # fmt: skip


class Forging:
    """All that is tried."""

    def __init__(self, district: District, ledger: Ledger) -> None:
        self._district, self._ledger = district, ledger

    def ask(self) -> None:
        """Everything, in the scope of an officer and in none."""
        for post in ("committee", "visitor"):
            for name, statements in TRIES.items():
                self._try(post, name, statements)
        self._sessions()
        self._made_up()
        self._transplanted()
        self._left_behind()

    def _try(self, post: str, name: str, statements: list[str]) -> None:
        """More than before means that it worked; so do notices that name whom the post does not see."""
        self._ledger.ask(CHECK)
        heard: list[str] = []
        with self._district.scoped(post) as database:
            before = _seen(database)
            database.add_notice_handler(lambda notice: heard.append(notice.message_primary or ""))
            try:
                with database.transaction():
                    for statement in statements:
                        database.execute(statement)
            except psycopg.Error as refused:
                heard.append(str(refused))
            after = _seen(database)
        if after > before:
            self._ledger.leak(CHECK, post, name, f"{before} rows before, {after} after")
        self._heard(post, name, heard)

    def _heard(self, post: str, name: str, heard: list[str]) -> None:
        reach, rule = self._district.posts[post], self._district.rule
        for one in self._district.book.met("\n".join(heard)):
            if one.subject in rule.persons and not rule.sees(reach, rule.persons[one.subject]):
                self._ledger.leak(CHECK, post, name, f"hears {one.subject}.{one.field}")

    def _sessions(self) -> None:
        """Sessions that have ended, and posts that were left: nothing opens, also on another day than today."""
        for post in ("ended", "leaving", "lapsed", "stranger"):
            for day in (TODAY, "2026-11-19", "2026-06-01"):
                self._ledger.ask(CHECK)
                with self._district.application() as database:
                    opened = database.execute(
                        "select scope_open_session(%s, %s)", [self._district.session(post, "spare"), day]
                    )
                    if post == "ended" and opened.fetchone() == (True,):
                        self._ledger.leak(CHECK, post, f"a session that has ended, on {day}", "opens a scope")
                    if seen := _seen(database):
                        note = self._ledger.relies if post == "lapsed" and day != TODAY else self._ledger.leak
                        note(CHECK, post, f"rights of {day}", f"{seen} rows: the day is the caller's word")
                    database.rollback()

    def _made_up(self) -> None:
        """A session that somebody who writes SQL makes for another: the log-in does the same, so nothing stops it."""
        own, theirs = (self._district.session(post, "spare") for post in ("committee", "district"))
        self._ledger.ask(CHECK)
        with self._district.application() as database:
            database.execute(_BECOME, {"own": own, "theirs": theirs})
            database.execute("select scope_open_session(%s, %s)", [own, TODAY])
            if seen := _seen(database):
                self._ledger.relies(
                    CHECK, "committee", "a row of identity_presence for another", f"{seen} rows are seen"
                )
            database.rollback()

    def _transplanted(self) -> None:
        """A scope and its seal, taken from one transaction and put into the next, or into another connection."""
        with self._district.application() as one, self._district.application() as other:
            one.execute(
                "select scope_open_session(%s, %s)", [self._district.session("district", "spare"), TODAY]
            )
            taken = [
                one.execute("select current_setting(%s, true)", [f"yizhan.{name}"]).fetchone()
                for name in _SETTINGS
            ]
            for where, database in (("another connection", other), ("the next transaction", one)):
                self._ledger.ask(CHECK)
                if where != "another connection":
                    one.commit()
                for name, value in zip(_SETTINGS, taken, strict=True):
                    database.execute(
                        "select set_config(%s, %s, true)", [f"yizhan.{name}", (value or ("",))[0] or ""]
                    )
                if seen := _seen(database):
                    self._ledger.leak(CHECK, "district", where, f"the seal holds there: {seen} rows")
                database.rollback()

    def _left_behind(self) -> None:
        """One connection, one post after the other, as a pool gives it: nothing of the last one stays."""
        with self._district.application() as database:
            for post in self._district.posts:
                key = self._district.session(post, "spare")
                if key:
                    database.execute("select scope_open_session(%s, %s)", [key, TODAY])
                    database.execute("select count(*) from registry_person")
                for end in (database.commit, database.rollback):
                    end()
                    self._ledger.ask(LEFT)
                    if seen := _seen(database):
                        self._ledger.leak(LEFT, post, end.__name__, f"{seen} rows are seen afterwards")
            database.rollback()
        self._unmasked_stays()

    def _unmasked_stays(self) -> None:
        """What was unmasked in one transaction is masked in the next."""
        person = self._district.rule.persons["inside"]
        with self._district.application() as database:
            for turn in ("unmasking", "afterwards"):
                database.execute(
                    "select scope_open_session(%s, %s)", [self._district.session("committee", "spare"), TODAY]
                )
                if turn == "unmasking":
                    database.execute("select registry_unmask(%s, '{identity}', 'reason:核实户籍')", [person])
                (sight,) = database.execute("select registry_sight(%s, true)", [person]).fetchone() or ({},)
                self._ledger.ask(LEFT)
                if (turn == "unmasking") != bool(sight.get("opens")):
                    self._ledger.leak(LEFT, "committee", turn, f"opens {sight.get('opens')}")
                database.commit()


def _seen(database: psycopg.Connection[Any]) -> int:
    """How many rows of persons and companies are seen now; none where the question itself is refused."""
    try:
        with database.transaction():
            return int((database.execute(_COUNT).fetchone() or (0,))[0])
    except psycopg.Error:
        return 0
