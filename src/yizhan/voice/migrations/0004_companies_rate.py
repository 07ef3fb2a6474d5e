"""A company's case is rated by whoever acts for the company today."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

OWN_CASE = """
create or replace function voice_own_case(wanted bigint) returns boolean
language plpgsql stable set search_path = public, pg_temp as $$
begin
    return exists (
        select from cases_case
        where id = wanted
          and ((applicant = scope_account() and not subject ^@ 'entity:')
               or (document <> '' and document = scope_document())
               or subject = any (array(select 'entity:' || own from unnest(registry_own_entities()) own))
               or 'rating:' || number = any (scope_subjects())));
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0003_after_the_decision"),
        ("cases", "0018_about_companies"),
    ]

    operations = [RunAsOwner(OWN_CASE, reverse_sql=migrations.RunSQL.noop)]
