-- What somebody may do is remembered for seconds in every process. Whoever moves a right (this program, or a person at a
-- database prompt) tells: the payload is the person's id, and their cached rights and open sockets go.
create function tell_of_person() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'person' then
    perform pg_notify('tocsin_people', new.id::text);
  elsif tg_op = 'DELETE' then
    perform pg_notify('tocsin_people', old.person_id::text);
  else
    perform pg_notify('tocsin_people', new.person_id::text);
  end if;
  return null;
end $$;

create trigger person_moved after update of name, role, time_zone, is_active on person
  for each row execute function tell_of_person();
create trigger team_member_moved after insert or update or delete on team_member
  for each row execute function tell_of_person();
create trigger session_ended after update of revoked_at on session
  for each row execute function tell_of_person();
create trigger api_token_ended after update of revoked_at on api_token
  for each row execute function tell_of_person();
