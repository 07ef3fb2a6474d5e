"""Row-level security's scope: verified by the database, sealed, gone with the transaction.

The tests read a protected table of their own, made by the owner, with a policy as the rooms above write it.
"""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from yizhan import clock
from yizhan.codes import uscc
from yizhan.identity import accounts, presences, scope, service_token
from yizhan.identity.actor import HOUSE
from yizhan.identity.middleware import stand
from yizhan.identity.models import Account, Delegation, Mandate, Presence
from yizhan.identity.tests.requests import request_of
from yizhan.journal import work

pytestmark = pytest.mark.django_db

COMPANY = uscc.make("91", "440199", "MA000001")
OTHER_COMPANY = uscc.make("91", "440199", "MA000002")


def one(statement: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def seen() -> set[str]:
    """Which units' rows the present scope shows."""
    with connection.cursor() as cursor:
        cursor.execute("select unit from scope_probe")
        return {unit for (unit,) in cursor.fetchall()}


@pytest.fixture(scope="module")
def probe(django_db_setup, django_db_blocker):
    """A protected table with one row for every unit of the district, committed by the owner."""
    with (
        django_db_blocker.unblock(),
        psycopg.connect(settings.DATABASE_OWNER_URL, dbname=settings.DATABASES["default"]["NAME"]) as owner,
    ):
        owner.execute("""
            create table if not exists scope_probe (unit text, division text, subject text);
            truncate scope_probe;
            alter table scope_probe enable row level security;
            alter table scope_probe force row level security;
            drop policy if exists seen on scope_probe;
            create policy seen on scope_probe to public using (
                (select scope_all())
                or unit = any ((select scope_units())::text[])
                or division ^@ any ((select scope_areas())::text[])
                or subject = any ((select scope_subjects())::text[]));
            create policy owner on scope_probe to current_user using (true) with check (true);
            insert into scope_probe
            select code, code, 'case:' || code from unnest(array[
                '440199', '440199-mz', '440199-mz-fw', '440199-rs', '440199-bj', '440199-bj-01']) code;
            create or replace function scope_probe_admit(subject text) returns void
            language plpgsql security definer set search_path = public, pg_temp as
            $$ begin perform scope_admit(subject); end $$;
        """)
        owner.commit()
        yield
        owner.execute("drop table scope_probe; drop function scope_probe_admit(text)")


@pytest.fixture
def clerk(post, person, probe) -> Account:
    """A member of staff of the civil affairs department, with a role that reaches the sections."""
    account = person("wang.wu", "王五")
    post("440199-mz", clerk="unit_subtree").appoint(account, by=HOUSE)
    return account


def session_of(account: Account, key: str = "k" * 32) -> str:
    presences.begin(key, account, excused=True)
    return key


def opened(key: str) -> bool:
    return bool(one("select scope_open_session(%s)", key))


def test_without_a_scope_nothing_is_there(probe):
    assert seen() == set()
    assert one("select scope_account()") is None
    assert one("select scope_units()") == []
    assert one("select scope_all()") is False


def test_a_session_shows_the_units_within_reach(clerk):
    assert opened(session_of(clerk))
    assert seen() == {"440199-mz", "440199-mz-fw"}
    assert one("select scope_account()") == clerk.pk
    assert one("select scope_all()") is False


@pytest.mark.parametrize(
    ("unit", "reach", "expected"),
    [
        ("440199-bj", "own_unit", {"440199-bj"}),
        ("440199-bj", "unit_subtree", {"440199-bj", "440199-bj-01"}),
        ("440199-bj", "area", {"440199-bj", "440199-bj-01"}),
        (
            "440199-mz-fw",
            "all",
            {"440199", "440199-mz", "440199-mz-fw", "440199-rs", "440199-bj", "440199-bj-01"},
        ),
    ],
)
def test_every_reach(post, person, probe, unit, reach, expected):
    account = person("zhao.liu")
    post(unit, clerk=reach).appoint(account, by=HOUSE)
    assert opened(session_of(account))
    assert seen() == expected


def test_an_area_is_the_division_s_beginning_and_everything_is_the_empty_one(post, person, probe):
    account = person("zhao.liu")
    post("440199-bj", area_worker="area").appoint(account, by=HOUSE)
    opened(session_of(account))
    assert one("select scope_areas()") == ["440199001"]
    assert one("select scope_everywhere()") is False
    other = person("sun.qi")
    post("440199", "chief", overseer="all").appoint(other, by=HOUSE)
    opened(session_of(other, "o" * 32))
    assert one("select scope_areas()") == [""]
    assert one("select scope_everywhere()") is True
    assert one("select scope_all()") is False, "scope_all is the house's own"


def test_an_administrator_s_role_opens_no_rows(post, person, probe):
    account = person("admin")
    post("440199", **{"platform.system_admin": "all"}).appoint(account, by=HOUSE)
    assert opened(session_of(account))
    assert seen() == set()


def test_a_setting_made_by_hand_is_worthless(clerk):
    opened(session_of(clerk))
    real = one("select current_setting('yizhan.scope')")
    forged = str(real).replace('"all": false', '"all": true')
    assert forged != real
    one("select set_config('yizhan.scope', %s, true)", forged)
    assert seen() == set()
    one("select set_config('yizhan.seal', %s, true)", "0" * 64)
    assert seen() == set()


def test_units_made_by_hand_or_of_another_account_are_worthless(clerk, post, person):
    opened(session_of(clerk))
    units, seal = "yizhan.units", "yizhan.seal_of_units"
    own = {name: one("select current_setting(%s)", name) for name in (units, seal)}
    one("select set_config(%s, '{440199-rs}', true)", units)
    assert one("select scope_units()") == []
    assert seen() == set()
    other = person("li.si", "李四")
    post("440199-rs", clerk="own_unit").appoint(other, by=HOUSE)
    opened(session_of(other, "o" * 32))
    assert "440199-rs" in seen()
    for name, value in own.items():
        one("select set_config(%s, %s, true)", name, value)
    assert one("select scope_units()") == []
    assert seen() == set()


def test_the_application_can_neither_read_the_secret_nor_make_a_seal(probe):
    for statement in (
        "select secret from identity_secrets.scope",
        "select hash from identity_secrets.service_token",
        "select scope_seal('{}')",
        "select scope_write('{}')",
        "select scope_put('{}')",
        "select scope_put_all('{}', '{}')",
        "select scope_seal_of_units('{}', '{}')",
        "select scope_units_of('{}')",
        "select scope_told()",
        "select scope_admit('case:1')",
        "insert into identity_secrets.service_token (hash) values ('x')",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_key_that_is_nobody_s_opens_nothing_and_closes_what_was_open(clerk):
    opened(session_of(clerk))
    assert not opened("somebody else's key")
    assert seen() == set()


@pytest.mark.parametrize(
    "gone",
    [
        {"lasts_until": timezone.now() - timedelta(seconds=1)},
        {"seen_at": timezone.now() - timedelta(minutes=31)},
        {"ended_at": timezone.now()},
        {"owes": "second_factor"},
    ],
    ids=["twelve hours are over", "rested too long", "ended", "owes a second factor"],
)
def test_a_session_that_is_over_opens_nothing(clerk, gone):
    key = session_of(clerk)
    Presence.objects.update(**gone)
    assert not opened(key)
    assert seen() == set()


def test_a_closed_account_s_session_opens_nothing(clerk):
    key = session_of(clerk)
    accounts.deactivate(clerk, by=HOUSE, reason="离职")
    Presence.objects.update(ended_at=None)  # even if a session had been overlooked
    assert not opened(key)


def test_rights_taken_back_are_gone_in_the_next_transaction(clerk):
    key = session_of(clerk)
    assert opened(key)
    assert seen()
    clerk.appointments.get().post.grants.get().end(by=HOUSE, reason="调整")
    assert opened(key)
    assert seen() == set()


def test_a_delegation_shows_what_the_giver_s_post_shows(clerk, person, post):
    receiver = person("li.si")
    post("440199-rs").appoint(receiver, by=HOUSE)
    delegation = Delegation.give(
        clerk.appointments.get(), receiver, by=HOUSE, since=clock.today(), until=clock.today(), reason="休假"
    )
    key = session_of(receiver)
    opened(key)
    assert seen() == set()
    presences.act_as(Presence.objects.get(account=receiver), delegation=delegation.pk)
    opened(key)
    assert seen() == {"440199-mz", "440199-mz-fw"}
    delegation.end(by=HOUSE)
    opened(key)
    assert seen() == set()


def test_a_savepoint_s_rollback_takes_the_scope_along(clerk):
    key = session_of(clerk)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        opened(key)
        assert seen()
        1 / 0  # noqa: B018
    assert seen() == set()
    with transaction.atomic():
        opened(key)
    assert seen(), "a savepoint that is kept keeps the scope until the transaction ends"


def test_reviewed_functions_admit_a_subject_to_the_scope(clerk):
    opened(session_of(clerk))
    one("select scope_probe_admit('case:440199-rs')")
    assert seen() == {"440199-mz", "440199-mz-fw", "440199-rs"}
    assert one("select scope_account()") == clerk.pk


def test_a_visitor_can_be_admitted_without_a_session(probe):
    one("select scope_probe_admit('case:440199-rs')")
    assert seen() == {"440199-rs"}
    assert one("select scope_all()") is False


def test_the_house_s_own_token_shows_everything(probe):
    with scope.service():
        assert len(seen()) == 6
    assert seen() == set()


def test_a_token_that_is_not_the_house_s_shows_nothing(probe):
    assert one("select scope_open_service('guess')") is False
    assert seen() == set()


def test_a_missing_token_is_said_plainly(tmp_path, settings):
    settings.HOME = tmp_path
    with pytest.raises(service_token.Missing, match="secrets/worker"), scope.service():
        pass


def test_the_house_s_scope_inside_another_gives_that_back(clerk):
    with scope.as_account(clerk):
        assert seen() == {"440199-mz", "440199-mz-fw"}
        with scope.service():
            assert len(seen()) == 6
        assert seen() == {"440199-mz", "440199-mz-fw"}
    assert seen() == set()


def test_as_an_account_in_one_of_its_posts(clerk, post):
    other = post("440199-rs", "adviser", clerk="own_unit")
    other.appoint(clerk, by=HOUSE, kind="concurrent")
    with scope.as_account(clerk, other) as actor:
        assert actor.unit == "440199-rs"
        assert seen() == {"440199-rs"}
    with pytest.raises(LookupError), scope.as_account(clerk, post("440199-bj")):
        pass


def test_a_citizen_s_scope_tells_document_and_companies(probe):
    citizen = Account(kind="citizen", phone="13900000001", name="陈婆婆")
    citizen.save()
    accounts.verify_real_name(citizen, "陈婆婆", "440199194501010021", matched=True)
    Mandate.grant(citizen, COMPANY, by=HOUSE)
    gone = Mandate.grant(citizen, OTHER_COMPANY, by=HOUSE)
    gone.revoke(by=HOUSE)
    opened(session_of(citizen))
    assert one("select scope_document()") == "111:440199194501010021"
    assert one("select scope_entities()") == [COMPANY]
    assert one("select scope_units()") == []


def test_a_request_opens_its_scope_once_in_a_transaction(clerk, statements):
    request = request_of(clerk)
    with statements() as first:
        scope.open_for(request)
    with statements() as again:
        scope.open_for(request)
        with transaction.atomic():
            scope.open_for(request)
    assert len(first) == 1
    assert [query["sql"] for query in again if "scope_open" in query["sql"]] == []
    assert seen() == {"440199-mz", "440199-mz-fw"}


def test_a_request_opens_again_what_a_rollback_took(clerk):
    request = request_of(clerk)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        scope.open_for(request)
        1 / 0  # noqa: B018
    scope.open_for(request)
    assert seen() == {"440199-mz", "440199-mz-fw"}


def test_a_visitor_s_request_closes_what_another_left_open_in_the_same_transaction(clerk):
    scope.open_for(request_of(clerk))
    assert seen()
    scope.open_for(request_of(None))
    assert seen() == set()


def test_a_request_that_owes_something_opens_nothing(clerk):
    request = request_of(clerk)
    Presence.objects.update(owes="second_factor")
    stand(request)
    scope.open_for(request)
    assert request.actor is None
    assert seen() == set()


def test_the_worker_s_transactions_are_the_house_s(probe):
    with work.one_transaction():
        assert len(seen()) == 6


def test_two_processes_that_make_the_token_at_once_agree(tmp_path, settings):
    settings.HOME = tmp_path
    places = [service_token._read_or_write(service_token.path()) for _ in range(2)]
    assert places[0] == places[1]
    assert len(places[0]) > 40
    assert service_token.path().stat().st_mode & 0o077 == 0
    assert [path.name for path in service_token.path().parent.iterdir()] == ["worker"]
