"""Deaths and household books by hand; who stands in a household of one's areas, also whom one may not see."""

import django.contrib.postgres.fields
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner

STANDING = """
-- Who stands in a household now, for staff whose areas hold it: the relation to the head and whether somebody died; the
-- person only where the scope sees it. So nobody becomes a second head beside one who lives elsewhere.
create function registry_standing_in(wanted bigint)
returns table (person uuid, relation text, since date, dead boolean)
language plpgsql stable rows 5 security definer set search_path = public, pg_temp as $$
begin
    if not exists (
        select from registry_household home
        where home.id = wanted and (scope_all() or home.division ^@ any (scope_areas())))
    then
        return;
    end if;
    return query
        select case when registry_sees(p.id) then p.id end, member.relation::text, member.since, p.died_on is not null
        from registry_membership member join registry_person p on p.id = member.person_id
        where member.household_id = wanted and member.until is null and p.until is null
        order by member.relation <> '02', member.relation, p.born_on, p.id;
end
$$;
revoke all on function registry_standing_in(bigint) from public;
grant execute on function registry_standing_in(bigint) to {app};
"""

_ACTS = [
    ("new", "新登记"), ("change", "变更登记"), ("correction", "更正登记"), ("move", "迁移登记"), ("strike", "注销登记"),
    ("death", "死亡登记"), ("household", "户内变动登记"),
]  # fmt: skip
_KINDS = [
    ("birth", "出生"), ("death", "死亡"), ("marriage", "结婚"), ("divorce", "离婚"), ("moved_in", "迁入"),
    ("moved_out", "迁出"), ("moved", "区内迁移"), ("renamed", "更名"), ("joined", "入户"), ("left", "出户"),
    ("headed", "登记为户主"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("registry", "0032_files_by_index")]

    operations = [
        migrations.AlterField("handentry", "act", models.CharField(choices=_ACTS, max_length=10)),
        migrations.AlterField("lifeevent", "kind", models.CharField(choices=_KINDS, max_length=10)),
        migrations.AlterField(
            "source",
            "categories",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                help_text="of catalogue.CATEGORIES: what may come from here; empty: all",
                size=None,
            ),
        ),
        RunAsOwner(STANDING, reverse_sql=migrations.RunSQL.noop),
    ]
