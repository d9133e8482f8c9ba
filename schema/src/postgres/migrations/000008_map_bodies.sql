-- Bodies of any shape: where the fields of an alert stand in them, and some to try that on.

alter table integration
  -- [{ field, expression }]
  add column mapping jsonb not null default '[]' check (jsonb_typeof(mapping) = 'array');

-- The last few bodies of senders without a format of their own. Written beside the batches and a few times a minute at most:
-- a sample, not a record; deliveries and dead letters are the record.
create table recent_body (
  id             bigint generated always as identity primary key,
  integration_id bigint not null references integration,
  received_at    timestamptz not null,
  body           text not null check (octet_length(body) <= 65536)
);
create index recent_body_of on recent_body (integration_id, id desc);
