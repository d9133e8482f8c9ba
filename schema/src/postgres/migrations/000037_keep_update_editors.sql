-- Whoever rewrites an update has written it too: nobody approves their own words under another's name.
alter table stakeholder_update add column editors text[] not null default '{}';
