-- The tables of the hand-written peer: the same logical rows as the product's, with the indexes that its lists need.
drop schema if exists hand cascade;

create schema hand;
set search_path = hand;

-- Who is in the house, and who holds which role at which unit.
create table session (key text primary key, account bigint, until timestamptz);

create table holder (account bigint, role text, unit text, primary key (account, role, unit));

create table filed (id bigserial primary key, number text unique, item text, status text, outcome text default '', rev int, hash text, channel text,
    subject text, subject_name text, tails text[], unit text, area text, units text[], received_by bigint, data jsonb, marks jsonb,
    opened_at timestamptz, accepted_at timestamptz, decided_at timestamptz, closed_at timestamptz);

create index on filed (subject, opened_at desc);

create index on filed (item, opened_at desc);

create table filing (id bigserial primary key, filed bigint references filed, rev int, data jsonb, facts jsonb, who text, at timestamptz, unique (filed, rev));

create table task (filed bigint references filed, id bigserial, node text, role text, unit text, state text, number text, item text,
    subject_mask text, assignee bigint, opened_at timestamptz, due_at timestamptz, warn_at timestamptz, done_at timestamptz, done_by bigint,
    action text, outcome jsonb, primary key (filed, id));

create index on task (assignee, due_at, id) where state = 'open';

create index on task (unit, due_at, id) where state = 'open' and assignee is null;

create index on task (due_at, id) where state = 'open';

create index on task (done_by, done_at desc);

create table clock (filed bigint references filed, id bigserial, kind text, task bigint, budget int, started_at timestamptz,
    state text, due_at timestamptz, warn_at timestamptz, stopped_at timestamptz, primary key (filed, id));

create table timer (id bigserial primary key, filed bigint references filed, kind text, ref text, due timestamptz, unique (filed, kind, ref));

create index on timer (due, id);

create table place (id bigserial primary key, filed bigint references filed, number int, node text, unique (filed, number));

create table body (id bigserial primary key, filed bigint references filed, expected jsonb, data jsonb, closed_at timestamptz);

create table passage (id bigserial primary key, filed bigint references filed, rev int, node text, at timestamptz);

create index on passage (filed);

create table milestone (id bigserial primary key, filed bigint references filed, kind text, rev int, at timestamptz, who text, said jsonb, unique (filed, kind));

create table event (filed bigint references filed, rev int, command uuid, kind text, node text, actor text, actor_name text, delta jsonb,
    at timestamptz, previous text, hash text, primary key (filed, rev));

create table command (id uuid primary key, filed bigint references filed, actor text, kind text, answer jsonb, at timestamptz);

create table news (id bigserial primary key, transaction xid8 default pg_current_xact_id(), kind text, subject text, actor text, data jsonb, at timestamptz);

create index on news (transaction, id);

create index on news (subject, id);

create table series (key text primary key, last int);

create table paper (id uuid primary key, document text, number text, code text unique, factor text, data jsonb, digest text, holder_key text, holder text,
    holder_name text, owner text, units text[], once text unique, issued_by text, issued_at timestamptz, unique (document, number));

create index on paper (owner, issued_at);

create index on paper (holder_key, issued_at);

create table approval (id uuid primary key, document text, called text, digest text, unit text, kind text, who text, at timestamptz, why text,
    unique (document, unit, kind));

create table effect (id bigserial primary key, topic text, key text unique, body jsonb, next_try_at timestamptz, done_at timestamptz);

create index on effect (next_try_at, id) where done_at is null;
