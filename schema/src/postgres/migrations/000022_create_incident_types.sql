-- What kinds of incidents there are, and how each is worked on.

create table incident_type (
  key           text primary key check (key ~ '^[a-z][a-z0-9_]{1,39}$'),
  title         text not null check (title <> ''),
  -- only who takes part, the team and managers see its incidents
  is_restricted boolean not null default false,
  -- no new incidents; those that run go on
  is_archived   boolean not null default false,
  -- the built-in definition is version 0 and needs no row below
  version       integer not null default 0,
  created_at    timestamptz not null default now()
);
insert into incident_type (key, title, is_restricted) values
  ('operational', 'Operational', false), ('security', 'Security', true), ('customer_service', 'Customer service', false);

-- Workflow, fields, report template, roles with checklists, what closing requires: one document, checked by the domain when it is
-- saved and never changed after. Incidents keep the version they began with.
create table incident_type_version (
  type_key   text not null references incident_type,
  version    integer not null check (version > 0),
  definition jsonb not null check (jsonb_typeof(definition) = 'object'),
  saved_at   timestamptz not null default now(),
  saved_by   text not null,
  comment    text,
  primary key (type_key, version)
);

-- Impact × urgency → priority: three rows of three, the most serious first. Version 0 is built in.
create table priority_matrix (
  version  integer primary key check (version > 0),
  cells    jsonb not null check (jsonb_typeof(cells) = 'array'),
  saved_at timestamptz not null default now(),
  saved_by text not null
);

create function refuse_version_change() returns trigger language plpgsql as $$
begin
  raise exception 'a saved version is never changed: % on % is refused', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger incident_type_version_is_immutable before update or delete or truncate on incident_type_version
  for each statement execute function refuse_version_change();
create trigger priority_matrix_is_immutable before update or delete or truncate on priority_matrix
  for each statement execute function refuse_version_change();

-- Shown wherever a severity is chosen.
create table severity_criterion (
  severity smallint primary key check (severity between 0 and 4),
  criteria text not null,
  updated_at timestamptz not null default now(),
  updated_by text not null
);

alter table incident drop constraint incident_type_check;
alter table incident
  add constraint incident_type_fkey foreign key (type) references incident_type,
  add column type_version  integer not null default 0,
  -- a status of the type's workflow; those of the built-in ones are named as their phases
  add column status        text not null default 'detected',
  -- 1 is high; null: follows from the severity
  add column impact        smallint check (impact between 1 and 3),
  add column urgency       smallint check (urgency between 1 and 3),
  add column priority      smallint not null default 3 check (priority between 1 and 4),
  -- key of the type's field -> value
  add column custom_fields jsonb not null default '{}' check (jsonb_typeof(custom_fields) = 'object'),
  add column tags          text[] not null default '{}',
  add column is_restricted boolean not null default false,
  -- counts again from here: last thing that a person who works on it did, for un-acknowledging
  add column touched_at    timestamptz;
update incident set status = phase,
  priority = case severity when 0 then 1 when 1 then 2 when 2 then 3 else 4 end,
  touched_at = acknowledged_at;
create index incident_by_priority on incident (priority, opened_at desc, id desc);
create index incident_by_assignee on incident (assignee, id desc) where assignee is not null;
create index incident_restricted on incident (id) where is_restricted;

create table incident_role (
  incident_id bigint not null references incident,
  role        text not null check (role in ('reporter', 'manager', 'responder', 'communications', 'reviewer')),
  person_id   bigint not null references person,
  assigned_by text not null,
  assigned_at timestamptz not null,
  primary key (incident_id, role, person_id)
);
create index incident_role_of on incident_role (person_id, incident_id desc);
-- one leads and one reviews; responders may be many
create unique index incident_role_single on incident_role (incident_id, role) where role in ('manager', 'communications', 'reviewer');

-- Ticks of the checklists that the type gives to its roles.
create table incident_checklist_tick (
  incident_id bigint not null references incident,
  role        text not null,
  item_key    text not null,
  ticked_by   text not null,
  ticked_at   timestamptz not null,
  primary key (incident_id, role, item_key)
);
