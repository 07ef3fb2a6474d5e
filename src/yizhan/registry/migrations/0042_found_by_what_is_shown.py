"""A search is a question: a post is answered by telephone, address and place only where its roles show these."""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner, changed

_before = import_module("yizhan.registry.migrations.0023_found_at_once")

# Telephone and where one lives are of the category residence, where one is registered of the household.
SEARCH = changed(
    _before.SEARCH,
    (
        "    -- the address stands with an attempt",
        """    shown constant text[] := registry_shown();
    homes constant text[] := array_remove(array[
        case when shown is null or 'residence' = any (shown) then 'living' end,
        case when shown is null or 'household' = any (shown) then 'registered' end], null);
    in_place constant text := case when shown is null or cardinality(divisions) = 0 then '' else
        ' and (' || case when 'living' = any (homes) then 'p.living_division ^@ any ($3)' else 'false' end
        || ' or ' || case when 'registered' = any (homes) then 'p.register_division ^@ any ($3)' else 'false' end || ')' end;
    -- the address stands with an attempt""",
    ),
    (
        "        || case when everywhere then '' else ' and a.division ^@ any ($2)' end || '))';",
        """        || case when shown is null then '' else ' and r.kind = any ($7)' end
        || case when everywhere then '' else ' and a.division ^@ any ($2)' end || '))';""",
    ),
    (
        "value from jsonb_array_elements(wanted -> 'attempts') loop\n",
        """value from jsonb_array_elements(wanted -> 'attempts') loop
        continue when attempt ? 'phone' and not 'living' = any (homes);
""",
    ),
    (
        "condition, within || case",
        "condition, within || in_place || case",
    ),
    (
        "using attempt, areas, divisions, wanted, found, place;",
        "using attempt, areas, divisions, wanted, found, place, homes;",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0041_licences_by_number")]

    operations = [RunAsOwner(SEARCH, reverse_sql=migrations.RunSQL.noop)]
