-- Conditions that come and go, changes on the timelines of incidents, from which topics an integration takes what, and one
-- spelling for each environment.

-- Set within half a minute of its start on the episode with which a condition has fired too often: a fact about it that stays.
alter table alert add column is_flapping boolean not null default false;
-- Holds nothing for nearly all alerts.
create index alert_flapping on alert (incident_id, starts_at desc) where is_flapping;

-- The changes that stand on the timeline of an incident; there once, however often they are looked for. No foreign key to
-- the incident: incidents are never deleted, and its lock would be waited for by, and wait for, the batches.
create table incident_change (
  incident_id bigint not null,
  change_id   bigint not null references change_event on delete cascade,
  primary key (incident_id, change_id)
);
create index incident_change_of on incident_change (change_id);

-- Amazon SNS: anybody can sign a message of a topic of their own. Empty: the secret alone decides.
alter table integration add column topics text[] not null default '{}';

-- `prod` and `production` were two environments in every list. Labels keep what was sent.
create function pg_temp.known_as(sent text) returns text immutable language sql as $$
  select coalesce(
    (select w.known from (values
      ('prod', 'production'), ('prd', 'production'), ('live', 'production'), ('stage', 'staging'), ('stg', 'staging'),
      ('preprod', 'preproduction'), ('ppd', 'preproduction'), ('develop', 'development'), ('dev', 'development'),
      ('testing', 'test'), ('tst', 'test'), ('quality', 'qa'), ('acceptance', 'uat'), ('acc', 'uat'), ('sbx', 'sandbox'))
      as w (word, known) where w.word = regexp_replace(lower(btrim(sent)), '[-_ ]', '', 'g')),
    nullif(lower(btrim(sent)), ''))
$$;
update incident set environment = pg_temp.known_as(environment) where environment is distinct from pg_temp.known_as(environment);
update alert set environment = pg_temp.known_as(environment) where environment is distinct from pg_temp.known_as(environment);
update change_event set environment = pg_temp.known_as(environment)
 where environment is distinct from pg_temp.known_as(environment);
