-- What was learned.

create table review (
  id           bigint generated always as identity primary key,
  version      integer not null default 1,
  incident_id  bigint not null unique references incident,
  state        text not null default 'draft' check (state in ('draft', 'in_review', 'published')),
  title        text not null,
  -- who writes it, and who lets it go out
  author       text,
  reviewer     text,
  is_required  boolean not null default false,
  due_at       timestamptz,
  -- [{ id, parentId, question, answer }], the roots first
  whys         jsonb not null default '[]' check (jsonb_typeof(whys) = 'array'),
  -- [{ category, text }]
  factors      jsonb not null default '[]' check (jsonb_typeof(factors) = 'array'),
  -- { customers, requests, revenue, durationSeconds, text }
  impact       jsonb not null default '{}' check (jsonb_typeof(impact) = 'object'),
  -- [{ occurredAt, text, xid, position }], picked from the log; each keeps its text
  timeline     jsonb not null default '[]' check (jsonb_typeof(timeline) = 'array'),
  submitted_at timestamptz,
  published_at timestamptz,
  published_by text,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  -- what the published review is found by
  search       tsvector,
  check ((state = 'published') = (published_at is not null))
);
create index review_search on review using gin (search) where state = 'published';
create index review_due on review (due_at) where state <> 'published' and is_required;

-- Parts that two people write at once; each has a version of its own, so that only who writes the same part meets the other.
create table review_section (
  review_id  bigint not null references review on delete cascade,
  name       text not null check (name in ('summary', 'impact', 'went_well', 'went_badly', 'lucky', 'lessons')),
  version    integer not null default 1,
  text       text not null check (length(text) <= 50000),
  updated_by text not null,
  updated_at timestamptz not null,
  primary key (review_id, name)
);

create table action_item (
  id          bigint generated always as identity primary key,
  version     integer not null default 1,
  incident_id bigint not null references incident,
  review_id   bigint references review,
  title       text not null check (length(title) between 1 and 300),
  description text,
  kind        text not null default 'prevent' check (kind in ('prevent', 'detect', 'mitigate', 'process')),
  owner       text,
  due_on      date,
  state       text not null default 'open' check (state in ('open', 'in_progress', 'done', 'dropped')),
  ticket_url  text check (ticket_url ~ '^https?://'),
  created_by  text not null,
  created_at  timestamptz not null,
  done_at     timestamptz,
  check ((state in ('done', 'dropped')) = (done_at is not null))
);
create index action_item_of on action_item (incident_id, id);
create index action_item_open on action_item (owner, due_on) where state in ('open', 'in_progress');

-- One link per participant or reporter; the answer is one row and may be changed until the link ends.
create table csat_request (
  id          bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  person_id   bigint references person,
  email       text,
  hash        bytea not null unique check (octet_length(hash) = 32),
  score       smallint check (score between 1 and 5),
  comment     text check (length(comment) <= 2000),
  sent_at     timestamptz not null,
  answered_at timestamptz,
  expires_at  timestamptz not null,
  check (num_nonnulls(person_id, email) = 1),
  check ((score is null) = (answered_at is null))
);
create unique index csat_request_person on csat_request (incident_id, person_id) where person_id is not null;
create unique index csat_request_email on csat_request (incident_id, email) where email is not null;

-- Similar incidents by words of the title; by services there is an index, by signature too.
create index incident_by_words on incident using gin (to_tsvector('simple', title));
