"""Cases and drafts about companies: seen by whoever acts for the company today, and by nobody else of the public.

A case about a person stays with the account that applied and with the person. A case about a company belongs to the
company: an agent who applied and whose mandate has ended sees it no more, another agent or the representative does.
"""

from __future__ import annotations

from django.db import migrations

from yizhan.database.migration import RunAsOwner

_OWN_COMPANIES = "array(select 'entity:' || own from unnest((select registry_own_entities())) own)"

# As in 0002, with companies.
CASE = f"""
    (select scope_all())
    or (applicant = (select scope_account()) and not subject ^@ 'entity:')
    or (document <> '' and document = (select scope_document()))
    or units && (select scope_units())
    or ('case:' || number) = any ((select scope_subjects())::text[])
    or subject = any ({_OWN_COMPANIES})
"""
ABOUT = f"""
    (select scope_all())
    or subject = any ((select scope_subjects())::text[])
    or subject = any (array(select 'person:' || own from unnest((select registry_own_persons())) own))
    or subject = any ({_OWN_COMPANIES})
"""
# A draft is of whoever types it; one for a company is theirs as long as they act for it, or sit at a window.
DRAFT = f"""
    (select scope_all())
    or (account = (select scope_account())
        and (not subject ^@ 'entity:'
             or cardinality((select scope_units())) > 0
             or subject = any ({_OWN_COMPANIES})))
"""
POLICIES = f"""
alter policy seen on cases_case using ({CASE});
alter policy opened on cases_case with check ({ABOUT});
alter policy stepped on cases_case using ({CASE}) with check (true);
alter policy mine on cases_draft using ({DRAFT})
    with check (((select scope_all()) or account = (select scope_account())) and ({ABOUT}));
"""

# Functions that run as the owner apply the same rule: each is written anew with what it says now, but for the rule.
# One without the words to be replaced stops the migration.
RULES = """
do $do$
declare
    changing record;
    said text;
begin
    for changing in
        select * from (values
            ('case_rows(bigint)'::regprocedure,
             'or c.applicant = scope_account()',
             'or (c.applicant = scope_account() and not c.subject ^@ ''entity:'')
              or c.subject = any (array(select ''entity:'' || own from unnest(registry_own_entities()) own))'),
            ('case_in_the_way(text,text)'::regprocedure,
             'or c.applicant = scope_account()',
             'or (c.applicant = scope_account() and not c.subject ^@ ''entity:'')
              or c.subject = any (array(select ''entity:'' || own from unnest(registry_own_entities()) own))'),
            ('case_in_the_way(text,text)'::regprocedure,
             'or about = any (scope_subjects())',
             'or about = any (scope_subjects())
              or about = any (array(select ''entity:'' || own from unnest(registry_own_entities()) own))')
        ) as rule (changed, words, instead)
    loop
        said := pg_get_functiondef(changing.changed);
        if strpos(said, changing.words) = 0 then
            raise exception '% does not say "%"', changing.changed, changing.words;
        end if;
        execute replace(said, changing.words, changing.instead);
    end loop;
end
$do$;
"""

# Whom a message about a case goes to: the account that applied; of a company's case as long as it acts for the
# company, afterwards the account of the legal representative.
TOLD = """
create function case_told(wanted bigint, today date) returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    c record;
    company record;
begin
    select applicant, subject into c from cases_case where id = wanted;
    if not found or not c.subject ^@ 'entity:' then
        return c.applicant;
    end if;
    select * into company from registry_entity where uscc = substr(c.subject, 8) and until is null;
    if exists (
        select from identity_account a where a.id = c.applicant and a.is_active and (
            a.document_type || ':' || a.document_number = company.representative_document
            or exists (select from identity_mandate m
                where m.account_id = a.id and m.uscc = substr(c.subject, 8) and m.ended_at is null
                  and m.since <= today and (m.until is null or m.until >= today))))
    then
        return c.applicant;
    end if;
    return (
        select a.id from identity_account a
        where a.kind = 'citizen' and a.is_active
          and a.document_type || ':' || a.document_number = company.representative_document
        order by a.id limit 1);
end
$$;
revoke all on function case_told(bigint, date) from public;
grant execute on function case_told(bigint, date) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_set_aside_and_moved"), ("registry", "0007_companies_as_subjects")]

    operations = [
        RunAsOwner(POLICIES, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(RULES, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(TOLD, reverse_sql=migrations.RunSQL.noop),
    ]
