"""Marks are told of whom one sees, and licences of a company to whom its table shows them.

A function that answers for anybody tells who is protected to whoever knows a key, administrators among them; and staff
of a company's area were told its licences, which their table shows to the holder, its agents and the issuer.
"""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner, again

_looking = import_module("yizhan.registry.migrations.0020_acts_of_looking")
_companies = import_module("yizhan.registry.migrations.0019_companies_seen")


MARKS = again(
    _looking.MARKS,
    "registry_marks",
    "if told ->> 'kind' is distinct from 'staff' then",
    "if told ->> 'kind' is distinct from 'staff' or not registry_sees(wanted) then",
)
FACTS = again(
    _companies.FACTS,
    "registry_entity_facts",
    "where l.subject = 'entity:' || wanted and l.state = 'in_force'",
    "where l.subject = 'entity:' || wanted and l.state = 'in_force'\n"
    "                  and (closely or l.issuer = any (scope_units()))",
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0023_found_at_once")]

    operations = [RunAsOwner(MARKS + FACTS, reverse_sql=migrations.RunSQL.noop)]
