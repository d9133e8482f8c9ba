-- What those affected are told.

create table status_page (
  only_row     boolean primary key default true check (only_row),
  version      integer not null default 1,
  is_public    boolean not null default false,
  title        text not null default 'Status',
  description  text,
  -- whose updates need a second pair of eyes, beside the types that ask for it
  needs_approval boolean not null default false,
  updated_at   timestamptz not null default now()
);
insert into status_page default values;

create table status_component (
  id          bigint generated always as identity primary key,
  ordinal     smallint not null,
  -- a service of the catalogue, by name_key; what the public reads is `title`
  service_key text not null unique,
  title       text not null check (title <> ''),
  group_title text,
  unique (ordinal) deferrable initially deferred
);

create table stakeholder_update (
  id           bigint generated always as identity primary key,
  version      integer not null default 1,
  incident_id  bigint not null references incident,
  audience     text not null check (audience in ('internal', 'public')),
  state        text not null check (state in ('draft', 'awaiting_approval', 'published', 'rejected')),
  -- what the public calls it; the incident's own title may say more than they should read
  title        text not null check (title <> ''),
  body         text not null check (length(body) between 1 and 10000),
  progress     text not null check (progress in ('investigating', 'identified', 'monitoring', 'resolved')),
  -- [{ componentId, state: operational|degraded|partial_outage|major_outage|maintenance }]
  components   jsonb not null default '[]' check (jsonb_typeof(components) = 'array'),
  template_id  bigint references message_template on delete set null,
  author       text not null,
  created_at   timestamptz not null,
  decided_by   text,
  decided_at   timestamptz,
  decision_comment text,
  published_at timestamptz,
  check ((state = 'published') = (published_at is not null)),
  -- that nobody approves what they wrote is the permission table's: it knows when there is nobody else
  check (state <> 'rejected' or decided_by is not null)
);
create index stakeholder_update_of on stakeholder_update (incident_id, id);
create index stakeholder_update_public on stakeholder_update (published_at desc) where state = 'published' and audience = 'public';
create index stakeholder_update_waiting on stakeholder_update (id) where state = 'awaiting_approval';

-- Updates by e-mail, to who confirmed the address. The token in every message ends it.
create table status_subscriber (
  id              bigint generated always as identity primary key,
  email           text not null,
  email_key       text not null unique,
  hash            bytea not null unique check (octet_length(hash) = 32),
  confirmed_at    timestamptz,
  unsubscribed_at timestamptz,
  created_at      timestamptz not null default now()
);
create index status_subscriber_active on status_subscriber (id) where confirmed_at is not null and unsubscribed_at is null;
