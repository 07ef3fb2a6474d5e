"""Who may rate, who sees what was said, who answers; and the public counts, kept by the database itself.

A rating is entered by the applicant, by the person the case is about, or by whoever showed the token of the
case. It is seen by them and by the unit that answers for the item; that unit enters the steps of a redress.
"""

from __future__ import annotations

from django.db import migrations

from yizhan.database.migration import RunAsOwner, append_only, policies

# Staff who see a case for other reasons may not rate it, nor may whoever knows its number and last four.
OWN_CASE = """
create function voice_own_case(wanted bigint) returns boolean
language plpgsql stable set search_path = public, pg_temp as $$
begin
    return exists (
        select from cases_case
        where id = wanted
          and (applicant = scope_account()
               or (document <> '' and document = scope_document())
               or 'rating:' || number = any (scope_subjects())));
end
$$;
"""

# Who hands out a token: whose case it is, the clerk who took it in and prints the receipt, and the house.
INVITE = """
create function voice_may_invite(wanted bigint) returns boolean
language plpgsql stable set search_path = public, pg_temp as $$
begin
    return scope_all() or voice_own_case(wanted)
        or exists (select from cases_case where id = wanted and received_by = scope_account());
end
$$;
"""

# One answer for a token that is forged, too old or spent. Times are real.
ADMIT = """
create function voice_admit(token text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    found_number text;
begin
    select c.number into found_number
    from voice_invitation i join cases_case c on c.id = i.case_id
    where i.hash = encode(sha256(convert_to(token, 'UTF8')), 'hex')
      and i.expires_at > now()
      and not exists (select from voice_rating r where r.case_id = i.case_id);
    if found_number is not null then
        perform scope_admit('case:' || found_number);
        perform scope_admit('rating:' || found_number);
    end if;
    return found_number;
end
$$;
"""

COUNT = """
create function voice_count() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into voice_tally as t (item, unit, month, grade_5, grade_4, grade_3, grade_2, grade_1)
    values (new.item, new.unit, date_trunc('month', new.at at time zone 'Asia/Shanghai')::date,
            (new.grade = 5)::int, (new.grade = 4)::int, (new.grade = 3)::int,
            (new.grade = 2)::int, (new.grade = 1)::int)
    on conflict (item, unit, month) do update set
        grade_5 = t.grade_5 + excluded.grade_5, grade_4 = t.grade_4 + excluded.grade_4,
        grade_3 = t.grade_3 + excluded.grade_3, grade_2 = t.grade_2 + excluded.grade_2,
        grade_1 = t.grade_1 + excluded.grade_1;
    return null;
end
$$;
create trigger counted after insert on voice_rating for each row execute function voice_count();
revoke insert, update, delete, truncate on voice_tally from {app};
"""

RIGHTS = """
revoke all on function
    voice_own_case(bigint), voice_may_invite(bigint), voice_admit(text), voice_count() from public;
grant execute on function voice_own_case(bigint), voice_may_invite(bigint), voice_admit(text) to {app};
revoke update, delete, truncate on voice_invitation from {app};
grant update (hash, expires_at) on voice_invitation to {app};
"""

HOUSE = "(select scope_all())"
OUR_UNIT = "unit = any ((select scope_units())::text[])"
RATING = "exists (select from voice_rating r where r.id = rating_id)"
OWN_RATING = "exists (select from voice_rating r where r.id = rating_id and voice_own_case(r.case_id))"
REDRESS = "exists (select from voice_redress d where d.id = redress_id)"
OUR_REDRESS = f"exists (select from voice_redress d where d.id = redress_id and d.{OUR_UNIT})"
INVITATION = "voice_may_invite(case_id)"


class Migration(migrations.Migration):
    dependencies = [("voice", "0001_initial"), ("cases", "0002_who_sees_what")]

    operations = [
        RunAsOwner(OWN_CASE + INVITE + ADMIT + COUNT + RIGHTS, reverse_sql=migrations.RunSQL.noop),
        policies("voice_invitation", seen=INVITATION, entered=INVITATION, changed=INVITATION),
        policies(
            "voice_rating",
            seen=f"{HOUSE} or {OUR_UNIT} or voice_own_case(case_id)",
            entered="voice_own_case(case_id)",
        ),
        policies("voice_redress", seen=f"{HOUSE} or {OUR_UNIT} or {RATING}", entered=OWN_RATING),
        policies("voice_verified", seen=f"{HOUSE} or {REDRESS}", entered=OUR_REDRESS),
        policies("voice_rectified", seen=f"{HOUSE} or {REDRESS}", entered=OUR_REDRESS),
        append_only("voice_rating", "voice_redress", "voice_verified", "voice_rectified"),
    ]
