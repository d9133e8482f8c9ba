-- Whose it is, and who is woken for it. Incidents, services, integrations and rules name a team by its name; it is compared
-- by name_key, and a name without a row here is shown as an unknown team, not hidden.

create table team (
  id          bigint generated always as identity primary key,
  -- never changes: it is what other rows say
  name        text not null check (name <> ''),
  name_key    text not null unique,
  description text,
  chat_url    text,
  version     integer not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);

create table team_member (
  team_id   bigint not null references team on delete cascade,
  person_id bigint not null references person,
  -- at least this within the team; the person's own role may be more
  role      text not null check (role in ('viewer', 'reporter', 'responder', 'manager', 'admin')),
  primary key (team_id, person_id)
);
create index team_member_of on team_member (person_id);

create table schedule (
  id         bigint generated always as identity primary key,
  name       text not null check (name <> ''),
  name_key   text not null unique,
  team_id    bigint references team on delete restrict,
  -- hand-overs and restrictions are local times here, so a change to summer time moves no shift
  time_zone  text not null,
  version    integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Later layers lie on top: where one has somebody, the ones below are covered.
create table schedule_layer (
  id              bigint generated always as identity primary key,
  schedule_id     bigint not null references schedule on delete cascade,
  ordinal         smallint not null,
  name            text not null,
  -- the first turn begins on this day at this local time; turns follow each other from there without gap
  starts_on       date not null,
  handoff_minute  smallint not null check (handoff_minute between 0 and 1439),
  turn_unit       text not null check (turn_unit in ('hour', 'day', 'week')),
  turn_length     smallint not null check (turn_length between 1 and 366),
  -- last local day, null: for good
  ends_on         date,
  -- [{ weekdays: [1..7], fromMinute, untilMinute }], 1 is Monday; until before from: over midnight. Empty: always
  restrictions    jsonb not null default '[]' check (jsonb_typeof(restrictions) = 'array'),
  unique (schedule_id, ordinal),
  check (ends_on >= starts_on)
);

create table schedule_layer_member (
  layer_id  bigint not null references schedule_layer on delete cascade,
  -- the same person may have several turns
  ordinal   smallint not null,
  person_id bigint not null references person,
  primary key (layer_id, ordinal)
);
create index schedule_layer_member_of on schedule_layer_member (person_id);

-- Of overrides that overlap the one made last counts.
create table schedule_override (
  id          bigint generated always as identity primary key,
  schedule_id bigint not null references schedule on delete cascade,
  person_id   bigint not null references person,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null,
  reason      text,
  created_by  text not null,
  created_at  timestamptz not null default now(),
  check (ends_at > starts_at and ends_at <= starts_at + interval '366 days')
);
create index schedule_override_at on schedule_override (schedule_id, ends_at);
create index schedule_override_of on schedule_override (person_id, ends_at);

-- A secret address for a calendar program, which cannot sign in.
create table calendar_feed (
  id           bigint generated always as identity primary key,
  hash         bytea not null unique check (octet_length(hash) = 32),
  person_id    bigint not null references person,
  -- null: the person's own shifts on every schedule
  schedule_id  bigint references schedule on delete cascade,
  created_at   timestamptz not null default now(),
  last_read_at timestamptz
);
create index calendar_feed_of on calendar_feed (person_id);

create table escalation_policy (
  id                    bigint generated always as identity primary key,
  name                  text not null check (name <> ''),
  name_key              text not null unique,
  team_id               bigint references team on delete restrict,
  -- after the last step begin again so many times
  repeat_count          smallint not null default 2 check (repeat_count between 0 and 20),
  -- who acknowledged and did nothing for so long is asked again; null: an acknowledgement lasts
  unacknowledge_seconds integer check (unacknowledge_seconds between 300 and 604800),
  -- expression over the incident; false records without waking anybody. Null: every incident is paged
  page_when             text,
  version               integer not null default 1,
  created_at            timestamptz not null default now(),
  updated_at            timestamptz not null default now()
);

create table escalation_step (
  id            bigint generated always as identity primary key,
  policy_id     bigint not null references escalation_policy on delete cascade,
  ordinal       smallint not null,
  -- after the step before; of the first one after the start
  delay_seconds integer not null check (delay_seconds between 0 and 86400),
  -- all: every target at once. round_robin: the next target each time that an incident comes to this step
  mode          text not null default 'all' check (mode in ('all', 'round_robin')),
  -- expression over the incident and the local time; false skips the step without waiting. Null: always
  condition     text,
  -- whose turn it is: counts on with every incident
  turns_taken   bigint not null default 0,
  unique (policy_id, ordinal)
);

create table escalation_target (
  step_id     bigint not null references escalation_step on delete cascade,
  ordinal     smallint not null,
  person_id   bigint references person,
  schedule_id bigint references schedule on delete restrict,
  -- everybody of the team who is at least a responder
  team_id     bigint references team on delete restrict,
  -- a channel of 000025; its foreign key is added there
  channel_id  bigint,
  primary key (step_id, ordinal),
  check (num_nonnulls(person_id, schedule_id, team_id, channel_id) = 1)
);
create index escalation_target_schedule on escalation_target (schedule_id) where schedule_id is not null;
create index escalation_target_person on escalation_target (person_id) where person_id is not null;
create index escalation_target_team on escalation_target (team_id) where team_id is not null;
create index escalation_target_channel on escalation_target (channel_id) where channel_id is not null;

-- Routing rule, then service, then team: the first that names a policy decides. A rule keeps the policy's name in its rules.
alter table team add column escalation_policy_id bigint references escalation_policy on delete restrict;
alter table service add column escalation_policy_id bigint references escalation_policy on delete restrict;

-- Names that were in use before there were teams become teams, so that nothing is owned by a ghost after the upgrade.
insert into team (name, name_key)
select distinct on (lower(trim(name))) trim(name), lower(trim(name))
  from (select team as name from service union select team from integration union select team from incident) used
 where trim(coalesce(name, '')) <> '' order by lower(trim(name)), trim(name);
