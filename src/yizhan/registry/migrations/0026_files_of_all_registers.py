"""Files of companies and places: entered many at once, and undone; a company that came by mistake leaves the register."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, append_only, changed, policies, replacing


def _sql(module: str, name: str) -> str:
    return str(getattr(import_module(f"yizhan.registry.migrations.{module}"), name))


_SEES = _sql("0019_companies_seen", "SEES")
_LIST = _sql("0019_companies_seen", "LIST")
_SEARCH = _sql("0021_finding_companies", "SEARCH")
# Who left the register is seen by nobody but the house: as in 0019 and 0021, with that condition.
LEFT = replacing(
    changed(
        _SEES,
        (
            "where e.uscc = wanted and e.division ^@ any (scope_areas()))",
            "where e.uscc = wanted and e.left_on is null and e.division ^@ any (scope_areas()))",
        ),
    )
    + changed(
        _LIST, ("where e.division >= first_area", "where e.left_on is null and e.division >= first_area")
    )
    + changed(
        _SEARCH,
        (
            "where e.representative = trim(words)",
            "where e.left_on is null and e.representative = trim(words)",
        ),
        (
            "where e.uscc like code || '%' or e.organisation_code = code",
            "where e.left_on is null and (e.uscc like code || '%' or e.organisation_code = code)",
        ),
        ("where registry_pieces(e.name) @>", "where e.left_on is null and registry_pieces(e.name) @>"),
    )
)

_TEXTS = (
    "name", "representative", "representative_document", "kind", "kind_code", "state", "currency", "business_scope",
    "industry", "address", "division", "phone", "parent",
)  # fmt: skip
_OTHERS = ("registered_capital", "term_from", "term_until", "established_on", "until")
_ALL = (*_TEXTS, *_OTHERS)


def _told(name: str) -> str:
    """What the file says, or what is there where it says nothing."""
    return f"coalesce(nullif(r.{name}, ''), e.{name})" if name in _TEXTS else f"coalesce(r.{name}, e.{name})"


_NEWER = "e.recorded_at <> moment and (e.left_on is not null or r.as_of >= e.as_of)"
ENTER = f"""
-- Enters companies of a file under its moment: those that are new or had left, and what became so with those that are
-- held; an empty value says nothing, an older word changes nothing. What was before is kept for undoing it. All must lie
-- in one's areas, before and after.
create function registry_import_entities(the_import bigint, the_source smallint, moment timestamptz, told jsonb)
returns table (code text, fresh boolean, changed boolean, moved boolean)
language plpgsql volatile rows 2000 security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    areas constant text[] := scope_areas();
begin
    if not scope_all() and (cardinality(scope_units()) = 0 or cardinality(areas) = 0 or exists (
            select from jsonb_to_recordset(told) r(uscc text, division text)
            left join registry_entity e on e.uscc = r.uscc
            where not coalesce(nullif(r.division, ''), e.division, '') ^@ any (areas)
               or (e.left_on is null and not e.division ^@ any (areas)))) then
        raise exception 'new row violates row-level security policy of the register'
            using errcode = 'insufficient_privilege';
    end if;
    insert into registry_importedrow (file_id, key, fresh, was, provenance)
    select the_import, r.uscc, e.uscc is null or e.left_on is not null,
        case when e.uscc is not null then jsonb_build_object('source_id', e.source_id, 'as_of', e.as_of) end,
        (select jsonb_agg(jsonb_build_array(v.id, v.columns, v.as_of))
            from registry_entityprovenance v where v.entity_id = r.uscc)
    from jsonb_to_recordset(told) r(uscc text) left join registry_entity e on e.uscc = r.uscc;

    perform from registry_enter_entities(the_source, moment, told);

    update registry_entityprovenance v set columns = registry_without(v.columns, r.columns)
    from jsonb_to_recordset(told) r(uscc text, as_of date, columns smallint[]) join registry_entity e on e.uscc = r.uscc
    where v.entity_id = r.uscc and v.columns && r.columns and {_NEWER}
      and not (v.source_id = the_source and v.source_record = r.uscc);
    insert into registry_entityprovenance as had (entity_id, source_id, source_record, as_of, columns)
    select r.uscc, the_source, r.uscc, r.as_of, r.columns
    from jsonb_to_recordset(told) r(uscc text, as_of date, columns smallint[]) join registry_entity e on e.uscc = r.uscc
    where {_NEWER}
    on conflict (source_id, source_record) do update
    set columns = array(select distinct one from unnest(had.columns || excluded.columns) one order by one),
        as_of = greatest(had.as_of, excluded.as_of);

    return query
        with done as (
            update registry_entity e
            set {", ".join(f"{name} = {_told(name)}" for name in _ALL if name != "until")},
                until = case when e.left_on is not null then r.until else coalesce(r.until, e.until) end,
                representative_person_id = case when {_told("representative")} = e.representative
                    then e.representative_person_id end,
                source_id = the_source, as_of = r.as_of, recorded_at = moment,
                effective_on = case when e.left_on is null then r.as_of end, left_on = null
            from jsonb_populate_recordset(null::registry_entity, told) r
            where e.uscc = r.uscc and {_NEWER} and (e.left_on is not null
                or ({", ".join(f"e.{name}" for name in _ALL)})
                    is distinct from ({", ".join(_told(name) for name in _ALL)}))
            returning e.uscc as uscc, old.left_on is null as was_there,
                (old.address, old.division) is distinct from (new.address, new.division) as moved)
        select k.key::text, k.fresh, coalesce(d.was_there, false), coalesce(d.moved, false)
        from jsonb_to_recordset(told) r(uscc text)
        join registry_importedrow k on k.file_id = the_import and k.key = r.uscc
        left join done d on d.uscc = k.key;
end
$$;
"""

_CHECKED = import_module("yizhan.registry.migrations.0014_what_a_file_did").checked(
    "companies",
    "registry_entities_changed_since",
    """registry_importedrow one join registry_entity e on e.uscc = one.key
            where one.file_id = the_import and not e.division ^@ any (scope_areas())""",
)
UNDO = f"""
-- How many of the companies of a file have changed since, by whatever way.
create function registry_entities_changed_since(the_import bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select count(*) from registry_import file
    join registry_importedrow one on one.file_id = file.id
    join registry_entity e on e.uscc = one.key
    where file.id = the_import and (
        e.recorded_at > file.at
        or exists (select from registry_shareholder s where s.entity_id = e.uscc
            and greatest(s.recorded_at, s.ended_at) > file.at)
        or exists (select from registry_entityrecord d where d.entity_id = e.uscc and d.recorded_at > file.at)
        or exists (select from registry_licence l where l.subject = 'entity:' || e.uscc and l.recorded_at > file.at));
$$;

-- Undoes a file of companies: who came with it leaves the register from today, and what it changed is put right as if
-- it had never been so. The codes whose address is another again.
create function registry_undo_entities(the_import bigint, moment timestamptz, today date) returns setof text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    written constant timestamptz := (select at from registry_import where id = the_import and undone_at is null);
begin
{_CHECKED}    return query
        with restored as (
            update registry_entity e set {", ".join(f"{name} = earlier.{name}" for name in _ALL)},
                representative_person_id = earlier.representative_person_id,
                source_id = (one.was ->> 'source_id')::smallint, as_of = (one.was ->> 'as_of')::date,
                effective_on = null, recorded_at = moment
            from registry_importedrow one
            join registry_entityhistory h on h.entity_id = one.key and h.replaced_at = written
            join registry_entity now_is on now_is.uscc = one.key
            cross join lateral jsonb_populate_record(null::registry_entity, to_jsonb(now_is) || h.was) earlier
            where one.file_id = the_import and not one.fresh and e.uscc = one.key
            returning e.uscc::text as uscc, (old.address, old.division) is distinct from (new.address, new.division) as moved)
        select uscc from restored where moved;
    update registry_entity e set until = today, left_on = today, effective_on = null, recorded_at = moment
    from registry_importedrow one where one.file_id = the_import and one.fresh and e.uscc = one.key;
    -- a name that it bears again is none that it bore before
    delete from registry_entityname n using registry_importedrow one, registry_entity e
    where one.file_id = the_import and n.entity_id = one.key and e.uscc = one.key and n.name = e.name;

    update registry_entityprovenance v
    set columns = '{{}}', source_record = left(v.source_record, 60) || '~' || the_import
    from registry_importedrow one
    where one.file_id = the_import and v.entity_id = one.key
      and v.source_id = (select source_id from registry_import where id = the_import) and v.source_record = one.key
      and (one.fresh or not exists (
        select from jsonb_array_elements(one.provenance) had where (had ->> 0)::bigint = v.id));
    update registry_entityprovenance v
    set columns = array(select jsonb_array_elements_text(had -> 1)::smallint), as_of = (had ->> 2)::date
    from registry_importedrow one cross join lateral jsonb_array_elements(one.provenance) had
    where one.file_id = the_import and not one.fresh and v.id = (had ->> 0)::bigint;
end
$$;
"""

_SIGNATURES = (
    "registry_import_entities(bigint, smallint, timestamptz, jsonb)",
    "registry_entities_changed_since(bigint)",
    "registry_undo_entities(bigint, timestamptz, date)",
)
RIGHTS = f"""
revoke all on function {", ".join(_SIGNATURES)} from public;
grant execute on function {", ".join(_SIGNATURES)} to {{app}};
"""
_OFFICES = "(select scope_all()) or cardinality((select scope_areas())) > 0"


class Migration(migrations.Migration):
    dependencies = [("registry", "0025_by_hand")]

    operations = [
        migrations.AddField(
            "import",
            "kind",
            models.CharField(
                default="persons", help_text="of the register, a key of extracts.REGISTERS", max_length=20
            ),
        ),
        migrations.AlterField("import", "fresh", models.PositiveIntegerField(default=0, help_text="entered")),
        migrations.AlterField(
            "import", "changed", models.PositiveIntegerField(default=0, help_text="known before and changed")
        ),
        migrations.AddField(
            "entity",
            "left_on",
            models.DateField(
                blank=True,
                help_text="it had come with a file by mistake, and is in the register no more",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="a credit code, or the code of a building, grid or facility", max_length=80
                    ),
                ),
                ("fresh", models.BooleanField()),
                ("was", models.JSONField(help_text="columns that the file replaced", null=True)),
                (
                    "provenance",
                    models.JSONField(
                        help_text="[row, columns, day] of each record that vouched before", null=True
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="registry.import",
                        db_index=False,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "importedrow",
            models.UniqueConstraint(fields=("file", "key"), name="registry_importedrow_once"),
        ),
        append_only("registry_importedrow"),
        policies("registry_importedrow", seen=_OFFICES, entered=_OFFICES),
        RunAsOwner(LEFT + ENTER + UNDO + RIGHTS, reverse_sql=migrations.RunSQL.noop),
    ]
