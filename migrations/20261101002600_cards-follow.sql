-- Cards in the chat follow what was done elsewhere: a reminder done or moved in the app, a proposal decided there, a new
-- language. What has to be drawn anew is a row of stale_cards, written in the transaction that changed it, so that no
-- crash forgets one. The bot takes one card per chat at a time, in a send slot of the one limiter, and draws it as things
-- stand by then: drawing it twice does no harm. What was done in the chat itself was shown by its answer.
-- Lock order: limiter, then stale cards. since, taken_until: machine time.

create table if not exists public.stale_cards (
  telegram_id bigint not null,
  -- reminder: one that changed. open: one that only has to be said anew. plan: a proposal. chat: commands and menu button.
  kind text not null check (kind in ('reminder', 'open', 'plan', 'chat')),
  -- of the reminder or plan; 0 for chat
  subject_id bigint not null,
  since timestamptz not null default clock_timestamp(),
  tries smallint not null default 0,
  -- somebody draws it, or it is to be tried again then
  taken_until timestamptz,
  primary key (telegram_id, kind, subject_id)
);
create index if not exists stale_cards_since on public.stale_cards (since);

do $$
declare
  old record;
begin
  for old in select policyname from pg_policies where schemaname = 'public' and tablename = 'stale_cards' loop
    execute format('drop policy %I on public.stale_cards', old.policyname);
  end loop;
end
$$;
alter table public.stale_cards enable row level security;
revoke all on table public.stale_cards from public, anon, authenticated;

create or replace function public.note_stale_card(p_telegram_id bigint, p_kind text, p_subject_id bigint) returns void
  language sql set search_path = ''
  as $$
    insert into public.stale_cards (telegram_id, kind, subject_id) values (p_telegram_id, p_kind, p_subject_id)
      on conflict (telegram_id, kind, subject_id) do update set since = clock_timestamp(), tries = 0;
    select pg_notify('nudge_due', 'cards');
  $$;

create or replace function public.note_changed_reminder() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    if exists (select from public.scheduled_reminders
      where id = new.reminder_id and telegram_id = new.telegram_id and message_id is not null) then
      perform public.note_stale_card(new.telegram_id, 'reminder', new.reminder_id);
    end if;
    return null;
  end
  $$;
create or replace trigger reminder_events_stale_card after insert on public.reminder_events
  for each row when (new.reminder_id is not null and new.source in ('app', 'rest', 'events'))
  execute function public.note_changed_reminder();

create or replace function public.note_decided_plan() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    perform public.note_stale_card(new.telegram_id, 'plan', new.id);
    return null;
  end
  $$;
-- Decided before the chat noted which message shows it: stale as soon as that is known.
create or replace trigger engagement_plans_stale_card after update of status, message_id on public.engagement_plans
  for each row when (new.status <> 'draft' and new.message_id is not null
    and (old.status = 'draft' or old.message_id is distinct from new.message_id))
  execute function public.note_decided_plan();

-- Older open cards than the newest ten are further up than anybody scrolls.
create or replace function public.note_new_language() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    perform public.note_stale_card(new.telegram_id, 'chat', 0);
    perform public.note_stale_card(new.telegram_id, 'open', id)
      from (select id from public.scheduled_reminders
        where telegram_id = new.telegram_id and status = 'sent' and message_id is not null
        order by last_reminded_at desc nulls last limit 10) as shown;
    return null;
  end
  $$;
create or replace trigger users_stale_cards after update of language on public.users
  for each row when (new.language <> old.language)
  execute function public.note_new_language();

-- Hands out cards to draw, one per chat, each with its send slot:
-- [{"telegram_id", "kind", "subject_id", "since", "slot_in_ms"}]. Nothing while Telegram asked for a pause.
create or replace function public.claim_stale_cards(p_limit int) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    claim_horizon constant interval := interval '2 seconds'; -- only slots that start this soon are handed out
    lease constant interval := interval '30 seconds';
    most_in_chat constant int := 10; -- of a change of many, older ones scroll away
    limiter public.dispatch_limiter;
    slot timestamptz;
    card_slot timestamptz;
    slot_step interval;
    gap interval;
    card record;
    claimed jsonb := '[]'::jsonb;
  begin
    if not exists (select from public.stale_cards where taken_until is null or taken_until <= clock_timestamp()) then
      return claimed;
    end if;
    select * into limiter from public.dispatch_limiter where id = 'default' for update;
    slot := greatest(clock_timestamp(), limiter.next_slot_at, limiter.block_until);
    slot_step := make_interval(secs => ceil(1000000.0 / limiter.rate_per_second) / 1000000.0);
    gap := make_interval(secs => limiter.chat_gap_ms / 1000.0);
    delete from public.stale_cards as stale using (
      select telegram_id, kind, subject_id,
        row_number() over (partition by telegram_id order by since desc, subject_id desc) as nth
      from public.stale_cards where kind <> 'chat') as older
      where older.nth > most_in_chat and stale.telegram_id = older.telegram_id and stale.kind = older.kind
        and stale.subject_id = older.subject_id;
    for card in
      select stale.telegram_id, stale.kind, stale.subject_id, stale.since,
        (select chat.slot_at + gap from public.chat_slots as chat where chat.telegram_id = stale.telegram_id) as chat_free_at
      from public.stale_cards as stale
      where (stale.taken_until is null or stale.taken_until <= clock_timestamp())
        and not exists (select from public.stale_cards as sooner
          where sooner.telegram_id = stale.telegram_id
            and (sooner.taken_until is null or sooner.taken_until <= clock_timestamp())
            and (sooner.since, sooner.kind, sooner.subject_id) < (stale.since, stale.kind, stale.subject_id))
      order by stale.since limit p_limit for update of stale skip locked
    loop
      exit when slot >= clock_timestamp() + claim_horizon;
      card_slot := greatest(slot, case when limiter.chat_gap_ms > 0 then card.chat_free_at end);
      continue when card_slot >= clock_timestamp() + claim_horizon;
      update public.stale_cards set taken_until = clock_timestamp() + lease
        where telegram_id = card.telegram_id and kind = card.kind and subject_id = card.subject_id;
      claimed := claimed || jsonb_build_object('telegram_id', card.telegram_id, 'kind', card.kind,
        'subject_id', card.subject_id, 'since', card.since,
        'slot_in_ms', greatest(0, round(extract(epoch from card_slot - clock_timestamp()) * 1000))::int);
      if limiter.chat_gap_ms > 0 then
        insert into public.chat_slots as chat (telegram_id, slot_at) values (card.telegram_id, card_slot)
          on conflict (telegram_id) do update set slot_at = excluded.slot_at;
      end if;
      slot := slot + slot_step;
    end loop;
    if claimed <> '[]' then
      update public.dispatch_limiter set next_slot_at = slot where id = 'default';
    end if;
    return claimed;
  end
  $$;

-- The message to draw; null = there is none to draw: it is gone, it shows a list of several, or the chat has shown what
-- happened since.
create or replace function public.stale_card_message(p_telegram_id bigint, p_kind text, p_subject_id bigint) returns bigint
  language sql stable set search_path = ''
  as $$
    select case p_kind
      when 'plan' then (select plan.message_id from public.engagement_plans as plan
        where plan.id = p_subject_id and plan.telegram_id = p_telegram_id and plan.status <> 'draft')
      when 'chat' then 0
      else (select reminder.message_id from public.scheduled_reminders as reminder
        where reminder.id = p_subject_id and reminder.telegram_id = p_telegram_id
          and not exists (select from public.scheduled_reminders as other
            where other.telegram_id = p_telegram_id and other.message_id = reminder.message_id and other.id <> reminder.id)
          and case when p_kind = 'open' then reminder.status = 'sent' else (select event.source not in ('bot', 'worker')
            from public.reminder_events as event where event.reminder_id = reminder.id order by event.id desc limit 1) end)
      end
  $$;

-- What became of one: {"again_in_ms"?, "block_ms"?}; without again_in_ms it is over with. A card that changed once more
-- meanwhile stays to be drawn again.
create or replace function public.settle_stale_card(
  p_telegram_id bigint, p_kind text, p_subject_id bigint, p_since timestamptz, p_result jsonb
) returns boolean
  language plpgsql set search_path = ''
  as $$
  declare
    most_tries constant int := 5;
    card public.stale_cards;
  begin
    if (p_result ->> 'block_ms')::numeric > 0 then
      update public.dispatch_limiter set block_until = greatest(block_until,
        clock_timestamp() + make_interval(secs => (p_result ->> 'block_ms')::numeric / 1000.0)) where id = 'default';
    end if;
    select * into card from public.stale_cards
      where telegram_id = p_telegram_id and kind = p_kind and subject_id = p_subject_id for update;
    if not found then
      return false;
    elsif card.since <> p_since then
      update public.stale_cards set taken_until = null
        where telegram_id = p_telegram_id and kind = p_kind and subject_id = p_subject_id;
    elsif p_result ? 'again_in_ms' and card.tries + 1 < most_tries then
      update public.stale_cards set tries = tries + 1,
        taken_until = clock_timestamp() + make_interval(secs => (p_result ->> 'again_in_ms')::numeric / 1000.0)
        where telegram_id = p_telegram_id and kind = p_kind and subject_id = p_subject_id;
    else
      delete from public.stale_cards
        where telegram_id = p_telegram_id and kind = p_kind and subject_id = p_subject_id;
    end if;
    return true;
  end
  $$;

revoke all on function public.note_stale_card(bigint, text, bigint) from public, anon, authenticated;
revoke all on function public.note_changed_reminder() from public, anon, authenticated;
revoke all on function public.note_decided_plan() from public, anon, authenticated;
revoke all on function public.note_new_language() from public, anon, authenticated;
revoke all on function public.claim_stale_cards(int) from public, anon, authenticated;
revoke all on function public.stale_card_message(bigint, text, bigint) from public, anon, authenticated;
revoke all on function public.settle_stale_card(bigint, text, bigint, timestamptz, jsonb) from public, anon, authenticated;
grant execute on function public.claim_stale_cards(int) to project_admin;
grant execute on function public.stale_card_message(bigint, text, bigint) to project_admin;
grant execute on function public.settle_stale_card(bigint, text, bigint, timestamptz, jsonb) to project_admin;

insert into public.schema_versions (version, name) values ('20261101002600', 'cards-follow')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
