"""What is recorded of income and property; and whoever was admitted to a person for a case, to the household."""

import django.db.models.deletion
from django.db import migrations, models

from yizhan.database.migration import RunAsOwner, policies

# Income and property are seen by the person and by services of the house, not by areas: officials see what a
# check for a case found, never the records themselves.
MEANS_SEEN = """
    (select scope_all()) or person_id = any ((select registry_own_persons())::uuid[])
"""
MEANS_RIGHTS = """
revoke update, delete, truncate on registry_meansrecord from {app};
grant update (until) on registry_meansrecord to {app};
"""

# A window that has begun an application for somebody who stands there, or an official who handles a case, may see
# those who stand in the same household book, as the book itself shows them. Not so of collective households.
ADMIT_HOUSEHOLD = """
create function registry_admit_household(wanted uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    other record;
begin
    if cardinality(scope_units()) = 0 or not 'person:' || wanted = any (scope_subjects()) then
        return;
    end if;
    for other in
        select member.person_id
        from registry_membership mine
        join registry_household home on home.id = mine.household_id and home.kind = 'family'
        join registry_membership member on member.household_id = home.id and member.until is null
        where mine.person_id = wanted and mine.until is null and member.person_id <> wanted
    loop
        perform scope_admit('person:' || other.person_id);
    end loop;
end
$$;
revoke all on function registry_admit_household(uuid) from public;
grant execute on function registry_admit_household(uuid) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_companies_as_subjects")]

    operations = [
        migrations.CreateModel(
            name="MeansRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(help_text="of registry.means.KINDS", max_length=30)),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, help_text="yuan", max_digits=14, null=True),
                ),
                (
                    "detail",
                    models.CharField(
                        blank=True, help_text="employer, plate, place of the flat", max_length=200
                    ),
                ),
                ("source_record", models.CharField(max_length=80)),
                ("as_of", models.DateField(help_text="the day for which the source says so")),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="means",
                        to="registry.person",
                        db_index=False,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                        db_index=False,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "kind"], name="registry_means_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "source_record"), name="registry_means_record")
                ],
            },
        ),
        policies(
            "registry_meansrecord",
            seen=MEANS_SEEN,
            entered="(select scope_all())",
            changed="(select scope_all())",
        ),
        RunAsOwner(MEANS_RIGHTS, reverse_sql=migrations.RunSQL.noop),
        RunAsOwner(ADMIT_HOUSEHOLD, reverse_sql=migrations.RunSQL.noop),
    ]
