"""Who was in which post with which rights stays in the books: rows end, and nobody takes them away.

The application has no business with Django's own groups and permissions either, nor with the list of migrations.
"""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

KEPT = ", ".join(
    f"identity_{table}"
    for table in (
        "account",
        "unit",
        "post",
        "appointment",
        "role",
        "rolegrant",
        "delegation",
        "mandate",
        "secondfactorreset",
        "setuplink",
        "rightsversion",
    )
)
NOT_OURS = "django_migrations, django_content_type, auth_group, auth_group_permissions, auth_permission"


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_cheaper_scope"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        RunAsOwner(
            f"""
            revoke delete, truncate on {KEPT} from {{app}};
            revoke insert, update, delete, truncate on {NOT_OURS} from {{app}};
            """,
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
