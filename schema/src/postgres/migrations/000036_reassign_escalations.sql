-- Who an incident is given to while nobody has it is called.
alter table escalation drop constraint escalation_reason_check;
alter table escalation add constraint escalation_reason_check
  check (reason in ('opened', 'reopened', 'unacknowledged', 'manual', 'automation', 'severity', 'reassignment'));
