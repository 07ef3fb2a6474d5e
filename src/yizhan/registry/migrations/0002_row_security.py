"""Who sees which rows. Read this file as a whole: it is the wall around personal data.

A person is seen by the person himself, by staff whose areas hold the registered or the living division,
by whoever was admitted to this subject for a purpose, and by services of the house (``scope_all``). What hangs
on a person is seen with the person. Writing takes areas or a service scope; the other two let one only read.
Nothing in this room is ever deleted by the application.

The policy of persons is written so that an index can answer it: the two bounds put all of one's areas into
an interval (the planner's estimate for it is small, so it takes the index), ``^@`` then tests exactly.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner, row_security

PERSON_TABLES = (
    "identifier",
    "membership",
    "residence",
    "provenance",
    "correction",
    "personhistory",
    "accountlink",
)
TABLES = ("person", "household", *PERSON_TABLES)

OWNER_AND_RIGHTS = "\n".join(
    f"""
    create policy house on registry_{table} to current_user using (true) with check (true);
    revoke delete, truncate on registry_{table} from {{app}};
    """
    for table in TABLES
)

RIGHTS = """
revoke delete, truncate on registry_source, registry_address from {app};
revoke all on registry_lookuptally from {app};
revoke insert, update on registry_personhistory, registry_accountlink from {app};
revoke update on registry_correction, registry_membership, registry_residence, registry_identifier from {app};
grant update (until) on registry_membership, registry_residence to {app};
grant update (until) on registry_identifier to {app};
"""

FUNCTIONS = """
-- The persons that are the account's own: the linked one; without a link the one with the verified
-- document, if there is exactly one (registers hold numbers that two persons bear).
create function registry_own_persons() returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    linked constant uuid[] := array(
        select person_id from registry_accountlink where account = scope_account() and until is null);
    known constant uuid[] := array(
        select distinct person_id from registry_identifier where document = scope_document() and until is null);
begin
    if cardinality(linked) > 0 then return linked; end if;
    if cardinality(known) = 1 then return known; end if;
    return '{}';
end
$$;

-- The same, and whoever one was admitted to.
create function registry_persons_in_scope() returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return registry_own_persons() || array(
        select substr(subject, 8)::uuid from unnest(scope_subjects()) subject where subject like 'person:%');
end
$$;

-- All of one's areas lie in [first, end); for a service, and for an area without digits, everything does.
create function registry_first_area() returns text
language plpgsql stable set search_path = public, pg_temp as $$
begin
    return case when scope_all() then '' else (select min(area) from unnest(scope_areas()) area) end;
end
$$;
create function registry_end_of_areas() returns text
language plpgsql stable set search_path = public, pg_temp as $$
begin
    return case when scope_all() or '' = any (scope_areas()) then '~'
        else (select max(area) || '~' from unnest(scope_areas()) area) end;
end
$$;

revoke all on function registry_own_persons(), registry_persons_in_scope(),
    registry_first_area(), registry_end_of_areas() from public;
grant execute on function registry_own_persons(), registry_persons_in_scope(),
    registry_first_area(), registry_end_of_areas() to {app};
"""


def in_areas(column: str) -> str:
    """A condition: the division lies in one of the areas; the bounds are for the index."""
    return f"""(
        {column} >= (select registry_first_area()) and {column} < (select registry_end_of_areas())
        and ((select scope_all()) or {column} ^@ any ((select scope_areas())::text[])))"""


PERSON_IN_AREAS = f"{in_areas('register_division')} or {in_areas('living_division')}"
PERSON_SEEN = f"id = any ((select registry_persons_in_scope())::uuid[]) or {PERSON_IN_AREAS}"
WITH_PERSON = "exists (select from registry_person person where person.id = person_id)"
WITH_PERSON_IN_AREAS = (
    f"exists (select from registry_person person where person.id = person_id and ({PERSON_IN_AREAS}))"
)
HOUSEHOLD_SEEN = f"""{in_areas("division")} or exists (
    select from registry_membership member where member.household_id = registry_household.id)"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("identity", "0002_scope")]

    operations = [
        RunAsOwner(FUNCTIONS, reverse_sql=migrations.RunSQL.noop),
        row_security("registry_person", PERSON_SEEN, PERSON_IN_AREAS),
        *(row_security(f"registry_{table}", WITH_PERSON, WITH_PERSON_IN_AREAS) for table in PERSON_TABLES),
        row_security("registry_household", HOUSEHOLD_SEEN, in_areas("division")),
        RunAsOwner(OWNER_AND_RIGHTS + RIGHTS, reverse_sql=migrations.RunSQL.noop),
    ]
