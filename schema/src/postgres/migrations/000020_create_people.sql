-- Who may come in, and what they came in with. Nothing here can be used by who reads it: passwords are stretched with
-- argon2id, everything that a machine made (sessions, tokens, links) is kept as SHA-256 of 32 random bytes.

create table person (
  id            bigint generated always as identity primary key,
  -- What the log, assignees, reporters and owners name: it never changes and is never given to another, so those texts need
  -- no rewriting when somebody marries, and no foreign key when somebody leaves.
  handle        text not null unique check (handle ~ '^[a-z0-9][a-z0-9._-]{0,38}$' and handle not in ('tocsin', 'system')),
  name          text not null check (name <> ''),
  email         text,
  -- in lower case, as JavaScript folds it and no collation does
  email_key     text unique,
  role          text not null check (role in ('viewer', 'reporter', 'responder', 'manager', 'admin')),
  -- null: signs in through the identity provider or a link
  password_hash text check (password_hash like '$argon2id$%'),
  time_zone     text not null default 'UTC',
  -- people who leave are switched off, never deleted: what they did stays theirs
  is_active     boolean not null default true,
  version       integer not null default 1,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  check ((email is null) = (email_key is null))
);
-- "is there an admin yet?", asked at every start
create index person_admins on person (id) where role = 'admin' and is_active;

-- The same person at an identity provider; an e-mail address may move to somebody else, a subject does not.
create table person_identity (
  issuer     text not null,
  subject    text not null,
  person_id  bigint not null references person,
  created_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create index person_identity_of on person_identity (person_id);

create table session (
  id           bigint generated always as identity primary key,
  hash         bytea not null unique check (octet_length(hash) = 32),
  person_id    bigint not null references person,
  method       text not null check (method in ('password', 'oidc', 'link')),
  created_at   timestamptz not null default now(),
  -- to the minute
  last_seen_at timestamptz not null default now(),
  -- moves with use, up to thirty days after the sign-in
  expires_at   timestamptz not null,
  address      text not null,
  user_agent   text not null check (length(user_agent) <= 300),
  revoked_at   timestamptz,
  check (expires_at <= created_at + interval '30 days')
);
create index session_of on session (person_id, id desc) where revoked_at is null;
create index session_expired on session (expires_at);

create table api_token (
  id                bigint generated always as identity primary key,
  hash              bytea not null unique check (octet_length(hash) = 32),
  hint              text not null,
  name              text not null check (name <> ''),
  -- acts as this person, and never with more than that person may do at that moment
  person_id         bigint not null references person,
  scopes            text[] not null check (scopes <> '{}' and scopes <@ array['read', 'report', 'respond', 'configure', 'administer']),
  -- name_key of teams; null: wherever the person may act
  teams             text[],
  created_by        bigint not null references person,
  created_at        timestamptz not null default now(),
  expires_at        timestamptz not null,
  last_used_at      timestamptz,
  last_used_address text,
  revoked_at        timestamptz,
  check (expires_at <= created_at + interval '366 days')
);
create index api_token_of on api_token (person_id, id desc) where revoked_at is null;

-- What is sent or printed to be opened once. The token stands in the fragment or path of the address, its hash here.
create table one_time_link (
  hash        bytea primary key check (octet_length(hash) = 32),
  purpose     text not null check (purpose in ('setup', 'sign_in', 'invitation', 'password_reset', 'acknowledge')),
  person_id   bigint references person,
  -- of an invitation
  email       text,
  role        text check (role in ('viewer', 'reporter', 'responder', 'manager', 'admin')),
  -- [{ team: name_key, role }]
  teams       jsonb not null default '[]' check (jsonb_typeof(teams) = 'array'),
  incident_id bigint references incident,
  created_by  bigint references person,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  used_at     timestamptz,
  revoked_at  timestamptz,
  check ((purpose = 'invitation') = (role is not null)),
  check (purpose in ('setup', 'invitation') or person_id is not null),
  check ((purpose = 'acknowledge') = (incident_id is not null))
);
create index one_time_link_open on one_time_link (purpose, expires_at) where used_at is null and revoked_at is null;

-- Failures to sign in, by account and by address, in windows; one statement counts and asks.
create table sign_in_limit (
  key              text primary key,
  failures         integer not null,
  window_starts_at timestamptz not null,
  blocked_until    timestamptz
);

-- Between leaving for the identity provider and coming back. Bound to the browser by a cookie, gone when used.
create table oidc_request (
  state_hash    bytea primary key check (octet_length(state_hash) = 32),
  browser_hash  bytea not null check (octet_length(browser_hash) = 32),
  code_verifier text not null,
  nonce         text not null,
  -- a path of ours: nobody is sent elsewhere after signing in
  return_to     text not null check (return_to ~ '^/([^/\\]|$)'),
  expires_at    timestamptz not null
);

-- With what somebody did it. The person is the event's actor, by handle.
alter table event
  add column token_id bigint,
  add column address  text;

-- Further topics whose edits take turns and wake the caches.
alter table configuration_version drop constraint configuration_version_topic_check;
alter table configuration_version add constraint configuration_version_topic_check check (topic in
  ('services', 'maintenance', 'people', 'teams', 'oncall', 'types', 'automation', 'channels', 'statusPage'));
insert into configuration_version (topic)
  values ('people'), ('teams'), ('oncall'), ('types'), ('automation'), ('channels'), ('statusPage');
