-- Working together on an incident.

-- The text as it stands; what it was before stands in the log.
create table note (
  id          bigint generated always as identity primary key,
  version     integer not null default 1,
  incident_id bigint not null references incident,
  author      text not null,
  text        text not null check (length(text) between 1 and 20000),
  created_at  timestamptz not null,
  edited_at   timestamptz,
  -- withdrawn: the row stays, the text is no longer shown
  deleted_at  timestamptz
);
create index note_of on note (incident_id, id);

-- Set apart on the incident's page. Carries a copy, so that it outlives what it was taken from: a trace, a log line, a chart.
create table pin (
  id             bigint generated always as identity primary key,
  incident_id    bigint not null references incident,
  kind           text not null check (kind in ('event', 'note', 'attachment', 'trace', 'log', 'chart', 'suspect')),
  note_id        bigint references note,
  attachment_id  bigint,
  event_xid      xid8,
  event_position bigint,
  copy           jsonb not null default '{}' check (octet_length(copy::text) <= 262144),
  pinned_by      text not null,
  pinned_at      timestamptz not null,
  check ((kind = 'note') = (note_id is not null)),
  check ((kind = 'attachment') = (attachment_id is not null)),
  check ((kind = 'event') = (event_xid is not null and event_position is not null))
);
create index pin_of on pin (incident_id, id);
create unique index pin_event on pin (incident_id, event_xid, event_position) where kind = 'event';
create unique index pin_note on pin (note_id) where kind = 'note';

create table attachment (
  id          bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  name        text not null check (length(name) between 1 and 200),
  -- as we recognised it, not as it was claimed; served as a download whatever it is
  media_type  text not null,
  bytes       integer not null check (bytes between 1 and 10485760),
  hash        bytea not null check (octet_length(hash) = 32),
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  deleted_at  timestamptz
);
create index attachment_of on attachment (incident_id, id);
alter table pin add constraint pin_attachment_id_fkey foreign key (attachment_id) references attachment;

-- Apart, so that listing attachments reads no content.
create table attachment_content (
  attachment_id bigint primary key references attachment on delete cascade,
  content       bytea not null check (octet_length(content) <= 10485760)
);
-- pictures and archives are compressed already
alter table attachment_content alter column content set storage external;

create table task (
  id          bigint generated always as identity primary key,
  version     integer not null default 1,
  incident_id bigint not null references incident,
  title       text not null check (length(title) between 1 and 300),
  assignee    text,
  due_at      timestamptz,
  state       text not null default 'open' check (state in ('open', 'done', 'dropped')),
  created_by  text not null,
  created_at  timestamptz not null,
  done_at     timestamptz,
  check ((state = 'open') = (done_at is null))
);
create index task_of on task (incident_id, id);
create index task_open_of on task (assignee) where state = 'open' and assignee is not null;

create table incident_link (
  id          bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  kind        text not null check (kind in ('chat', 'call', 'ticket', 'document', 'other')),
  title       text not null,
  url         text not null check (url ~ '^https?://'),
  added_by    text not null,
  added_at    timestamptz not null,
  unique (incident_id, url)
);

create table incident_subscriber (
  incident_id   bigint not null references incident,
  person_id     bigint not null references person,
  -- false: takes part and has asked to be left alone
  is_subscribed boolean not null default true,
  since         timestamptz not null,
  primary key (incident_id, person_id)
);
create index incident_subscriber_of on incident_subscriber (person_id, incident_id desc);

-- Who is looking. Not worth a write to the WAL: after a crash everybody says so again within half a minute.
create unlogged table presence (
  incident_id bigint not null,
  person_id   bigint not null,
  is_typing   boolean not null default false,
  seen_at     timestamptz not null,
  primary key (incident_id, person_id)
);

create table runbook (
  id         bigint generated always as identity primary key,
  version    integer not null default 1,
  title      text not null check (title <> ''),
  -- markdown; its task list items (`- [ ] …`) are the steps
  body       text not null check (length(body) <= 100000),
  team_id    bigint references team on delete restrict,
  -- attached where all that is set matches; with nothing set only by hand
  service_keys text[] not null default '{}',
  type_keys  text[] not null default '{}',
  -- expression over the incident, e.g. labels.component == "db"; null: no condition
  condition  text,
  is_archived boolean not null default false,
  updated_by text not null,
  updated_at timestamptz not null default now()
);

-- The steps as they were when it was attached: an edit of the runbook changes no ticked step.
create table incident_runbook (
  id              bigint generated always as identity primary key,
  incident_id     bigint not null references incident,
  runbook_id      bigint not null references runbook,
  runbook_version integer not null,
  title           text not null,
  body            text not null,
  attached_by     text not null,
  attached_at     timestamptz not null,
  unique (incident_id, runbook_id)
);

create table runbook_tick (
  incident_runbook_id bigint not null references incident_runbook on delete cascade,
  -- which task list item of the body, from 0
  step                smallint not null,
  ticked_by           text not null,
  ticked_at           timestamptz not null,
  primary key (incident_runbook_id, step)
);

-- Notes that were written before: the log has them, the table takes them over.
insert into note (incident_id, author, text, created_at)
select incident_id, actor, left(data ->> 'text', 20000), occurred_at from event
 where kind = 'incident.noteAdded' and incident_id is not null and coalesce(data ->> 'text', '') <> '' order by xid, position;

-- A view of the lists that somebody keeps, or shares with a team.
create table saved_view (
  id         bigint generated always as identity primary key,
  person_id  bigint not null references person,
  team_id    bigint references team on delete cascade,
  screen     text not null check (screen in ('incidents', 'alerts', 'analytics')),
  name       text not null check (name <> ''),
  -- the query string of the address
  search     text not null check (length(search) <= 4000),
  created_at timestamptz not null default now(),
  unique (person_id, screen, name)
);
