-- The log grows for ever unless old months go, and a month goes in no time only where it is a table of its own.
-- Months, not days: a reader of the log opens every partition's index, which at a year of months is 0.1 ms a read.

-- Which partitions there are, and until when they hold events.
create table event_partition (
  name  text primary key,
  upper timestamptz not null unique
);

-- The last event that retention took. Whoever stands before it has missed something.
create table event_floor (
  only_row boolean primary key default true check (only_row),
  xid      xid8 not null,
  position bigint not null,
  -- events recorded before this went
  upper    timestamptz not null
);

-- What is stored already becomes the first partition as it is, without being copied.
alter table event rename to event_first;
drop trigger event_is_append_only on event_first;
alter index event_of_incident rename to event_first_of_incident;
alter index event_received rename to event_first_received;
-- A unique index of the whole would have to hold the time as well. Positions come from one sequence.
alter table event_first drop constraint event_pkey;

do $$
declare
  next_position bigint;
  upper timestamptz;
begin
  select case when is_called then last_value + 1 else last_value end into next_position from event_position_seq;
  alter table event_first alter position drop identity;
  create sequence event_position_seq;
  perform setval('event_position_seq', next_position, false);

  create table event (like event_first including defaults including constraints) partition by range (recorded_at);
  alter table event alter position set default nextval('event_position_seq');
  alter sequence event_position_seq owned by event.position;
  create index event_in_order on event (xid, position);
  create index event_of_incident on event (incident_id, xid, position) where incident_id is not null;
  create index event_received on event (recorded_at desc) where kind = 'alerts.received';

  select (date_trunc('month', greatest(now(), max(recorded_at)) at time zone 'UTC') + interval '1 month') at time zone 'UTC'
    into upper from event_first;
  execute format('alter table event attach partition event_first for values from (minvalue) to (%L)', upper);
  insert into event_partition (name, upper) values ('event_first', upper);
end $$;

-- A safety net: what no month was made for is kept here until it is.
create table event_rest partition of event default;

create trigger event_is_append_only before update or delete or truncate on event
  for each statement execute function refuse_change();
create trigger event_is_append_only before update or delete or truncate on event_first
  for each statement execute function refuse_change();
create trigger event_is_append_only before update or delete or truncate on event_rest
  for each statement execute function refuse_change();

-- Makes the partition of the month that holds the given time, unless there is one.
create function add_event_partition(at timestamptz) returns boolean language plpgsql as $$
declare
  month timestamp := date_trunc('month', at at time zone 'UTC');
  month_start timestamptz := month at time zone 'UTC';
  month_end timestamptz := (month + interval '1 month') at time zone 'UTC';
  partition_name text := 'event_' || to_char(month, 'YYYY_MM');
begin
  -- one at a time; a month before the end of an older partition is that one's
  lock table event_partition in share row exclusive mode;
  if exists (select from event_partition p where p.upper > month_start) then return false; end if;
  execute format('create table %I (like event including defaults including constraints)', partition_name);
  if exists (select from event_rest r where r.recorded_at >= month_start and r.recorded_at < month_end) then
    alter table event_rest disable trigger event_is_append_only;
    execute format('with moved as (delete from event_rest where recorded_at >= %L and recorded_at < %L returning *)
      insert into %I select * from moved', month_start, month_end, partition_name);
    alter table event_rest enable trigger event_is_append_only;
  end if;
  execute format('alter table event attach partition %I for values from (%L) to (%L)',
    partition_name, month_start, month_end);
  execute format('create trigger event_is_append_only before update or delete or truncate on %I
    for each statement execute function refuse_change()', partition_name);
  insert into event_partition values (partition_name, month_end);
  return true;
end $$;

-- Drops the oldest partition if all of it was recorded before the given time and every reader of the log has read it.
create function drop_event_partition(before timestamptz) returns text language plpgsql as $$
declare
  oldest event_partition;
  last_xid xid8;
  last_position bigint;
begin
  lock table event_partition in share row exclusive mode;
  select * into oldest from event_partition p order by p.upper limit 1;
  if oldest.upper is null or oldest.upper > before or oldest.upper > now() then return null; end if;
  execute format('select e.xid, e.position from %I e order by e.xid desc, e.position desc limit 1', oldest.name)
    into last_xid, last_position;
  if exists (select from log_reader r where (r.after_xid, r.after_position) < (last_xid, last_position)) then return null; end if;
  if last_xid is not null then
    insert into event_floor (xid, position, upper) values (last_xid, last_position, oldest.upper)
      on conflict (only_row) do update set xid = excluded.xid, position = excluded.position, upper = excluded.upper
       where (excluded.xid, excluded.position) > (event_floor.xid, event_floor.position);
  end if;
  execute format('drop table %I', oldest.name);
  delete from event_partition p where p.name = oldest.name;
  return oldest.name;
end $$;

select add_event_partition(now() + interval '1 month'), add_event_partition(now() + interval '2 months');
