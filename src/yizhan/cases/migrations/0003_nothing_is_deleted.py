"""A case's milestones, tasks and clocks stay; of a decision only the paper that follows it is written later."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

KEPT = ", ".join(
    f"cases_{table}"
    for table in ("decision", "supplement", "task", "clock", "span", "scope", "item", "queue", "counter")
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_who_sees_what")]

    operations = [
        RunAsOwner(
            f"""
            revoke delete, truncate on {KEPT} from {{app}};
            revoke update on cases_decision from {{app}};
            grant update (paper) on cases_decision to {{app}};
            """,
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
