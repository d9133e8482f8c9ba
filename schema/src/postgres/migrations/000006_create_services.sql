-- What the system is made of, and what keeps its alerts quiet for a while.

-- Moves with every edit of its topic, in the edit's own transaction: who caches compares it, and who edits holds its row.
create table configuration_version (
  topic   text primary key check (topic in ('services', 'maintenance')),
  version bigint not null default 0
);
insert into configuration_version (topic) values ('services'), ('maintenance');

create table service (
  id           bigint generated always as identity primary key,
  name         text not null check (name <> ''),
  -- the name as names are compared: in lower case, as JavaScript folds it and no collation does
  name_key     text not null unique,
  kind         text not null check (kind <> ''),
  environments text[] not null,
  namespace    text,
  team         text,
  tier         smallint check (tier between 0 and 9),
  runbook_url  text,
  aliases      text[] not null,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);

create table service_dependency (
  service_id bigint not null references service on delete cascade,
  ordinal    smallint not null,
  -- as it was written: a service of the catalogue, or something outside of it, which needs no row of its own
  target     text not null check (target <> ''),
  target_key text not null,
  primary key (service_id, ordinal),
  unique (service_id, target_key)
);

create table maintenance_window (
  id               bigint generated always as identity primary key,
  version          integer not null default 1,
  kind             text not null check (kind in ('window', 'silence')),
  name             text not null check (name <> ''),
  comment          text,
  match            text not null check (match <> ''),
  owner            text not null,
  starts_at        timestamptz not null,
  -- of the only occurrence; of a recurring window the time after which there is none, null: none is set
  ends_at          timestamptz,
  rrule            text,
  time_zone        text,
  duration_seconds integer check (duration_seconds between 60 and 2678400),
  -- set when a person ended it, or when its last occurrence is over
  ended_at         timestamptz,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  check (num_nulls(rrule, time_zone, duration_seconds) in (0, 3)),
  check (rrule is not null or ends_at is not null),
  check (kind <> 'silence' or rrule is null),
  check (ends_at > starts_at)
);
create index maintenance_window_live on maintenance_window (id) where ended_at is null;
create index maintenance_window_ended on maintenance_window (ended_at desc, id desc) where ended_at is not null;

-- The maintenance_window that kept the alert quiet; it still does while surfaced_at is null. No foreign key, as for the
-- incident: windows end and are never deleted, and every alert of a storm would lock the window's row.
alter table alert add column suppressed_by bigint;
alter table alert add column surfaced_at timestamptz;
alter table alert add constraint alert_surfaced check (surfaced_at is null or suppressed_by is not null);

-- Both hold nothing for the alerts that no window touches, which is nearly all of them.
create index alert_suppressed on alert (suppressed_by) where suppressed_by is not null;
create index alert_quiet on alert (suppressed_by, id)
  where suppressed_by is not null and surfaced_at is null and closed_at is null;
