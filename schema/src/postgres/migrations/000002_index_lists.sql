-- What the lists, facets and tiles of the API read.

create index incident_by_severity on incident (severity, opened_at desc, id desc);
create index incident_by_resolved on incident (resolved_at desc) where resolved_at is not null;
create index alert_by_severity on alert (severity, starts_at desc, id desc);
create index alert_by_service on alert (service, starts_at desc) where service is not null;
create index delivery_by_last_receipt on delivery (integration_id, last_received_at desc);
create index event_received on event (recorded_at desc) where kind = 'alerts.received';
