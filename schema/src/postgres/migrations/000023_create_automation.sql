-- When (event, expression) then (actions).

create table automation_rule (
  id         bigint generated always as identity primary key,
  version    integer not null default 1,
  name       text not null check (name <> ''),
  ordinal    integer not null,
  is_enabled boolean not null default true,
  -- kinds of the log that it looks at
  on_kinds   text[] not null check (on_kinds <> '{}'),
  -- expression over the incident and the event; null: always
  condition  text,
  -- in order; the domain checks them when they are saved
  actions    jsonb not null check (jsonb_typeof(actions) = 'array' and jsonb_array_length(actions) between 1 and 20),
  team_id    bigint references team on delete restrict,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index automation_rule_order on automation_rule (ordinal, id) where is_enabled;

-- One rule on one event, once, however many processes read the log and however often one is killed.
create table automation_run (
  id             bigint generated always as identity primary key,
  rule_id        bigint not null references automation_rule on delete cascade,
  rule_version   integer not null,
  -- the event that set it off
  event_xid      xid8 not null,
  event_position bigint not null,
  incident_id    bigint references incident,
  -- 1 where a person, a sender or an alert set it off; one more than the run that did
  depth          smallint not null check (depth between 1 and 4),
  state          text not null check (state in ('done', 'failed', 'refused')),
  -- [{ action, outcome, message }]
  results        jsonb not null,
  -- why the guard against loops stopped it
  refusal        text,
  -- of the transaction that acted: an event of the same transaction was caused by this run
  xid            xid8 not null default pg_current_xact_id(),
  ran_at         timestamptz not null,
  unique (rule_id, event_xid, event_position),
  check ((state = 'refused') = (refusal is not null))
);
create index automation_run_by_xid on automation_run (xid);
create index automation_run_of_incident on automation_run (incident_id, id desc) where incident_id is not null;
-- "how often in the last hour, on this incident?" and the execution log of a rule
create index automation_run_of_rule on automation_run (rule_id, ran_at desc);
