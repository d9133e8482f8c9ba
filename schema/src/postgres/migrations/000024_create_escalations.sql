-- Who is being woken for what. The timer that makes the next step due is a row of `timer`, written in the same transaction.

create table escalation (
  id          bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  -- null: a manual call of persons, without a policy behind it
  policy_id   bigint references escalation_policy on delete set null,
  -- the policy as it was: an edit does not bend what runs
  policy      jsonb not null,
  state       text not null check (state in ('running', 'acknowledged', 'exhausted', 'stopped')),
  -- the step taken last, from 0; -1 before the first
  step        smallint not null default -1,
  -- how often it has begun again
  round       smallint not null default 0,
  reason      text not null check (reason in ('opened', 'reopened', 'unacknowledged', 'manual', 'automation', 'severity')),
  started_by  text not null,
  started_at  timestamptz not null,
  next_at     timestamptz,
  ended_at    timestamptz,
  ended_by    text,
  check ((state = 'running') = (ended_at is null)),
  check (state = 'running' or next_at is null)
);
-- Any number of processes, one escalation per incident.
create unique index escalation_running on escalation (incident_id) where state = 'running';
create index escalation_of_incident on escalation (incident_id, id desc);

-- One person asked once: a step of a round names somebody at most once.
create table page (
  id              bigint generated always as identity primary key,
  escalation_id   bigint not null references escalation,
  incident_id     bigint not null references incident,
  person_id       bigint not null references person,
  step            smallint not null,
  round           smallint not null,
  -- why this person: "on call for Payments primary", "everybody of payments", "called by ada"
  because         text not null,
  due_at          timestamptz not null,
  state           text not null check (state in ('open', 'acknowledged', 'ended')),
  acknowledged_at timestamptz,
  unique (escalation_id, round, step, person_id),
  check ((state = 'acknowledged') = (acknowledged_at is not null))
);
create index page_of_incident on page (incident_id, id);
create index page_of_person on page (person_id, due_at desc);
create index page_open on page (person_id) where state = 'open';

-- Work on an incident that nobody needs to see for a while.
alter table incident
  add column snoozed_until timestamptz,
  -- snoozed until something happens: the kinds that end it
  add column snoozed_kinds text[],
  add column snoozed_by    text,
  add check ((snoozed_by is null) = (snoozed_until is null and snoozed_kinds is null));

-- Whoever wakes people begins where the log ends now: nobody is paged for what was over before the upgrade. Everything of
-- transactions that have not ended yet is still to come.
insert into log_reader (name, after_xid, after_position)
  values ('respond', (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text::xid8, 9223372036854775807);
