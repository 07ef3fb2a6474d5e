"""An address finds its building and grid when it is entered, and only offices of the area write what stands where."""

from django.db import migrations

from yizhan.database.migration import RunAsOwner

WRITINGS = """
-- One element of an address in the writing by which it is compared: 第三幢, 三栋 and 3栋 are one building, 之1 and 之一
-- one suffix. Nothing shows it.
create function registry_writing(element text) returns text
language plpgsql immutable strict parallel safe set search_path = public, pg_temp as $$
declare
    plain text := replace(translate(ltrim(element, '第'), '一二三四五六七八九〇零幢座室', '12345678900栋栋房'), '号楼', '栋');
begin
    if position('十' in plain) > 0 then
        plain := regexp_replace(plain, '([0-9])十([0-9])', '\\1\\2', 'g');
        plain := regexp_replace(plain, '([0-9])十', '\\10', 'g');
        plain := regexp_replace(plain, '十([0-9])', '1\\1', 'g');
        plain := replace(plain, '十', '10');
    end if;
    return plain;
end
$$;

-- What a building, or an address down to the room, is compared by within its division; empty where no element is known.
create function registry_building_writing(road text, door_plate text, building text) returns text
language sql immutable strict parallel safe
return case when road || door_plate || building = '' then ''
    else registry_writing(road) || '/' || registry_writing(door_plate) || '/' || registry_writing(building) end;

create function registry_address_writing(
    road text, door_plate text, building text, unit text, floor text, room text) returns text
language sql immutable strict parallel safe
return case when road || door_plate || building = '' then '' else
    registry_writing(road) || '/' || registry_writing(door_plate) || '/' || registry_writing(building) || '/'
    || registry_writing(unit) || '/' || registry_writing(floor) || '/' || registry_writing(room) end;

create unique index registry_building_once on registry_building
    (division, registry_building_writing(road, door_plate, building)) where until is null;
create index registry_address_written on registry_address
    (division, registry_address_writing(road, door_plate, building, unit, floor, room));
"""

BELONGS = """
create function registry_address_belongs() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.road || new.door_plate || new.building <> '' then
        select b.id, nullif(b.grid, '') into new.estate_id, new.grid from registry_building b
        where b.until is null and b.division = new.division
          and registry_building_writing(b.road, b.door_plate, b.building)
            = registry_building_writing(new.road, new.door_plate, new.building);
    end if;
    return new;
end
$$;
revoke all on function registry_address_belongs() from public;
create trigger belongs before insert on registry_address for each row when (new.estate_id is null)
    execute function registry_address_belongs();
"""

WRITERS = """
-- These tables name nobody, so everybody may read them. Services write them, and offices in whose area the place lies.
create function registry_only_the_area_writes() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if not (scope_all() or new.division ^@ any (scope_areas())) then
        raise exception 'only an office of the area writes this place' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
create function registry_only_the_house_writes() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if not scope_all() and cardinality(scope_areas()) = 0 then
        raise exception 'only an office writes this' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
create trigger writers before insert or update on registry_building for each row
    execute function registry_only_the_area_writes();
create trigger writers before insert or update on registry_grid for each row
    execute function registry_only_the_area_writes();
create trigger writers before insert or update on registry_facility for each row
    execute function registry_only_the_house_writes();
create trigger writers before insert on registry_placehistory for each row
    execute function registry_only_the_house_writes();

revoke delete, truncate on registry_building, registry_grid, registry_facility, registry_placehistory,
    registry_premises from {app};
revoke update on registry_placehistory from {app};
"""

LOOKS = """
-- A list of who is in a house counts with the day's searches (0005). Whether there was one left; services do not count.
create function registry_count_look() returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    made integer;
begin
    if scope_all() then return true; end if;
    if cardinality(scope_units()) = 0 then return false; end if;
    insert into registry_lookuptally as tally (account, day, lookups)
    values (scope_account(), (clock_timestamp() at time zone 'Asia/Shanghai')::date, 1)
    on conflict (account, day) do update set lookups = tally.lookups + 1
    returning lookups into made;
    return made <= 200;
end
$$;
revoke all on function registry_count_look() from public;
grant execute on function registry_count_look() to {app};
"""

PREMISES = """
alter table registry_premises enable row level security;
alter table registry_premises force row level security;
create policy owner on registry_premises to current_user using (true) with check (true);
-- Seen with the company; written by services.
create policy seen on registry_premises for select to {app}
    using (exists (select from registry_entity e where e.uscc = entity_id));
create policy entered on registry_premises for insert to {app} with check (scope_all());
create policy changed on registry_premises for update to {app} using (scope_all()) with check (scope_all());
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0016_places")]

    operations = [
        RunAsOwner(WRITINGS + BELONGS + WRITERS + LOOKS + PREMISES, reverse_sql=migrations.RunSQL.noop)
    ]
