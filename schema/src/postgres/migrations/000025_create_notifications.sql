-- What is sent to whom, through what, and what became of it.

-- Where messages go that are no person's own: a chat room, a list, another program.
create table notification_channel (
  id                   bigint generated always as identity primary key,
  version              integer not null default 1,
  name                 text not null check (name <> ''),
  name_key             text not null unique,
  kind                 text not null check (kind in ('email', 'slack_webhook', 'slack_bot', 'teams', 'webhook')),
  team_id              bigint references team on delete restrict,
  -- addresses, room, template … by kind; never a secret
  settings             jsonb not null check (jsonb_typeof(settings) = 'object'),
  -- sealed JSON: webhook address with its key, bot token, signing secret
  secret               bytea,
  -- sealed: the secret before a rotation, still sent along until it ends
  previous_secret      bytea,
  previous_secret_until timestamptz,
  may_reach_private    boolean not null default false,
  is_enabled           boolean not null default true,
  -- messages a minute; the rest is bundled
  rate_per_minute      smallint not null default 30 check (rate_per_minute between 1 and 600),
  failing_since        timestamptz,
  last_error           text,
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now(),
  check ((previous_secret is null) = (previous_secret_until is null))
);
alter table escalation_target add constraint escalation_target_channel_id_fkey
  foreign key (channel_id) references notification_channel on delete restrict;

-- Which messages a channel takes without being told by a policy or an automation.
create table channel_subscription (
  channel_id   bigint not null references notification_channel on delete cascade,
  ordinal      smallint not null,
  on_kinds     text[] not null check (on_kinds <> '{}'),
  -- expression over the incident; null: all
  condition    text,
  primary key (channel_id, ordinal)
);

-- How one person is reached.
create table contact (
  id          bigint generated always as identity primary key,
  person_id   bigint not null references person,
  kind        text not null check (kind in ('email', 'slack', 'web_push', 'webhook')),
  name        text not null check (name <> ''),
  -- e-mail address, Slack member, push endpoint, web address
  address     text not null,
  -- whose bot writes to the Slack member
  channel_id  bigint references notification_channel on delete restrict,
  -- sealed: keys of a push subscription, signing secret of a webhook
  secret      bytea,
  settings    jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  -- an address that nobody confirmed is written to only to confirm it
  verified_at timestamptz,
  failing_since timestamptz,
  last_error  text,
  created_at  timestamptz not null default now(),
  unique (person_id, kind, address),
  check ((kind = 'slack') = (channel_id is not null))
);

-- "for pages from high on: push at once, e-mail after five minutes"
create table notification_rule (
  id            bigint generated always as identity primary key,
  person_id     bigint not null references person,
  ordinal       smallint not null,
  -- page: I am being woken. update: something about an incident that I follow. personal: mention, task, review, item
  topic         text not null check (topic in ('page', 'update', 'personal')),
  contact_id    bigint not null references contact on delete cascade,
  delay_seconds integer not null default 0 check (delay_seconds between 0 and 86400),
  -- this severity or worse
  min_severity  smallint not null default 4 check (min_severity between 0 and 4),
  unique (person_id, ordinal) deferrable initially deferred
);

create table quiet_hours (
  person_id    bigint not null references person,
  ordinal      smallint not null,
  weekdays     smallint[] not null check (weekdays <> '{}' and weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]),
  -- local to the person; until before from: over midnight
  from_minute  smallint not null check (from_minute between 0 and 1439),
  until_minute smallint not null check (until_minute between 0 and 1439),
  -- pages of this severity or worse come through; null: every page does
  pages_from   smallint check (pages_from between 0 and 4),
  primary key (person_id, ordinal)
);

-- The outbox: one message to one place. Added in the transaction that decides it, together with its timer.
create table notification (
  id           bigint generated always as identity primary key,
  -- what it must not be said twice for, e.g. page/12/contact/3: adding twice is adding once
  key          text not null unique,
  topic        text not null check (topic in ('page', 'update', 'personal', 'stakeholder', 'test')),
  incident_id  bigint references incident,
  page_id      bigint references page,
  person_id    bigint references person,
  contact_id   bigint references contact on delete set null,
  channel_id   bigint references notification_channel on delete set null,
  -- of neither person nor channel: subscribers of the status page, participants asked for CSAT
  email        text,
  -- what the message says: { template, values }, without secrets
  content      jsonb not null,
  severity     smallint not null check (severity between 0 and 4),
  state        text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'cancelled', 'bundled')),
  -- why it was not sent: quiet hours, acknowledged before it was due, no contact …
  reason       text,
  bundled_into bigint references notification,
  -- the one that failed and is replaced by this one, on the person's next contact
  fallback_of  bigint references notification,
  due_at       timestamptz not null,
  sent_at      timestamptz,
  created_at   timestamptz not null,
  check ((state = 'sent') = (sent_at is not null)),
  check ((state = 'bundled') = (bundled_into is not null)),
  check (state not in ('failed', 'cancelled') or reason is not null)
);
create index notification_of_incident on notification (incident_id, id desc) where incident_id is not null;
create index notification_of_person on notification (person_id, id desc) where person_id is not null;
create index notification_of_page on notification (page_id) where page_id is not null;
-- "what else waits for this place?", for bundling and rates
create index notification_waiting_contact on notification (contact_id, due_at) where state in ('waiting', 'sending') and contact_id is not null;
create index notification_waiting_channel on notification (channel_id, due_at) where state in ('waiting', 'sending') and channel_id is not null;
create index notification_sent_contact on notification (contact_id, sent_at desc) where state = 'sent' and contact_id is not null;
create index notification_sent_channel on notification (channel_id, sent_at desc) where state = 'sent' and channel_id is not null;
create index notification_created on notification (created_at);

-- The delivery log. An attempt is committed before anything is sent: one that is found without an end after a crash may have
-- arrived, so the next says that it may be a repetition.
create table notification_attempt (
  id              bigint generated always as identity primary key,
  notification_id bigint not null references notification on delete cascade,
  number          smallint not null,
  is_repeat       boolean not null default false,
  started_at      timestamptz not null,
  finished_at     timestamptz,
  outcome         text check (outcome in ('sent', 'retry', 'failed')),
  -- of the provider: 250, 200, 429 …
  status          integer,
  error           text check (length(error) <= 500),
  unique (notification_id, number),
  check ((finished_at is null) = (outcome is null))
);

-- Keys that this installation made for itself, sealed: the pair that Web Push is signed with.
create table installation_key (
  name       text primary key check (name in ('web_push')),
  public_key text not null,
  secret     bytea not null,
  created_at timestamptz not null default now()
);

-- Liquid templates of messages; what has no row here has a built-in one.
create table message_template (
  id         bigint generated always as identity primary key,
  version    integer not null default 1,
  -- notification: by `key`, e.g. incident.paged. stakeholder: offered when an update is written
  kind       text not null check (kind in ('notification', 'stakeholder')),
  key        text not null check (key <> ''),
  type_key   text references incident_type,
  title      text not null,
  body       text not null,
  updated_by text not null,
  updated_at timestamptz not null default now(),
  unique nulls not distinct (kind, key, type_key)
);
