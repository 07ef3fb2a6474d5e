"""Files of companies are entered and undone by keepers of a register, besides the house; their pages ask no less."""

from importlib import import_module

from django.db import migrations

from yizhan.database.migration import RunAsOwner, again

_files = import_module("yizhan.registry.migrations.0026_files_of_all_registers")
_KEEPS = "'platform.register_keeper' = any (scope_roles())"


ENTER = again(
    _files.ENTER,
    "registry_import_entities",
    "if not scope_all() and (cardinality(scope_units()) = 0",
    f"if not scope_all() and (not {_KEEPS} or cardinality(scope_units()) = 0",
)
UNDO = again(
    _files.UNDO,
    "registry_undo_entities",
    """if not scope_all() and exists (
            select from registry_importedrow one join registry_entity e on e.uscc = one.key
            where one.file_id = the_import and not e.division ^@ any (scope_areas())) then""",
    f"""if not scope_all() and (not {_KEEPS} or exists (
            select from registry_importedrow one join registry_entity e on e.uscc = one.key
            where one.file_id = the_import and not e.division ^@ any (scope_areas()))) then""",
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0028_own_contacts")]

    operations = [RunAsOwner(ENTER + UNDO, reverse_sql=migrations.RunSQL.noop)]
