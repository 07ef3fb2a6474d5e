"""Who writes laws is asked once a statement: asked for each row, twenty thousand of a file took four minutes."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

ONCE = """
drop trigger writers on registry_law;
drop trigger writers on registry_lawhistory;
create trigger writers before insert or update on registry_law for each statement
    execute function registry_only_the_house_writes();
create trigger writers before insert on registry_lawhistory for each statement
    execute function registry_only_the_house_writes();
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0036_companies_found_in_one_place")]

    operations = [RunAsOwner(ONCE, reverse_sql=migrations.RunSQL.noop)]
