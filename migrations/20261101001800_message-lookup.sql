-- Which reminder a message in chat was about, so that it can be answered by replying to it. Own rows only: the message id
-- comes from whoever asks, and the same number means other messages in other chats.

-- Null: no reminder of this person was delivered by that message, or it was a list of several.
create or replace function public.reminder_of_message(p_message_id bigint) returns bigint
  language plpgsql stable security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    found_ids bigint[];
  begin
    select array_agg(distinct attempt.reminder_id) into found_ids
    from public.delivery_attempts as attempt
    where attempt.telegram_id = me and attempt.message_id = p_message_id and attempt.outcome in ('sent', 'bundled');
    return case when cardinality(found_ids) = 1 then found_ids[1] end;
  end
  $$;

revoke all on function public.reminder_of_message(bigint) from public, anon, authenticated;
grant execute on function public.reminder_of_message(bigint) to authenticated;

insert into public.schema_versions (version, name) values ('20261101001800', 'message-lookup')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
