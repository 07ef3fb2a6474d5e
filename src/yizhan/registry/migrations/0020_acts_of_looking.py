"""Looking is counted by a table, unmasking and export are acts of their own, and some looks bear a mark."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import yizhan.clock
from yizhan.database.migration import RunAsOwner


def _sql(module: str, name: str) -> str:
    return str(getattr(import_module(f"yizhan.registry.migrations.{module}"), name))


TABLES = ("quota", "tally", "protected", "staffperson")

RIGHTS_OF_TABLES = """
revoke insert, update, delete, truncate on registry_quota from {app};
revoke all on registry_tally, registry_protected, registry_staffperson from {app};
insert into registry_quota (who, act, a_day, changed_at, changed_by)
values ('citizen', 'lookup', 5, now(), 'house'), ('citizen', 'export', 10, now(), 'house'),
    ('staff', 'lookup', 200, now(), 'house'),
    ('staff', 'file', 100, now(), 'house'),
    ('staff', 'unmask', 50, now(), 'house'), ('platform.register_keeper', 'unmask', 100, now(), 'house'),
    ('staff', 'export', 10, now(), 'house'), ('platform.register_keeper', 'export', 30, now(), 'house');
insert into registry_tally (account, post, act, day, made)
select account, 0, 'lookup', day, lookups from registry_lookuptally;
"""

COUNTING = """
-- Count an act of whoever is in scope; false when that was more than the day allows. Services of the house do not count,
-- and what is not in the table is not allowed. What was refused is counted as well: trying on is no way around.
create function registry_count(wanted_act text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
    me constant bigint := (told ->> 'account')::bigint;
    today constant date := (clock_timestamp() at time zone 'Asia/Shanghai')::date;
    allowed integer;
    done integer;
begin
    if scope_all() then
        return true;
    end if;
    if me is null then
        return false;
    end if;
    insert into registry_tally as tally (account, post, act, day, made)
    values (me, coalesce(case when told ->> 'kind' = 'staff' then scope_post() end, 0), wanted_act, today, 1)
    on conflict (account, day, act, post) do update set made = tally.made + 1;
    select sum(t.made) into done from registry_tally t where t.account = me and t.day = today and t.act = wanted_act;
    if told ->> 'kind' = 'staff' then
        select max(q.a_day) into allowed from registry_quota q
        where q.act = wanted_act and q.who = any (scope_roles());
    end if;
    if allowed is null then
        select q.a_day into allowed from registry_quota q where q.act = wanted_act and q.who = told ->> 'kind';
    end if;
    return done <= coalesce(allowed, 0);
end
$$;
revoke all on function registry_count(text) from public;
"""

_OF_PERSONS = """
    insert into registry_lookuptally as tally (account, day, lookups)
    values (me, (clock_timestamp() at time zone 'Asia/Shanghai')::date, 1)
    on conflict (account, day) do update set lookups = tally.lookups + 1
    returning lookups into made;
    if made > (case when staff then 200 else 5 end) then
"""
_OF_COMPANIES = _OF_PERSONS.replace("(case when staff then 200 else 5 end)", "200")
_OF_SEARCHES = """
    if not scope_all() then
        insert into registry_lookuptally as tally (account, day, lookups)
        values (scope_account(), (clock_timestamp() at time zone 'Asia/Shanghai')::date, 1)
        on conflict (account, day) do update set lookups = tally.lookups + 1
        returning lookups into made;
        if made > 200 then
            return query select null::uuid, null::text;
            return;
        end if;
    end if;
"""
_COUNTED = """
    if not registry_count('lookup') then
"""
_COUNTED_SEARCH = """
    if not registry_count('lookup') then
        return query select null::uuid, null::text;
        return;
    end if;
"""


def _counting(sql: str, block: str, instead: str) -> str:
    """A function as it stands, but for how it counts."""
    if sql.count(block) != 1 or sql.count("    made integer;\n") != 1:
        raise ValueError("the function counts in another way than was thought")
    counted = sql.replace(block, instead).replace("    made integer;\n", "")
    return counted.replace("create function", "create or replace function")


_SEARCH = _sql("0015_finding", "SEARCH")
_SEARCH = _SEARCH[_SEARCH.index("create function registry_search") : _SEARCH.index("revoke all on function")]

LOOKS = """
-- As in 0017, counted by the table.
create or replace function registry_count_look() returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    return scope_all() or (cardinality(scope_units()) > 0 and registry_count('lookup'));
end
$$;
"""

# registry_find as in 0004, registry_find_entity as in 0007, registry_search as in 0015: counted by the table.
COUNTED = (
    _counting(_sql("0004_reviewed_functions", "FIND"), _OF_PERSONS, _COUNTED)
    + _counting(_sql("0007_companies_as_subjects", "FIND"), _OF_COMPANIES, _COUNTED)
    + _counting(_SEARCH, _OF_SEARCHES, _COUNTED_SEARCH)
    + LOOKS
)

MARKS = """
-- Why a look of staff at this person deserves attention: protected, a colleague, a relative or member of one's own household,
-- oneself. Residents and the house get none.
create function registry_marks(wanted uuid) returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
    me constant uuid := (select s.person_id from registry_staffperson s where s.account = (told ->> 'account')::bigint);
begin
    if told ->> 'kind' is distinct from 'staff' then
        return '{}';
    end if;
    return array(
        select 'protected' where exists (
            select from registry_protected p
            where p.person_id = wanted and p.ended_at is null and p.since <= (told ->> 'day')::date
              and (p.until is null or p.until >= (told ->> 'day')::date))
        union all
        select case when me = wanted then 'self' else 'colleague' end
        where exists (select from registry_staffperson s where s.person_id = wanted)
        union all
        select 'relative' where me <> wanted and (
            exists (select from registry_relation r
                where r.person_id = me and r.other_id = wanted and r.until is null)
            or exists (select from registry_membership mine join registry_membership other
                    on other.household_id = mine.household_id and other.until is null
                join registry_household home on home.id = mine.household_id and home.kind = 'family'
                where mine.person_id = me and mine.until is null and other.person_id = wanted)));
end
$$;

-- What a look may open, decided here and nowhere else: all of it ("*") for oneself, for the house, and for a case to
-- whose subject one was admitted; the categories that were unmasked in this transaction; or nothing. And its marks.
create function registry_sight(wanted uuid, for_case boolean) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
begin
    return jsonb_build_object(
        'opens', case
            when wanted = any (registry_own_persons())
                or for_case and (scope_all() or coalesce(told -> 'subjects' ? ('person:' || wanted), false))
            then '["*"]'::jsonb
            else coalesce(told -> 'unmasked' -> wanted::text, '[]'::jsonb) end,
        'marks', registry_marks(wanted));
end
$$;
"""

ACTS = """
-- Staff open somebody's whole file: counted, with its marks. ok, not_here, not_allowed, too_many.
create function registry_open_file(wanted uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if scope_told() ->> 'kind' is distinct from 'staff' or cardinality(scope_units()) = 0 then
        return 'not_allowed';
    end if;
    if not registry_count('file') then
        return 'too_many';
    end if;
    return case when registry_sees(wanted) then 'ok' else 'not_here' end;
end
$$;

-- Unmask some categories of a person for the rest of this transaction. It takes a recent proof of who acts, a
-- purpose, and is counted; without it registry_sight opens nothing, whatever the program forgets.
-- ok, not_here, not_allowed, not_proved, no_purpose, too_many.
create function registry_unmask(wanted uuid, categories text[], purpose text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
    before constant jsonb := coalesce(told -> 'unmasked', '{}');
begin
    if told ->> 'kind' is distinct from 'staff' or cardinality(scope_units()) = 0 or '*' = any (categories) then
        return 'not_allowed';
    end if;
    if not scope_proved() then
        return 'not_proved';
    end if;
    if purpose !~ '^(case|reason):.{4,}$' then
        return 'no_purpose';
    end if;
    if not registry_count('unmask') then
        return 'too_many';
    end if;
    if not registry_sees(wanted) then
        return 'not_here';
    end if;
    perform scope_put(jsonb_set(told, '{unmasked}', before || jsonb_build_object(
        wanted::text, coalesce(before -> wanted::text, '[]') || to_jsonb(categories))));
    return 'ok';
end
$$;

-- Take data away, of one person or of many: it takes a recent proof of staff, a purpose, and is counted.
create function registry_export(purpose text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    told constant jsonb := scope_told();
begin
    if told ->> 'kind' is null or (told ->> 'kind' = 'staff' and cardinality(scope_units()) = 0) then
        return 'not_allowed';
    end if;
    if told ->> 'kind' = 'staff' and not scope_proved() then
        return 'not_proved';
    end if;
    if purpose !~ (case told ->> 'kind' when 'staff' then '^(case|reason):.{4,}$' else '^own$' end) then
        return 'no_purpose';
    end if;
    return case when registry_count('export') then 'ok' else 'too_many' end;
end
$$;
"""

GUARDING = """
-- Who the security administrator protects. He sees no person of the register: he names one by number and name.
create function registry_known_by(wanted_type text, wanted_number text, wanted_name text) returns uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    found uuid[] := array(
        select distinct i.person_id from registry_identifier i
        where i.document = wanted_type || ':' || wanted_number
          and i.name_key = registry_name_key(wanted_name) and i.until is null limit 2);
begin
    return case when cardinality(found) = 1 then found[1] end;
end
$$;

create function registry_protect(
    wanted_type text, wanted_number text, wanted_name text, why text, from_day date, last_day date, at timestamptz)
returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    wanted uuid;
begin
    if not 'platform.security_admin' = any (scope_roles()) then
        return 'not_allowed';
    end if;
    if not registry_count('lookup') then
        return 'too_many';
    end if;
    wanted := registry_known_by(wanted_type, wanted_number, wanted_name);
    if wanted is null then
        return 'none';
    end if;
    update registry_protected set ended_at = at, ended_by = 'account:' || scope_account()
    where person_id = wanted and ended_at is null;
    insert into registry_protected (person_id, reason, since, until, by, ended_by)
    values (wanted, why, from_day, last_day, 'account:' || scope_account(), '');
    return 'ok';
end
$$;

create function registry_protect_no_more(wanted bigint, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not 'platform.security_admin' = any (scope_roles()) then
        return false;
    end if;
    update registry_protected set ended_at = at, ended_by = 'account:' || scope_account()
    where id = wanted and ended_at is null;
    return found;
end
$$;

-- The list, names and numbers masked.
create function registry_protected_persons() returns table (
    id bigint, name text, number text, reason text, since date, until date, by text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not 'platform.security_admin' = any (scope_roles()) then
        return;
    end if;
    return query
        select g.id, left(p.name, 1) || repeat('＊', greatest(length(p.name) - 1, 1)),
            left(p.id_number, 6) || '********' || right(p.id_number, 4),
            g.reason::text, g.since, g.until, g.by::text
        from registry_protected g join registry_person p on p.id = g.person_id
        where g.ended_at is null order by g.since desc, g.id desc;
end
$$;

-- Say who a member of staff is in the register.
create function registry_staff_is(
    staff bigint, wanted_type text, wanted_number text, wanted_name text, at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    wanted uuid;
begin
    if not 'platform.security_admin' = any (scope_roles())
        or not exists (select from identity_account a where a.id = staff and a.kind = 'staff')
    then
        return 'not_allowed';
    end if;
    if not registry_count('lookup') then
        return 'too_many';
    end if;
    wanted := registry_known_by(wanted_type, wanted_number, wanted_name);
    if wanted is null then
        return 'none';
    end if;
    if exists (select from registry_staffperson s where s.person_id = wanted and s.account <> staff) then
        return 'taken';
    end if;
    insert into registry_staffperson (account, person_id, by, since)
    values (staff, wanted, 'account:' || scope_account(), at)
    on conflict (account) do update set person_id = excluded.person_id, by = excluded.by, since = excluded.since;
    return 'ok';
end
$$;

create function registry_set_quota(wanted_who text, wanted_act text, most integer, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not 'platform.security_admin' = any (scope_roles()) or most not between 0 and 10000 then
        return false;
    end if;
    update registry_quota set a_day = most, changed_at = at, changed_by = 'account:' || scope_account()
    where who = wanted_who and act = wanted_act;
    return found;
end
$$;
"""

LOOKS_AT_ME = """
-- Who looked at me: lines of the access log that name the person of the account in scope, the newest first, without
-- one's own. Unit and post are told, not the official's name; of the other persons of a line nothing.
create function registry_looks_at_me(below bigint, most integer) returns table (
    id bigint, at timestamptz, unit_zh text, unit_en text, post_zh text, post_en text,
    who text, action text, purpose text, fields text[])
language plpgsql stable rows 50 security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    told constant jsonb := scope_told();
    mine constant text[] := array(select 'person:' || one from unnest(registry_own_persons()) one);
begin
    if told ->> 'kind' is distinct from 'citizen' or cardinality(mine) = 0 then
        return;
    end if;
    return query
        select l.id, l.at, unit.name::text, unit.name_en::text, post.title::text, post.title_en::text,
            case when a.kind is not null then a.kind::text when l.account ~ '^account:' then 'gone' else 'house' end,
            l.action::text, l.purpose::text, l.fields::text[]
        from journal_access l
        left join identity_account a on a.id = substring(l.account from '^account:([0-9]+)$')::bigint
        left join identity_post post on post.id = substring(l.post from '^post:([0-9]+)$')::bigint
        left join identity_unit unit on unit.code = post.unit_id
        where l.subjects && mine::varchar[] and l.account <> 'account:' || (told ->> 'account')
          and (below is null or l.id < below)
        order by l.id desc limit least(most, 200);
end
$$;
"""

_SIGNATURES = (
    "registry_marks(uuid)",
    "registry_sight(uuid, boolean)",
    "registry_open_file(uuid)",
    "registry_unmask(uuid, text[], text)",
    "registry_export(text)",
    "registry_protect(text, text, text, text, date, date, timestamptz)",
    "registry_protect_no_more(bigint, timestamptz)",
    "registry_protected_persons()",
    "registry_staff_is(bigint, text, text, text, timestamptz)",
    "registry_set_quota(text, text, integer, timestamptz)",
    "registry_looks_at_me(bigint, integer)",
)
RIGHTS = f"""
revoke all on function registry_known_by(text, text, text), {", ".join(_SIGNATURES)} from public;
grant execute on function {", ".join(_SIGNATURES)} to {{app}};
"""

_KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
_ACTS = [("lookup", "检索、核验"), ("file", "查看一人一档"), ("unmask", "查看全文"), ("export", "导出")]


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0019_companies_seen"),
        ("identity", "0011_scope_knows_its_session"),
        ("journal", "0005_looks_by_subject"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quota",
            fields=[
                _KEY,
                ("who", models.CharField(help_text="citizen, staff, or the code of a role", max_length=60)),
                ("act", models.CharField(choices=_ACTS, max_length=10)),
                ("a_day", models.PositiveIntegerField()),
                ("changed_at", models.DateTimeField(default=yizhan.clock.now)),
                ("changed_by", models.CharField(default="house", max_length=120)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("who", "act"), name="registry_quota_one")]
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                _KEY,
                ("account", models.BigIntegerField()),
                ("post", models.BigIntegerField(default=0, help_text="0 for residents")),
                ("act", models.CharField(max_length=10)),
                ("day", models.DateField()),
                ("made", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "day", "act", "post"), name="registry_tally_one"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Protected",
            fields=[
                _KEY,
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("since", models.DateField()),
                ("until", models.DateField(help_text="the last day", null=True)),
                ("by", models.CharField(max_length=120)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("person",),
                        name="registry_protected_one",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="StaffPerson",
            fields=[
                _KEY,
                ("account", models.BigIntegerField(unique=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                ("by", models.CharField(max_length=120)),
                ("since", models.DateTimeField()),
            ],
        ),
        RunAsOwner(RIGHTS_OF_TABLES + COUNTING + COUNTED, reverse_sql=migrations.RunSQL.noop),
        migrations.DeleteModel("LookupTally"),
        RunAsOwner(MARKS + ACTS + GUARDING + LOOKS_AT_ME + RIGHTS, reverse_sql=migrations.RunSQL.noop),
    ]
