"""What another index begins with needs none of its own: every row that is written kept both up to date."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner


class Migration(migrations.Migration):
    dependencies = [("cases", "0031_what_items_rest_on")]
    operations = [
        RunAsOwner(  # in a database that had them; a new one never does
            """
            drop index if exists
            cases_card_case_id_dfe1abf5,
            cases_case_item_id_896f667f,
            cases_clock_case_id_bf0c46ff,
            cases_filing_case_id_aa084fda,
            cases_itembasis_item_id_4c828a3b,
            cases_meanscheck_case_id_87ca6072,
            cases_movedcase_move_id_086aaf2b,
            cases_recount_case_id_ed56ec3f,
            cases_recount_release_id_f4df19c4,
            cases_task_case_id_db8cf8f3,
            cases_timer_case_id_698423d5
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
