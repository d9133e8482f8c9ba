-- Postgres is the truth; everything else reads what is committed here.

create table integration (
  id                   bigint generated always as identity primary key,
  name                 text not null check (name <> ''),
  source               text not null,
  team                 text,
  environment          text,
  ignore_labels        text[] not null,
  volatile_annotations text[] not null,
  label_aliases        jsonb not null default '[]',
  stale_after_seconds  integer not null check (stale_after_seconds > 0),
  stale_action         text not null check (stale_action in ('keep', 'resolve')),
  created_at           timestamptz not null default now()
);

create table integration_secret (
  id             bigint generated always as identity primary key,
  integration_id bigint not null references integration,
  -- sha256 of 32 random bytes: nothing to guess, so nothing to slow down
  hash           bytea not null unique,
  hint           text not null,
  last_used_at   timestamptz,
  created_at     timestamptz not null default now(),
  expires_at     timestamptz
);
create index integration_secret_of on integration_secret (integration_id);

-- One HTTP request of a sender; the id is a hash of its content.
create table delivery (
  integration_id bigint not null references integration,
  id             text not null,
  received_at    timestamptz not null,
  last_received_at timestamptz not null,
  received_count integer not null default 1,
  -- outcome -> count of the newest receipt
  outcomes       jsonb not null,
  primary key (integration_id, id)
) with (fillfactor = 90);

create table dead_letter (
  id             bigint generated always as identity primary key,
  integration_id bigint not null references integration,
  source         text not null,
  received_at    timestamptz not null,
  code           text not null,
  message        text not null,
  path           text,
  body           bytea not null,
  content_type   text,
  replayed_at    timestamptz,
  replay_error   text
);
create index dead_letter_of on dead_letter (integration_id, id desc);

create table incident (
  id                    bigint generated always as identity primary key,
  version               integer not null default 1,
  -- moves with every change of the row, alerts joining included: orders the copies in ClickHouse
  revision              bigint not null default 1,
  title                 text not null,
  description           text,
  type                  text not null check (type in ('operational', 'security', 'customer_service')),
  severity              smallint not null check (severity between 0 and 4),
  severity_is_manual    boolean not null default false,
  phase                 text not null check (phase in
    ('detected', 'triaged', 'acknowledged', 'mitigated', 'resolved', 'closed', 'merged', 'dismissed')),
  services              text[] not null default '{}',
  environment           text,
  team                  text,
  assignee              text,
  reporter              text,
  source                text,
  -- null for what people reported or split off: no later alert finds it by key
  correlation_key       text,
  rule_id               text,
  rule_version          integer,
  -- false once resolved, ended by a person, or too old: the key is free for another
  accepts_alerts        boolean not null,
  -- on the alerts' own clock: earliest start, latest start or end
  first_starts_at       timestamptz,
  last_activity_at      timestamptz,
  impact_started_at     timestamptz not null,
  opened_at             timestamptz not null,
  acknowledged_at       timestamptz,
  acknowledged_by       text,
  acknowledged_severity smallint,
  mitigated_at          timestamptz,
  first_resolved_at     timestamptz,
  resolved_at           timestamptz,
  resolved_by_kind      text check (resolved_by_kind in ('system', 'sender', 'person')),
  resolved_by           text,
  closed_at             timestamptz,
  reopened_count        integer not null default 0,
  dismiss_reason        text,
  merged_into           bigint references incident,
  updated_at            timestamptz not null,
  check (not accepts_alerts or phase in ('detected', 'triaged', 'acknowledged', 'mitigated')),
  check ((phase = 'merged') = (merged_into is not null)),
  check ((phase = 'dismissed') = (dismiss_reason is not null)),
  check (phase not in ('resolved', 'closed') or resolved_at is not null)
) with (fillfactor = 80);

-- Any number of processes, one open incident per group.
create unique index incident_open_key on incident (correlation_key) where accepts_alerts;
create index incident_by_key on incident (correlation_key, accepts_alerts desc, id desc) where correlation_key is not null;
create index incident_open on incident (id desc) where phase in ('detected', 'triaged', 'acknowledged', 'mitigated');
create index incident_by_opened on incident (opened_at desc, id desc);
create index incident_by_updated on incident (updated_at desc, id desc);
create index incident_by_services on incident using gin (services);
create index incident_merged_into on incident (merged_into) where merged_into is not null;

-- One episode of one fingerprint: open while closed_at is null.
create table alert (
  id                bigint generated always as identity primary key,
  integration_id    bigint not null references integration,
  fingerprint       text not null,
  severity          smallint not null check (severity between 0 and 4),
  sender_severity   text,
  title             text not null,
  summary           text,
  description       text,
  service           text,
  environment       text,
  labels            jsonb not null,
  annotations       jsonb not null,
  starts_at         timestamptz not null,
  -- false where the sender named no start: then a later copy is never a new episode
  starts_at_is_sent boolean not null,
  ends_at           timestamptz,
  closed_at         timestamptz,
  resolve_reason    text check (resolve_reason in ('sender', 'stale', 'superseded', 'person')),
  received_at       timestamptz not null,
  last_received_at  timestamptz not null,
  received_count    integer not null,
  is_stale          boolean not null default false,
  -- of what counts as a change: severity and the non-volatile annotations
  material_hash     text not null,
  generator_url     text,
  runbook_url       text,
  links             jsonb not null default '[]',
  trace_id          text,
  group_key         text,
  incident_id       bigint references incident,
  explanation       jsonb,
  check ((closed_at is null) = (ends_at is null)),
  check ((closed_at is null) = (resolve_reason is null))
-- room for HOT updates: a repeat moves last_received_at and received_count, which no index holds
) with (fillfactor = 80);

-- Any number of processes, one open episode per condition.
create unique index alert_open on alert (integration_id, fingerprint) where closed_at is null;
-- "when did this condition last end?"
create index alert_last_end on alert (integration_id, fingerprint, ends_at desc) where closed_at is not null;
create index alert_of_incident on alert (incident_id, id);
create index alert_by_start on alert (starts_at desc, id desc);
create index alert_firing_of_incident on alert (incident_id, id) where closed_at is null;

-- The end of a condition that we never saw firing: a late copy of its start opens nothing.
create table alert_end (
  integration_id bigint not null references integration,
  fingerprint    text not null,
  ends_at        timestamptz not null,
  primary key (integration_id, fingerprint)
);

-- The log. Every change appends here in its own transaction; it is timeline, audit trail and source of every projection.
create table event (
  position       bigint generated always as identity,
  xid            xid8 not null default pg_current_xact_id(),
  kind           text not null,
  incident_id    bigint,
  alert_id       bigint,
  actor_kind     text not null check (actor_kind in ('system', 'sender', 'person')),
  actor          text not null,
  occurred_at    timestamptz not null,
  recorded_at    timestamptz not null default clock_timestamp(),
  data           jsonb not null,
  primary key (xid, position)
);
create index event_of_incident on event (incident_id, xid, position) where incident_id is not null;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger event_is_append_only before update or delete or truncate on event
  for each statement execute function refuse_change();

-- Where each reader of the log stands. `until_*` is the range a projection is about to write: fixed before the write,
-- so a crash between the two repeats the same block.
create table log_reader (
  name           text primary key,
  after_xid      xid8 not null default '0',
  after_position bigint not null default 0,
  until_xid      xid8,
  until_position bigint,
  updated_at     timestamptz not null default now(),
  check ((until_xid is null) = (until_position is null))
);

-- Timers and outbox: added in the transaction that makes them due; adding twice is adding once.
create table timer (
  id          bigint generated always as identity primary key,
  kind        text not null,
  key         text not null,
  due_at      timestamptz not null,
  lease_until timestamptz,
  attempts    integer not null default 0,
  last_error  text,
  data        jsonb not null default '{}',
  unique (kind, key)
);
create index timer_due on timer (due_at);
