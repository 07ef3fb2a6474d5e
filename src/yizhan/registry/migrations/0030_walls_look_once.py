"""What the policies of this room ask of the scope is read out of it once, not through functions that ask again."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

FUNCTIONS = """
-- As in 0002. Staff are nobody's document and mostly not linked: then nothing is looked for.
create or replace function registry_own_persons() returns uuid[]
language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
    linked constant uuid[] := array(
        select person_id from registry_accountlink where account = (told ->> 'account')::bigint and until is null);
    known uuid[];
begin
    if cardinality(linked) > 0 then return linked; end if;
    if coalesce(told ->> 'document', '') = '' then return '{}'; end if;
    known := array(
        select distinct person_id from registry_identifier where document = told ->> 'document' and until is null);
    if cardinality(known) = 1 then return known; end if;
    return '{}';
end
$$;

create or replace function registry_persons_in_scope() returns uuid[]
language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
begin
    return registry_own_persons() || array(
        select substr(subject, 8)::uuid from unnest(scope_subjects()) subject where subject like 'person:%');
end
$$;

create or replace function registry_first_area() returns text
language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
begin
    if (told ->> 'all')::boolean then return ''; end if;
    return (select min(area) from jsonb_array_elements_text(told -> 'areas') area);
end
$$;

create or replace function registry_end_of_areas() returns text
language plpgsql stable parallel restricted security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
begin
    if (told ->> 'all')::boolean or told -> 'areas' ? '' then return '~'; end if;
    return (select max(area) || '~' from jsonb_array_elements_text(told -> 'areas') area);
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0029_keepers_enter_files")]

    operations = [RunAsOwner(FUNCTIONS, reverse_sql=migrations.RunSQL.noop)]
