"""A row without a birthday changes nobody: it counted everybody as changed whose birthday was on record."""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner, again

_files = import_module("yizhan.registry.migrations.0014_what_a_file_did")

APPLY = again(
    _files.APPLY,
    "registry_apply",
    "or r.born_on is distinct from coalesce(p.born_on, r.born_on) or r.born_on <> p.born_on",
    "or (r.born_on is not null and r.born_on is distinct from p.born_on)",
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0038_no_index_twice")]

    operations = [RunAsOwner(APPLY, reverse_sql=migrations.RunSQL.noop)]
