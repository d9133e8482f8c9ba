-- What an incident is found by: the services, hosts, senders' groups … that its alerts named, each with when it first and
-- last happened there on the alerts' own clock. An incident of thousands of alerts has a handful of rows.
create table incident_scope (
  incident_id bigint not null references incident on delete cascade,
  kind        text not null,
  value       text not null,
  -- '' where it is the same everywhere
  environment text not null,
  first_at    timestamptz not null,
  last_at     timestamptz not null,
  primary key (incident_id, kind, value, environment)
) with (fillfactor = 80);
-- Found by time, so that a lookup reads the last hours however long the history. It moves once a minute of a storm.
create index incident_scope_lookup on incident_scope (kind, value, last_at desc);

alter table incident
  -- record: nobody is to be woken
  add column notify text not null default 'page' check (notify in ('page', 'record')),
  -- a person has acknowledged, assigned, edited, merged or split it: the system merges it no more
  add column is_touched boolean not null default false,
  -- the only condition it has had, as integration and fingerprint; null once it has had two
  add column sole_condition text,
  -- episodes it has had, counted to three: a counter that goes on would rewrite the row with every batch of a storm
  add column episode_count smallint not null default 0;
update incident set is_touched = acknowledged_at is not null or assignee is not null or severity_is_manual
  or resolved_by_kind = 'person' or correlation_key is null;
update incident i set episode_count = least(3, (select count(*) from (select 1 from alert a where a.incident_id = i.id limit 3) n));

alter table alert
  -- held back by a rule until it lasts, or until enough of its group have come: in no incident yet
  add column pending_key text,
  -- the sender's own alerts of which it consists, where they are several: fingerprint and times of each
  add column parts jsonb;
create index alert_pending on alert (pending_key, starts_at desc) where pending_key is not null;

-- What fires now can still be joined: as if the scopes had been kept all along.
insert into incident_scope (incident_id, kind, value, environment, first_at, last_at)
select incident_id, 'service', lower(service), coalesce(lower(environment), ''), date_trunc('minute', min(starts_at)),
       date_trunc('minute', max(starts_at)) + interval '1 minute'
  from alert where incident_id is not null and service is not null
   and incident_id in (select id from incident where phase in ('detected', 'triaged', 'acknowledged', 'mitigated'))
 group by 1, 3, 4;
