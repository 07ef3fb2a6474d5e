"""What ended before cases could say that a decision is no longer in force: their cases say it too."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

# Words as in ending.WHY at the time of this migration.
CARRIED = """
insert into cases_lapse (case_id, rev, at, by, "on", why)
select c.id, c.rev, e.at, '系统', e."on",
    case e.kind
        when 'died' then '{"zh": "本人去世", "en": "The person has died"}'
        when 'moved_away' then '{"zh": "户籍迁出本区", "en": "No longer registered in this district"}'
        else '{"zh": "同类待遇已在发放", "en": "The same benefit is being paid already"}' end::jsonb
from payments_entitlementend e
join payments_entitlement t on t.id = e.entitlement_id
join cases_case c on c.number = t.case_number
where e.undone_at is null
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_own_months"), ("cases", "0005_lapse")]

    operations = [RunAsOwner(CARRIED, reverse_sql=migrations.RunSQL.noop)]
