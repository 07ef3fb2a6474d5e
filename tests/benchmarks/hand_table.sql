-- The tables of the hand-written peer: the same logical rows as the product's, with the indexes that its lists need.
drop schema if exists hand cascade;

create schema hand;
set search_path = hand;

create table filed (id bigserial primary key, number text unique, item text, status text, outcome text, rev int, units text[],
    subject text, data jsonb, marks jsonb, opened_at timestamptz, accepted_at timestamptz, decided_at timestamptz, closed_at timestamptz);

create table filing (id bigserial primary key, filed bigint references filed, rev int, data jsonb, facts jsonb, who text, at timestamptz);

create table task (filed bigint references filed, id bigserial, node text, unit text, state text, one text, assignee bigint,
    opened_at timestamptz, due_at timestamptz, warn_at timestamptz, done_at timestamptz, done_by bigint, action text, outcome jsonb, primary key (filed, id));

create index on task (assignee, due_at, id) where state = 'open';

create index on task (unit, due_at, id) where state = 'open' and assignee is null;

create index on task (due_at, id) where state = 'open';

create index on task (done_by, done_at desc);

create table clock (filed bigint references filed, id bigserial, kind text, task bigint, budget int, started_at timestamptz,
    state text, due_at timestamptz, warn_at timestamptz, stopped_at timestamptz, primary key (filed, id));

create table timer (id bigserial primary key, filed bigint references filed, kind text, ref text, due timestamptz, unique (filed, kind, ref));

create index on timer (due, id);

create table place (id bigserial primary key, filed bigint references filed, number int, node text, unique (filed, number));

create table joint (id bigserial primary key, filed bigint references filed, expected jsonb, data jsonb, closed_at timestamptz);

create table passage (id bigserial primary key, filed bigint references filed, rev int, node text, at timestamptz);

create index on passage (filed);

create table milestone (id bigserial primary key, filed bigint references filed, kind text, rev int, at timestamptz, who text, said jsonb, unique (filed, kind));

create table event (filed bigint references filed, rev int, command uuid, kind text, node text, actor text, delta jsonb, at timestamptz, previous text, hash text, primary key (filed, rev));

create table command (id uuid primary key, filed bigint references filed, actor text, kind text, answer jsonb, at timestamptz);

create table news (id bigserial primary key, transaction xid8 default pg_current_xact_id(), kind text, subject text, actor text, data jsonb, at timestamptz);

create index on news (transaction, id);
