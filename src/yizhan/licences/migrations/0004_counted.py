"""How many licences of each kind stand, for everybody: numbers, and nobody behind them."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

FUNCTIONS = """
-- Of each kind: valid today, at rest, and issued or taken back this year. A licence is counted once, by its latest version.
create function licences_counted(today date) returns table (
    kind text, valid bigint, suspended bigint, issued bigint, revoked bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    with latest as (
        select distinct on (l.line) l.kind, l.state, l.valid_to, l.ended_at, l.line
        from registry_licence l order by l.line, l.version desc),
    first as (select l.line, min(l.recorded_at) as at from registry_licence l group by l.line)
    select l.kind::text,
        count(*) filter (where l.state = 'in_force' and (l.valid_to is null or l.valid_to >= today)),
        count(*) filter (where l.state = 'suspended'),
        count(*) filter (where f.at >= date_trunc('year', today::timestamp) at time zone 'Asia/Shanghai'),
        count(*) filter (where l.state = 'revoked'
            and l.ended_at >= date_trunc('year', today::timestamp) at time zone 'Asia/Shanghai')
    from latest l join first f using (line) group by l.kind order by l.kind
$$;
revoke all on function licences_counted(date) from public;
grant execute on function licences_counted(date) to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("licences", "0003_authorised_uses")]

    operations = [RunAsOwner(FUNCTIONS, reverse_sql=migrations.RunSQL.noop)]
