"""A number that was typed as it is leads to its person; only where it leads to nobody is a slip looked for."""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner

_looking = import_module("yizhan.registry.migrations.0020_acts_of_looking")

_ENOUGH = "exit when cardinality(found) >= most_persons;"
_FROM = "create or replace function registry_search("
_BEFORE = _looking.COUNTED[_looking.COUNTED.index(_FROM) :]
_BEFORE = _BEFORE[: _BEFORE.index("$$;\n", _BEFORE.index("$$") + 2) + 4]
assert _BEFORE.count(_ENOUGH) == 1
SEARCH = _BEFORE.replace(
    _ENOUGH,
    "exit when cardinality(found) >= most_persons\n"
    "            or (cardinality(found) > 0 and coalesce((attempt ->> 'enough')::boolean, false));",
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0022_many_companies")]

    operations = [RunAsOwner(SEARCH, reverse_sql=migrations.RunSQL.noop)]
