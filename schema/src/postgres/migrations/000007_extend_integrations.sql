-- Integrations: secrets to sign with, heartbeats, reconciliation; and changes, the likeliest cause of an incident.

alter table integration
  -- AES-256-GCM under a key that is not in the database: nonce, tag and ciphertext
  add column signing_secret    bytea,
  add column heartbeat_seconds integer check (heartbeat_seconds >= 60),
  -- silence counts from here where nothing was heard since
  add column heartbeat_since   timestamptz not null default now(),
  add column reconcile_url     text,
  -- sent as a bearer token; stored as the signing secret is
  add column reconcile_token   bytea;

-- An alert that its sender no longer has, or keeps quiet, says so; it is not over by that.
alter table alert
  add column vanish_reason text check (vanish_reason in ('silenced', 'inhibited', 'missing')),
  -- since when the sender's list lacks it; `missing` only once that has lasted
  add column missing_since timestamptz;

-- What was done to a system: a deploy, a migration, a switched flag. A repetition of one is the same row.
create table change_event (
  id             bigint generated always as identity primary key,
  integration_id bigint not null references integration,
  key            text not null,
  source         text not null,
  title          text not null,
  service        text,
  environment    text,
  occurred_at    timestamptz not null,
  received_at    timestamptz not null,
  links          jsonb not null,
  details        jsonb not null,
  unique (integration_id, key)
);
-- "what was done in the hours before this incident?"
create index change_event_by_time on change_event (occurred_at desc, id desc);
