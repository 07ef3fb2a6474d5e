"""Planted leaks 自设漏洞: each is made, must be found by the check that is for it, and is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.proofs.rig.access import timing
from tests.proofs.rig.access.district import District
from tests.proofs.rig.access.forging import Forging
from tests.proofs.rig.access.functions import Functions
from tests.proofs.rig.access.ledger import Ledger
from tests.proofs.rig.access.pages import Pages
from tests.proofs.rig.access.swapping import Swapping
from tests.proofs.rig.access.tables import Tables

_SEES_ALL = """
create or replace function registry_sees(wanted uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin return true; end $$"""
_SEES_EVERY_FIRM = """
create or replace function registry_sees_entity(wanted text) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin return true; end $$"""
_NO_SEAL = """
create or replace function scope_told() returns jsonb
language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
begin return nullif(current_setting('yizhan.scope', true), '')::jsonb; end $$"""
_SLOW = """
create or replace function registry_sees(wanted uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if exists (select from registry_person where id = wanted) then perform pg_sleep(0.03); end if;
    return wanted = any (registry_persons_in_scope()) or exists (
        select from registry_person p where p.id = wanted and (
            scope_all() or p.register_division ^@ any (scope_areas()) or p.living_division ^@ any (scope_areas())));
end $$"""


_SHOWS_ALL = """
create or replace function registry_shown() returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin return null; end $$"""


@dataclass(frozen=True)
class Plant:
    """A leak: the statement that makes it and the one that takes it back; a function is put back as it was."""

    made: str
    undone: str = ""
    function: str = ""


PLANTS = {
    "policy": Plant(
        "create policy planted on registry_particulars for select to yizhan_app using (true)",
        "drop policy planted on registry_particulars",
    ),
    "grant": Plant(
        "grant select on registry_protected to yizhan_app",
        "revoke select on registry_protected from yizhan_app",
    ),
    "function": Plant(_SEES_ALL, function="registry_sees(uuid)"),
    "seal": Plant(_NO_SEAL, function="scope_told()"),
    "page": Plant(
        "update identity_unit set name = {name} where code = '440104-mz'",
        "update identity_unit set name = '越秀区民政局' where code = '440104-mz'",
    ),
    # The name of the unit stands on the pages of a form as PDF, and not in the data that it carries.
    "pdf": Plant(
        "update identity_unit set name = {name} where code = '440104-mz'",
        "update identity_unit set name = '越秀区民政局' where code = '440104-mz'",
    ),
    # Of persons a page asks the policy as well, so there one function alone gives no other answer.
    "answer": Plant(_SEES_EVERY_FIRM, function="registry_sees_entity(text)"),
    "category": Plant(_SHOWS_ALL, function="registry_shown()"),
    "question": Plant(_SHOWS_ALL, function="registry_shown()"),
    "time": Plant(_SLOW, function="registry_sees(uuid)"),
}


@contextmanager
def planted(district: District, name: str) -> Iterator[None]:
    """A leak as long as the block lasts."""
    plant, rows = PLANTS[name], district.product.rows
    (was,) = (
        rows(f"select pg_get_functiondef('{plant.function}'::regprocedure)")[0] if plant.function else ("",)
    )
    called = district.book.of("outside", "name").forms[0]
    rows(plant.made.replace("{name}", f"'{called}'"))
    try:
        yield
    finally:
        rows(was.replace("%", "%%") if plant.function else plant.undone)


def caught(district: District, name: str, seed: int) -> bool:
    """Whether the check that is for a leak finds it."""
    ledger = Ledger()
    checks: dict[str, Callable[[], object]] = {
        "policy": lambda: Tables(district, ledger).ask(["committee"], values=False),
        "grant": lambda: Tables(district, ledger).ask(["visitor"], values=False),
        "function": lambda: Functions(district, ledger).ask(["committee"]),
        "seal": lambda: Forging(district, ledger).ask(),
        "page": lambda: Pages(district, ledger, only=frozenset({"desk:unit"})).ask(["system"]),
        "pdf": lambda: Pages(district, ledger, only=frozenset({"desk:filed_form"})).ask(["handling"]),
        "answer": lambda: Swapping(district, ledger).ask(),
        "category": lambda: Pages(district, ledger, only=frozenset({"desk:person_file"})).ask(["narrow"]),
        "question": lambda: Functions(district, ledger).ask(["narrow"], ["registry_search"]),
        "time": lambda: _slow(district, ledger, seed),
    }
    with planted(district, name):
        checks[name]()
    return bool(ledger.leaks)


def _slow(district: District, ledger: Ledger, seed: int) -> None:
    for one in timing.pages(district, 40, seed, only="file: "):
        if one.tells:
            ledger.leak("times", "committee", one.what, f"{one.some:.1f} beside {one.none:.1f} ms")
