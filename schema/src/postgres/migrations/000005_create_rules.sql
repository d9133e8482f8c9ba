-- The correlation rules, and what a draft of them would have made of stored alerts.

-- One row for each version, never changed; the current one has the highest. Version 0, no rules, needs no row.
create table rule_set (
  version  integer primary key check (version > 0),
  -- an array of rules in order
  rules    jsonb not null check (jsonb_typeof(rules) = 'array'),
  saved_at timestamptz not null default now(),
  saved_by text not null,
  comment  text
);

create function refuse_rule_set_change() returns trigger language plpgsql as $$
begin
  raise exception 'a saved rule set is never changed: % on % is refused', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger rule_set_is_immutable before update or delete or truncate on rule_set
  for each statement execute function refuse_rule_set_change();

create table backtest (
  id           bigint generated always as identity primary key,
  state        text not null check (state in ('running', 'done', 'cancelled', 'failed')),
  -- the draft, and the version it is compared with
  rules        jsonb not null,
  base_version integer not null,
  from_at      timestamptz not null,
  to_at        timestamptz not null,
  started_by   text not null,
  started_at   timestamptz not null default now(),
  -- moves while it runs: one that stopped moving belongs to a process that is gone
  updated_at   timestamptz not null default now(),
  finished_at  timestamptz,
  progress     real not null default 0 check (progress between 0 and 1),
  alert_count  integer not null default 0,
  result       jsonb,
  error        text,
  check ((state = 'running') = (finished_at is null)),
  check ((state = 'done') = (result is not null)),
  check ((state = 'failed') = (error is not null)),
  check (from_at < to_at)
) with (fillfactor = 50);
