# The mini-app's words in English. Verbs on buttons, "late" and never "overdue", no blame.

today = Today
late = Late
next-7-days = Next 7 days
from-the-link = From the chat
to-do = { $count } to do
to-do-and-done = { $count } to do, { $done } done
was = was { $when }
own-reminder = Your reminder

done = Done
snooze = Snooze
skip = Skip
cancel = Cancel
close = Close
undo = Undo
retry = Retry
try-again = Try again

draft = Draft
copy = Copy
copied = Copied
copy-failed = Copying is not possible here. Press and hold the text instead.
show-whole-draft = Show whole draft
show-less = Show less

action-type = { $type ->
    [email_outreach] Email
    [call] Call
    [linkedin_like] LinkedIn
    [linkedin_comment] LinkedIn
    [linkedin_connect] LinkedIn
    [linkedin_dm] LinkedIn
    [mutual_intro] Introduction
    [followup_message] Message
    [meeting_request] Meeting
   *[other] Step
}

did-complete = Done: { $name }
did-skip = Skipped: { $name }
did-cancel = Cancelled: { $name }
did-snooze = Snoozed to { $when }
did-with-next = { $what } · next { $when }
not-saved = Not saved: there is no answer from the server.
not-undone = Not undone: there is no answer from the server.
undo-both-open = Back again. The next step was already sent, so both stay open.

first-title = Who should not go cold?
first-text = Tell the bot about one lead in your own words. You get a plan, and the first step shows up here.
first-action = Add the first lead
first-or = Or bring what you have
first-forward = Forward a message to the bot

clear-title = That was all for today
clear-done = { $done } done, nothing late.
clear-title-quiet = Nothing for today
clear-next = The next one is on { $when }.
clear-none = Nothing waits in the next 7 days. Tell the bot about a lead, and it comes back here.

loading = Loading your reminders
stale-title = No connection
stale-text = As of { $when }. It is tried again by itself.
error-title = Your reminders did not load
error-text = Nudge’s server did not answer. Your reminders are not affected and go out on time.
over-title = Open Nudge again
over-text = This page has been open for a long time. Close it and open it from the chat, and it goes on where you were.
refused-title = This did not come from Nudge’s chat
refused-text = Telegram’s signature does not fit this bot. Close the page and open it from the bot’s own chat.
broken-title = Something went wrong on this page
broken-text = Your reminders are safe. Load the page again.
reload = Load again
outside-title = Nudge lives in Telegram
outside-text = Open it from its chat there, and you see your own reminders here.
outside-action = Open the chat
gone-title = This reminder is no longer here
gone-text = Perhaps its lead was deleted, or the link belongs to somebody else.
linked-completed = { $name }: this is already done.
linked-skipped = { $name }: you skipped this.
linked-cancelled = { $name }: this was cancelled.
linked-failed = { $name }: Telegram could not deliver this one. It comes back by itself.

# Around the pages.
calendar = Calendar
leads = Leads
insights = Insights
settings = Settings
new-reminder = New reminder
plan = Plan
sections = Sections
badge-late = late:
back = Back
loading-page = One moment
waits-for-connection = { $what }. Waits for the connection.
did-reschedule = Moved to { $when }
did-and-followed = { $what } · { $count ->
    [one] { $count } later step followed
   *[other] { $count } later steps followed
}

# One reminder.
more = More

## Later

# One reminder and refusals.
snooze-1h = In 1 hour
snooze-evening = This evening
snooze-tomorrow = Tomorrow
snooze-2days = In 2 days
snooze-monday = Next Monday
snooze-pick = Pick date and time
snooze-picked = Snooze until then
snooze-past = That moment has passed. Pick a later one.
snooze-note = { $zone } time. Quiet hours { $from } to { $to }.
snooze-note-awake = { $zone } time.
cancel-title = Cancel this reminder?
cancel-text = The other steps of this plan stay as they are.
cancel-confirm = Cancel the reminder
cancel-keep = Keep it
refused-INVITATION_TOO_LONG = A LinkedIn invitation must be under 200 characters. Shorten the draft or choose another channel.
refused-PLAN_CHANGED = The plan was changed meanwhile. Have a look at it and try again.
refused-STEP_CLOSED = This step is over: done, skipped or cancelled. It stays as it is.
refused-STEP_FIXED = What was sent, is over or has a time you picked keeps its place. Move or add the step further down.
refused-STEP_INVALID = A step can't be stored like that. It needs a text of up to 1,000 characters; a draft has 4,000 at most.
refused-STEP_IN_THE_WAY = A later step was already sent or has a time you picked, and no step may pass it. Choose an earlier time, or change that step first.
refused-STEP_NOT_FOUND = This plan has no such step any more.
refused-STEP_WITHOUT_DATE = This step has no date yet: it comes when the one before it is done.
refused-VERSION_NOT_FOUND = This version of the plan is no longer kept.
refused-ACTION_ID_INVALID = This could not be saved. Load the page again.
refused-ACTION_ID_REUSED = This was already saved as something else. Load the page again.
refused-ACTION_NOT_FOUND = There is nothing to undo any more.
refused-CLAIM_SIZE = That is not possible from here.
refused-DELAYS_DECREASE = A step cannot come before the one in front of it.
refused-ILLEGAL_MOVE = This reminder cannot change that way any more.
refused-INSTANT_OUT_OF_RANGE = Pick a moment between now and three years ahead.
refused-LEAD_BIN_OVER = This lead was deleted more than seven days ago, so it can’t come back.
refused-LEAD_CLOSED = This lead was closed meanwhile. Open it again first.
refused-LEAD_FIELD_INVALID = This cannot be stored about a lead. Please check it.
refused-LEAD_FIELD_TOO_LONG = That is too long: 200 characters at most, 4,000 for notes.
refused-LEAD_LIMIT = 500 leads are the limit. Delete some that are over.
refused-LEAD_NAME_MISSING = The lead needs a name.
refused-LEAD_NOT_FOUND = This lead is no longer here.
refused-NOTES_FULL = The notes of this lead are full: they hold 4,000 characters. Shorten them first.
refused-NOTE_EMPTY = There are no words in this note yet.
refused-NOT_A_PERSON = Open Nudge from Telegram again.
refused-PLANNING_ALREADY = A plan for this lead is being written already.
refused-PLANNING_NOT_FOUND = This planning is over.
refused-PLAN_ENDED = This plan has ended. Ask the bot for a new one.
refused-PLAN_LIMIT = 20 new plans a day are the limit. Tomorrow it goes on.
refused-PLAN_NOT_FOUND = This plan is no longer here.
refused-PLAN_REPLACED = A newer plan has replaced this one.
refused-PLAN_RUNNING = A plan is already running for this lead.
refused-PLAN_SIZE = A plan has 3 to 10 steps.
refused-REMINDER_CLOSED = This reminder is closed already.
refused-REMINDER_LIMIT = 200 new reminders a day are the limit. Tomorrow it goes on.
refused-REMINDER_NOT_FOUND = This reminder is no longer here.
refused-SCHEDULE_INCOMPLETE = One step has no date yet.
refused-STEPS_OUT_OF_ORDER = A step would come before the one in front of it.
refused-STEP_TAKEN = Another open reminder holds this step now.
refused-TITLE_INVALID = A reminder needs a few words, up to 1,000 characters.
refused-TRAY_GONE = This list is no longer here.
refused-UNDO_IMPOSSIBLE = This cannot be undone.
refused-UNDO_SUPERSEDED = Something newer happened to this reminder, so it stays.
refused-UNDO_TOO_LATE = Undo works for 24 hours; this was earlier.
refused-ZONE_UNKNOWN = This time zone is not known here.
plan-gone-title = This plan is no longer here
plan-gone-text = Perhaps its lead was deleted, or the link belongs to somebody else.
see-all-leads = See all leads
skip-title = Skip this step?
skip-answered = They already answered
skip-not-now = Not a good moment
skip-not-fitting = It does not fit any more
skip-reason = Another reason, for your notes
skip-without-reason = Skip without a reason
too-long = { $over } characters too many: { $limit } are the limit.
room-left = { $left } characters left
copy-draft = Copy the draft
share-draft = Send the draft to a chat
open-lead = Open the lead

# Calendar
calendar-before = Month before
calendar-after = Next month
calendar-load = { $open ->
    [0] { $done ->
        [0] nothing
       *[other] { $done } done
    }
   *[other] { $open } to do{ $late ->
        [0] {""}
       *[other] , { $late } late
    }{ $done ->
        [0] {""}
       *[other] , { $done } done
    }
}
calendar-count = { $open ->
    [0] { $done } done
   *[other] { $open } to do{ $done ->
        [0] {""}
       *[other] , { $done } done
    }
}
calendar-done = done
calendar-day-off = not a working day
calendar-clock-change = clocks change
calendar-forward = Clocks go forward at { $at }. Your hours stay the same.
calendar-back = Clocks go back at { $at }. Your hours stay the same.
calendar-free = Nothing on this day.
calendar-free-today = Nothing more today.
calendar-clash = { $count ->
    [2] Two
    [3] Three
    [4] Four
   *[other] { $count }
} at { $at }
calendar-spread = Spread out
calendar-no-room = There is no room after these on this day. Move one of them to another day.
calendar-did-spread = Spread out: { $count } reminders
calendar-move = Move { $name }
calendar-carrying = Where to with { $name }? Choose a day.
calendar-carry-end = Leave it there
calendar-move-title = Move
calendar-move-to = New date and time
calendar-move-do = Move to { $when }
calendar-move-day-off = That is not a working day. It would reach you { $when }.
calendar-move-quiet = That is in your quiet hours. It would reach you { $when }.
calendar-move-anyway = { $when } all the same
calendar-stale = These are the last reminders that were read. It is tried again by itself.

# Insights
insights-empty-title = Nothing to draw yet
insights-empty-text = Once you have done your first steps, you see here what works.
insights-period = Which weeks
insights-period-month = 4 weeks
insights-period-two-months = 8 weeks
insights-period-year = This year
insights-weeks-best = { $done } done last week, your best so far
insights-weeks-more = { $done } done last week, more than the week before
insights-weeks-fewer = { $done } done last week, fewer than the week before
insights-weeks-same = { $done } done last week, as many as the week before
insights-weeks-first = { $done } done this week, a beginning
insights-weeks-none = Nothing done in these weeks
insights-weeks-sub = Reminders by week, Monday to Sunday
insights-week = Week of
insights-sent = Sent
insights-done = Done
insights-snoozed = Snoozed
insights-skipped = Skipped
insights-as-table = As a table
insights-streak = { $count ->
    [0] Done today starts a new row of days
    [one] 1 working day in a row
   *[other] { $count } working days in a row
}
insights-longest = Longest: { $count }
insights-day-done = done
insights-day-missed = something waited
insights-day-free = nothing waited
insights-day-open = still open
insights-funnel-half = Half of your leads have answered
insights-funnel = { $share } % of your leads have answered
insights-funnel-sub = Leads that got at least this far
insights-new = New
insights-reached_out = Reached out
insights-in_progress = In progress
insights-meeting_booked = Meeting
insights-closed_won = Won
insights-lost = { $count ->
    [one] 1 lead is lost now.
   *[other] { $count } leads are lost now.
}
insights-answers-best = { $name }: the most answers
insights-answers-none = No answers in these weeks
insights-answers-sub = Answers for every 100 steps done
insights-answers-by = Grouped by
insights-by-channel = By channel
insights-by-step = By step
insights-step = Step { $step }
insights-of = { $answered } of { $done }
insights-channel-call = Call
insights-channel-email = Email
insights-channel-linkedin = LinkedIn
insights-channel-introduction = Introduction
insights-channel-message = Message
insights-channel-meeting = Meeting
insights-channel-other = Other
