-- The log is append-only for everybody who goes through this program. These seals tell when somebody went past it.

-- Ranges of the log, in its order, each hashed onto the one before: hash = sha256(previous hash ‖ work_digest ‖ audit_digest), each
-- digest over the texts of its events. Two, so that a range can still be checked for its audit trail when retention has taken
-- its alerts. A day's first seal continues the last of the day before. `day` is UTC, of the range's newest event, and never goes back.
create table audit_seal (
  day            date not null,
  number         integer not null check (number > 0),
  -- after this event, up to and with that one
  after_xid      xid8 not null,
  after_position bigint not null,
  until_xid      xid8 not null,
  until_position bigint not null,
  event_count    integer not null check (event_count > 0),
  audit_count    integer not null check (audit_count between 0 and event_count),
  work_digest    bytea not null check (octet_length(work_digest) = 32),
  audit_digest   bytea not null check (octet_length(audit_digest) = 32),
  hash           bytea not null check (octet_length(hash) = 32),
  sealed_at      timestamptz not null default now(),
  primary key (day, number),
  unique (until_xid, until_position),
  check ((until_xid, until_position) > (after_xid, after_position))
);
create trigger audit_seal_is_append_only before update or delete or truncate on audit_seal
  for each statement execute function refuse_change();

-- What configures and who came in, for the audit screen; nearly nothing beside the alerts of a storm.
create index event_audit on event (recorded_at desc, position desc)
  where kind like 'configuration.%' or kind like 'access.%' or kind like 'maintenance.%';

-- The audit trail may be kept longer than timelines and counts: what is of it moves here before its month goes.
create table event_archive (
  position    bigint not null,
  xid         xid8 not null,
  kind        text not null,
  incident_id bigint,
  alert_id    bigint,
  actor_kind  text not null,
  actor       text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  data        jsonb not null,
  token_id    bigint,
  address     text,
  primary key (xid, position)
);
create index event_archive_by_time on event_archive (recorded_at desc, position desc);
create function refuse_archive_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('tocsin.retention', true) = 'on' then return null; end if;
  raise exception 'the log is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger event_archive_is_append_only before update or delete or truncate on event_archive
  for each statement execute function refuse_archive_change();

-- Called for a partition that is about to be dropped, in the same transaction.
create function archive_audit_events(partition_name text) returns bigint language plpgsql as $$
declare
  moved bigint;
begin
  execute format($sql$
    insert into event_archive (position, xid, kind, incident_id, alert_id, actor_kind, actor, occurred_at, recorded_at, data, token_id, address)
    select position, xid, kind, incident_id, alert_id, actor_kind, actor, occurred_at, recorded_at, data, token_id, address from %I
     where kind like 'configuration.%%' or kind like 'access.%%' or kind like 'maintenance.%%'
    on conflict do nothing$sql$, partition_name);
  get diagnostics moved = row_count;
  return moved;
end $$;

-- Sealing reads the log from its beginning: what was there before is sealed too, and its partitions are not dropped unsealed.
insert into log_reader (name) values ('seal');
