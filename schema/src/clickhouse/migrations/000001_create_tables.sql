-- A projection of the log: it can be dropped and built again, and nothing is decided from it alone.
-- Every table replaces by a key that the log gives, so a block that is written twice counts once, also long after the
-- deduplication window has forgotten its token. For the same reason there is no roll-up by materialized view: a view sees
-- every inserted block, and a sum over a repeated one would be wrong for good.
-- Inserts are synced to disk: Postgres counts a range as done when ClickHouse has answered.

-- What came in, as the log counted it: one row per event and dimension.
create table if not exists {{table:alert_received}} {{on_cluster}} (
  position       UInt64,
  ordinal        UInt32,
  minute         DateTime64(3, 'UTC'),
  integration_id UInt64,
  source         LowCardinality(String),
  service        LowCardinality(Nullable(String)),
  severity       LowCardinality(String),
  environment    LowCardinality(Nullable(String)),
  outcome        LowCardinality(String),
  count          UInt64
) engine = {{engine:ReplacingMergeTree}}
order by (minute, position, ordinal)
settings {{dedup_window:1000}}, fsync_after_insert = 1, fsync_part_directory = 1;
{{distributed:alert_received:position}};

create table if not exists {{table:alert_event}} {{on_cluster}} (
  position     UInt64,
  xid          UInt64,
  kind         LowCardinality(String),
  alert_id     UInt64,
  incident_id  Nullable(UInt64),
  actor_kind   LowCardinality(String),
  actor        String,
  occurred_at  DateTime64(3, 'UTC'),
  recorded_at  DateTime64(3, 'UTC'),
  title        Nullable(String),
  severity     LowCardinality(Nullable(String)),
  service      LowCardinality(Nullable(String)),
  environment  LowCardinality(Nullable(String)),
  starts_at    Nullable(DateTime64(3, 'UTC')),
  ends_at      Nullable(DateTime64(3, 'UTC')),
  reason       LowCardinality(Nullable(String))
) engine = {{engine:ReplacingMergeTree}}
order by position
settings {{dedup_window:1000}}, fsync_after_insert = 1, fsync_part_directory = 1;
{{distributed:alert_event:position}};

create table if not exists {{table:incident_event}} {{on_cluster}} (
  position            UInt64,
  xid                 UInt64,
  kind                LowCardinality(String),
  incident_id         UInt64,
  alert_id            Nullable(UInt64),
  related_incident_id Nullable(UInt64),
  actor_kind          LowCardinality(String),
  actor               String,
  occurred_at         DateTime64(3, 'UTC'),
  recorded_at         DateTime64(3, 'UTC'),
  severity            LowCardinality(Nullable(String)),
  from_value          Nullable(String),
  to_value            Nullable(String),
  reason              LowCardinality(Nullable(String)),
  rule_id             LowCardinality(Nullable(String)),
  rule_version        Nullable(UInt32)
) engine = {{engine:ReplacingMergeTree}}
order by position
settings {{dedup_window:1000}}, fsync_after_insert = 1, fsync_part_directory = 1;
{{distributed:incident_event:position}};

-- One incident as it stands: every change writes the whole row again, and the highest revision counts.
create table if not exists {{table:incident_fact}} {{on_cluster}} (
  incident_id       UInt64,
  revision          UInt64,
  type              LowCardinality(String),
  severity          LowCardinality(String),
  phase             LowCardinality(String),
  services          Array(LowCardinality(String)),
  environment       LowCardinality(Nullable(String)),
  team              LowCardinality(Nullable(String)),
  source            LowCardinality(Nullable(String)),
  assignee          LowCardinality(Nullable(String)),
  rule_id           LowCardinality(Nullable(String)),
  impact_started_at DateTime64(3, 'UTC'),
  opened_at         DateTime64(3, 'UTC'),
  acknowledged_at   Nullable(DateTime64(3, 'UTC')),
  mitigated_at      Nullable(DateTime64(3, 'UTC')),
  first_resolved_at Nullable(DateTime64(3, 'UTC')),
  resolved_at       Nullable(DateTime64(3, 'UTC')),
  resolved_by_kind  LowCardinality(Nullable(String)),
  closed_at         Nullable(DateTime64(3, 'UTC')),
  reopened_count    UInt32,
  dismiss_reason    LowCardinality(Nullable(String)),
  merged_into       Nullable(UInt64),
  alert_count       UInt32
) engine = {{engine:ReplacingMergeTree(revision)}}
order by incident_id
settings {{dedup_window:1000}}, fsync_after_insert = 1, fsync_part_directory = 1;
{{distributed:incident_fact:incident_id}};
