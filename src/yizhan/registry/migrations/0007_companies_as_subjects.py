"""More of companies, the licences that are held, and the functions by which cases can be about companies."""

import uuid

from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, policies

# The companies that the account acts for today: those whose register names it as legal representative, and those
# that gave it a mandate. A company that was struck off has no representative any more.
OWN = """
create function registry_own_entities() returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return scope_entities() || array(
        select e.uscc::text from registry_entity e
        where e.representative_document = scope_document() and e.until is null);
end
$$;
revoke all on function registry_own_entities() from public;
grant execute on function registry_own_entities() to {app};
"""

# Seen besides by whoever was admitted to the company in this transaction: for a case, or at a window.
ENTITY_SEEN = """
alter policy seen on registry_entity using (
    (select scope_all()) or representative_document = (select scope_document())
    or uscc = any ((select scope_entities())::text[])
    or 'entity:' || uscc = any ((select scope_subjects())::text[]));
"""

LICENCE_SEEN = """
    (select scope_all())
    or issuer = any ((select scope_units())::text[])
    or subject = any ((select scope_subjects())::text[])
    or subject = any (array(select 'person:' || own from unnest((select registry_own_persons())) own))
    or subject = any (array(select 'entity:' || own from unnest((select registry_own_entities())) own))
"""
LICENCE_RIGHTS = """
revoke update, delete, truncate on registry_licence from {app};
grant update (state, ended_at, ended_by, ended_because) on registry_licence to {app};
"""

# All that is known about one company whom the scope may see, with the licences in force on a day; null otherwise.
FACTS = """
create function registry_entity_facts(wanted text, on_day date) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    own constant boolean := wanted = any (registry_own_entities());
    admitted constant boolean := 'entity:' || wanted = any (scope_subjects());
begin
    if not (own or admitted or scope_all()) then
        return null;
    end if;
    return (
        select to_jsonb(e) || jsonb_build_object(
            'own', own, 'admitted', admitted, 'service', scope_all(),
            'source_zh', s.title_zh, 'source_en', s.title_en,
            'licences', (select coalesce(jsonb_object_agg(l.kind, to_jsonb(l)), '{}') from registry_licence l
                where l.subject = 'entity:' || wanted and l.state = 'in_force'
                  and l.valid_from <= on_day and (l.valid_to is null or l.valid_to >= on_day)))
        from registry_entity e join registry_source s on s.id = e.source_id
        where e.uscc = wanted);
end
$$;
"""

# A company's look-up at the window, by code and name, which both must match; it counts like those of persons, and
# admits the clerk to the company for this transaction.
FIND = """
create function registry_find_entity(wanted_code text, wanted_name text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    me constant bigint := scope_account();
    made integer;
begin
    if cardinality(scope_units()) = 0
        or not exists (select from identity_account a where a.id = me and a.kind = 'staff')
    then
        return 'not_allowed';
    end if;
    insert into registry_lookuptally as tally (account, day, lookups)
    values (me, (clock_timestamp() at time zone 'Asia/Shanghai')::date, 1)
    on conflict (account, day) do update set lookups = tally.lookups + 1
    returning lookups into made;
    if made > 200 then
        return 'too_many';
    end if;
    if not exists (
        select from registry_entity e where e.uscc = wanted_code and e.name = wanted_name and e.until is null)
    then
        return 'none';
    end if;
    perform scope_admit('entity:' || wanted_code);
    return 'found';
end
$$;
"""

RIGHTS = """
revoke all on function registry_entity_facts(text, date), registry_find_entity(text, text) from public;
grant execute on function registry_entity_facts(text, date), registry_find_entity(text, text) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_entities"), ("identity", "0002_scope")]

    operations = [
        migrations.AddField("entity", "kind", models.CharField(blank=True, default="", max_length=60), False),
        migrations.AddField(
            "entity", "address", models.CharField(blank=True, default="", max_length=300), False
        ),
        migrations.AddField(
            "entity",
            "division",
            models.CharField(blank=True, default="", help_text="in which the address lies", max_length=12),
            False,
        ),
        migrations.AddField("entity", "established_on", models.DateField(blank=True, null=True)),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("subject", models.CharField(help_text="person:<id>, entity:<code>", max_length=80)),
                ("kind", models.CharField(help_text="of licence_kinds", max_length=40)),
                ("title_zh", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=120)),
                ("number", models.CharField(max_length=80)),
                ("issuer", models.CharField(help_text="the unit that issued it", max_length=100)),
                ("issuer_zh", models.CharField(max_length=120)),
                ("issuer_en", models.CharField(max_length=120)),
                ("valid_from", models.DateField()),
                (
                    "valid_to",
                    models.DateField(
                        help_text="the last day; none: for as long as nobody revokes it", null=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_force", "有效"),
                            ("replaced", "已换发"),
                            ("revoked", "已撤销、注销"),
                        ],
                        default="in_force",
                        max_length=12,
                    ),
                ),
                (
                    "case",
                    models.CharField(
                        blank=True, help_text="the number of the case it came of", max_length=40
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=120)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=120)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "kind"], name="registry_licence_of_subject")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("subject", "kind"),
                        name="registry_licence_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("case", ""), _negated=True),
                        fields=("case", "kind"),
                        name="registry_licence_of_case",
                    ),
                ],
            },
        ),
        RunAsOwner(OWN + ENTITY_SEEN, reverse_sql=migrations.RunSQL.noop),
        policies(
            "registry_licence",
            seen=LICENCE_SEEN,
            entered="(select scope_all())",
            changed="(select scope_all())",
        ),
        RunAsOwner(LICENCE_RIGHTS + FACTS + FIND + RIGHTS, reverse_sql=migrations.RunSQL.noop),
    ]
