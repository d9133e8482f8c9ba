-- Who confirmed no contact is written to under the address of the account: a place like any other, for bundling and rates.
create index notification_waiting_account on notification (person_id, due_at)
  where state in ('waiting', 'sending') and person_id is not null and contact_id is null;
create index notification_sent_account on notification (person_id, sent_at desc)
  where state = 'sent' and person_id is not null and contact_id is null;
