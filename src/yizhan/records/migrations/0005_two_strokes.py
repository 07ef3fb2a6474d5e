"""A paper is issued as a row, and its file follows as another: what it says, its digest and its factor stand in the row.

Papers of before have their file; what they were set from is not known any more, and nobody sets them again.
"""

import django.db.models.deletion
from django.db import migrations, models

from yizhan import clock
from yizhan.database.migration import RunAsOwner, append_only, row_security

WITH_PAPER = "exists (select from records_paper paper where paper.id = paper_id)"

MOVED = """
insert into records_original (paper_id, file_id, sha256, at)
    select id, file_id, sha256, issued_at from records_paper;
set constraints all immediate;
"""

FUNCTIONS = """
drop function records_verification(text);

create function records_verification(wanted text, factor_given text) returns table (
    title text, number text, issuer text, issued_at timestamptz, holder text, sha256 text,
    withdrawn_at timestamptz, paper uuid, has_factor boolean, unmasked boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.title, p.number, p.issuer, p.issued_at,
        case when known.it then p.holder_name else p.holder end, coalesce(o.sha256, ''), w.at,
        p.id, p.factor <> '', known.it
    from records_paper p
    cross join lateral (select p.factor <> '' and p.factor = factor_given as it) known
    left join records_original o on o.paper_id = p.id
    left join records_withdrawal w on w.paper_id = p.id
    where p.code = wanted
$$;

create function records_code_of(content text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select p.code from records_original o join records_paper p on p.id = o.paper_id where o.sha256 = content
$$;

revoke all on function records_verification(text, text), records_code_of(text) from public;
grant execute on function records_verification(text, text), records_code_of(text) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0004_companies_own")]

    operations = [
        migrations.CreateModel(
            name="Original",
            fields=[
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="original",
                        serialize=False,
                        to="records.paper",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=clock.now)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="original",
                        to="records.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["sha256"], name="records_original_content")],
            },
        ),
        row_security("records_original", WITH_PAPER),
        RunAsOwner(MOVED, reverse_sql=migrations.RunSQL.noop),
        append_only("records_original"),
        migrations.RemoveField(model_name="paper", name="file"),
        migrations.RemoveField(model_name="paper", name="sha256"),
        migrations.AddField(model_name="paper", name="data", field=models.JSONField(default=dict)),
        migrations.AddField(
            model_name="paper", name="digest", field=models.CharField(default="", max_length=64)
        ),
        migrations.AddField(
            model_name="paper", name="factor", field=models.CharField(default="", max_length=6)
        ),
        migrations.AddField(
            model_name="paper", name="holder_name", field=models.CharField(default="", max_length=200)
        ),
        RunAsOwner(FUNCTIONS, reverse_sql=migrations.RunSQL.noop),
    ]
