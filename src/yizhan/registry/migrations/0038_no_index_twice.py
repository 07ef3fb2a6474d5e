"""What another index begins with needs none of its own: every row that is written kept both up to date."""

from django.db import migrations, models

from yizhan.database.migration import RunAsOwner


class Migration(migrations.Migration):
    dependencies = [("registry", "0037_laws_ask_once")]
    operations = [
        RunAsOwner(  # in a database that had them; a new one never does
            """
            drop index if exists
            registry_entity_code,
            registry_entityhistory_entity_id_7f63baf9,
            registry_entityidentifier_entity_id_a9c09cd5,
            registry_entityname_entity_id_393d2382,
            registry_entityprovenance_entity_id_d47c7f64,
            registry_entityprovenance_source_id_c8a0e4fc,
            registry_entityrecord_entity_id_ac5131b1,
            registry_entityrecord_source_id_7c04eab8,
            registry_identifier_person_id_1b988d70,
            registry_import_source_id_d370f7de,
            registry_imported_file_id_31a83d4c,
            registry_imported_person_id_0e28c5d1,
            registry_importedrow_file_id_2de872e7,
            registry_lawhistory_law_id_62483e2f,
            registry_lifeevent_other_id_a3323444,
            registry_lifeevent_person_id_a09f7fe1,
            registry_lifeevent_source_id_a27b71c6,
            registry_meansrecord_person_id_7c8b380a,
            registry_meansrecord_source_id_9b604dc5,
            registry_particularshistory_person_id_fcb886f5,
            registry_personhistory_person_id_d3f0ec57,
            registry_provenance_source_id_857b39c7,
            registry_relation_person_id_c0a16ddf,
            registry_shareholder_entity_id_d032a2be
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="lifeevent",
            index=models.Index(
                condition=models.Q(("other__isnull", False)), fields=["other"], name="registry_event_of_other"
            ),
        ),
    ]
