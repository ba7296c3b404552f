# The mini-app's words in English. Verbs on buttons, "late" and never "overdue", no blame.

today = Today
late = Late
next-7-days = Next 7 days
from-the-link = From the chat
to-do = { $count } to do
to-do-and-done = { $count } to do, { $done } done
was = was { $when }
waiting = Waiting to be sent
own-reminder = Your reminder
paused = They answered
waits-for-them = Waits: they answered · was { $when }
go-on = How does it go on?
long-date = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}, { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}

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
did-with-late = { $what } · still open, { $late }
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
stale-text = as of { $when }
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
why-now = Why now?

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
refused-EXECUTION_NOT_FOUND = This run of the job is not there. It may have been cleared away.
refused-EXECUTION_OPEN = This run has not ended yet.
refused-JOB_BUILT_IN = This is part of Nudge itself, so that can’t be done with it.
refused-JOB_CLOSED = This job has ended, so it can’t change any more.
refused-JOB_INVALID = This job can’t be stored like that.
refused-JOB_NOT_FOUND = This job is not among those of your teams.
refused-ROLE_NEEDED = Only owners and admins of the team may do that.
refused-RECURRING_ENDED = This repeating reminder has ended. Set a new one.
refused-RECURRING_LIMIT = 100 repeating reminders are the limit. End some first.
refused-RECURRING_NOT_FOUND = This repeating reminder is no longer here.
refused-RULE_INVALID = It can’t repeat by this rule. Say it like: every Monday at 9:00.
refused-VERSION_NOT_FOUND = This version of the plan is no longer kept.
refused-ACTION_ID_INVALID = This could not be saved. Load the page again.
refused-ACTION_ID_REUSED = This was already saved as something else. Load the page again.
refused-ACTION_NOT_FOUND = There is nothing to undo any more.
refused-CLAIM_SIZE = That is not possible from here.
refused-DELAYS_DECREASE = A step cannot come before the one in front of it.
refused-DELETE_UNCONFIRMED = Nothing was deleted: the confirmation is missing.
refused-SETTINGS_INVALID = That can’t be stored. At least one hour of the day must not be quiet, and one day must be a working day.
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
insights-free-days = On the pale days nothing was due: they are no gap.
insights-longest = Longest: { $count }
insights-day-done = done
insights-day-missed = something waited
insights-day-free = nothing waited
insights-day-open = still open
insights-funnel-half = Half of your leads have answered
insights-funnel = { $share }% of your leads have answered
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

# Leads
lead = Lead
leads-search = Name, company or note
leads-search-label = Search leads
leads-filter = Show
leads-sort = Order
leads-first-title = Who should not go cold?
leads-first-text = Add one lead in your own words. You get a plan, and each step comes to you on its day.
leads-none-title = Nobody here
leads-none-search = No lead says “{ $what }” in a name, a company, a contact or a note.
leads-none-filter = No lead is in this group right now.
leads-show-all = Show all leads
lead-status = { $type ->
    [new] New
    [reached_out] Reached out
    [in_progress] In progress
    [meeting_booked] Meeting
    [closed_won] Won
   *[closed_lost] Lost
}
lead-filter = { $type ->
    [all] All
    [late] Late
    [new] New
    [reached_out] Reached out
    [in_progress] In progress
    [meeting_booked] Meeting
    [closed_won] Won
    [closed_lost] Lost
   *[bin] Bin
}
lead-sort = { $type ->
    [next] Next up first
    [name] By name
   *[added] Newest first
}
lead-progress = { $done } of { $count } steps done
lead-next = { $when } · { $what }
lead-next-late = { $when } · { $what }
lead-has-draft = A plan waits for your yes
lead-no-plan = No plan yet
lead-nothing-open = Nothing open
lead-in-bin-since = Deleted { $when }
lead-add = Add a lead
lead-describe = Who is it?
lead-describe-hint = Paste a signature, a profile or a message, or say it in your own words
lead-read = Read it
lead-read-none = No person or company was found in this text. Add a name, or fill in the fields yourself.
lead-several = Several people are in this text. Whom do you want to add?
lead-by-hand = Fill in the fields
lead-understood = Have a look at what was understood
lead-save = Save and plan
not-read = Not read: there is no answer from the server. Your text is still here.
not-accepted = That was not accepted. Have a look at the fields and try again.
did-add-lead = Added: { $name }
import = Import leads
import-short = From a table (CSV)
import-text = From a spreadsheet or another program. The first line names the columns: name, company, email, phone, notes.
import-choose = Choose a file
import-paste = Or paste the table
import-paste-hint = name, company, email
import-pasted = Pasted table
import-look = Have a look first
import-not-read = Not read: there is no answer from the server. The table is still here.
import-not-stored = There is no answer from the server. Try again: nothing is stored twice.
import-unreadable = This file cannot be read. Choose it again.
import-too-large = This table is larger than 1,024 kB. Import it in parts.
import-empty = This table has no rows below its heading.
import-no-heading = The first line must name the columns, for example: name, company, email, phone, notes.
import-broken = This table cannot be read: a quote in it never ends. Export it anew as CSV.
import-too-many = This table has more than 1,000 rows. Import it in parts; there can be 500 leads.
import-nobody = No line of this table names anybody. Each lead needs a name, a company or an email.
import-new = { $count ->
    [0] No new lead is in this table.
    [one] { $count } new lead
   *[other] { $count } new leads
}
import-alike = { $count ->
    [one] { $count } may be there already and is left out
   *[other] { $count } may be there already and are left out
}
import-repeated = { $count ->
    [one] { $count } row says the same as another
   *[other] { $count } rows say the same as others
}
import-over-limit = { $count ->
    [one] { $count } does not fit: there can be 500 leads
   *[other] { $count } do not fit: there can be 500 leads
}
import-nameless = Lines that name nobody are left out: { $lines }
import-unknown-columns = Unknown columns go into the notes: { $columns }
import-nothing-yet = Nothing is stored yet.
import-store = { $count ->
    [one] Import { $count } lead
   *[other] Import { $count } leads
}
import-other = Another table
did-import = { $count ->
    [0] No new lead was stored
    [one] { $count } lead is stored
   *[other] { $count } leads are stored
}
field = { $type ->
    [name] Name
    [company] Company
    [title] Role
    [emails] Email
    [phones] Phone
    [links] Links
    [handles] Telegram
    [zone] Time zone
   *[notes] Notes
}
field-guessed = A guess; change it if it is wrong.
field-name-missing = The lead needs a name.
field-email-wrong = “{ $what }” is no email address.
field-phone-wrong = “{ $what }” is no phone number.
field-link-wrong = “{ $what }” is no address of a page.
field-zone-wrong = This place is not known. Try a large city nearby.
field-zone-hint = A city, such as Lisbon
same = { $type ->
    [email] email
    [phone] phone number
    [handle] Telegram name
    [page] profile page
   *[who] name and company
}
duplicate-title = { $name } is there already
duplicate-text = The same { $what }.
duplicate-open = Open

# Lead
lead-clock = { $zone }, { $when } now
lead-edit = Edit
lead-remind = Set a reminder
lead-reminders = Reminders beside the plan
lead-delete = Delete
lead-delete-title = Delete this lead?
lead-delete-text = Its open reminders end. For seven days it stays in the bin and can be brought back with them.
lead-delete-confirm = Delete the lead
lead-delete-keep = Keep it
lead-in-bin = In the bin
lead-in-bin-text = { $count ->
    [0] Its last day: then it is gone for good.
    [one] It can be brought back for one more day.
   *[other] It can be brought back for { $count } days.
}
lead-restore = Bring it back
lead-paused = They answered, so its reminders wait
lead-paused-text = Nothing comes until you say how it goes on: resume, or start a new plan.
lead-resume = Resume
lead-gone-title = This lead is no longer here
lead-gone-text = Perhaps it was deleted, or the link belongs to somebody else.
did-set-status = { $name }: { $type ->
    [new] new
    [reached_out] reached out
    [in_progress] in progress
    [meeting_booked] meeting booked
    [closed_won] won
   *[closed_lost] lost
}
did-end-reminders = { $what } · { $count ->
    [one] 1 reminder ended
   *[other] { $count } reminders ended
}
did-update-lead = Saved: { $name }
did-add-note = Note added
did-delete-lead = Deleted: { $name }
did-resume-lead = Goes on: { $name }
did-restore-lead = Back again: { $name }
did-restore-reminders = { $what } · { $count ->
    [one] with 1 reminder
   *[other] with { $count } reminders
}
status = Status
status-note = { $count ->
    [one] Won and lost end the open reminder of this lead. Undo brings it back.
   *[other] Won and lost end the { $count } open reminders of this lead. Undo brings them back.
}
contact = Contact
contact-kind = { $type ->
    [email] Email
    [phone] Call
    [linkedin] LinkedIn
    [link] Page
   *[message] Message
}
copy-what = Copy { $what }
add = Add
save = Save
notes = Notes
notes-none = Nothing noted yet.
notes-edit = Edit the notes
note-add = Add a note
done-what = { $done }: { $what }
plan-progress = { $done } of { $count } steps done
plan-steps = { $count } steps
plan-none = No plan is running.
plan-change = Change the plan
plan-make = Make a plan
plan-make-note = Anything that helps: how you met, what they need, what was said last.
plan-flight = See when everything arrives
plan-pace = Pace
plan-pace-name = { $type ->
    [fixed_dates] Fixed dates
   *[after_previous] One after the other
}
plan-pace-text = { $type ->
    [fixed_dates] Every step has its date from the start
   *[after_previous] A step gets its date when you finish the one before
}
plan-versions = Earlier versions
versions-none = This plan was not changed yet.
versions-failed = The versions did not load. Close this and try again.
version-reason = { $type ->
    [created] As it was made
    [edit_step] A step changed
    [add_step] A step added
    [remove_step] A step removed
    [move_step] Steps in another order
    [set_plan_pace] Another pace
    [revert_plan] Back to a version
   *[undo] Undone
}
version-revert = Back to this
draft-plan = Proposed plan
draft-simulate = See when everything would arrive
draft-start = Start
draft-discard = Discard
draft-swap = Take this one
draft-keep-old = Keep the old
compare = Before and after
compare-kind = { $type ->
    [past] Stays as it happened:
    [kept] Stays:
    [changed] Changes:
    [added] New:
   *[removed] Goes:
}
compare-draft = other draft
replan = Re-plan
replan-news = What is new?
replan-hint = She asked for prices, and decides in November
replan-note = You see the new plan beside the old one first. Nothing changes before you say so, and what is done is not repeated.
replan-send = Propose a new plan
planning-title = A plan is being written
planning-text = That takes some seconds. You may close this; it will be here and in the chat.
planning-refused = There will be no plan this time; the chat says why. Close this and try again later.
planning-leave = Close
did-start-plan = The plan has started
did-start-plan-first = The plan has started · first { $when }
did-discard-plan = Discarded
did-edit-plan = { $type ->
    [edit_step] Step changed
    [add_step] Step added
    [remove_step] Step removed
    [move_step] Order changed
    [set_plan_pace] Pace changed
   *[revert_plan] Earlier version is back
}
step-number = Step { $count }
step-waits = After the step before it
step-state = { $type ->
    [done] Done
    [skipped] Skipped
    [cancelled] Cancelled
    [failed] Telegram could not deliver it
   *[open] Open
}
step-move = Move
step-edit = Edit the step
step-add = Add a step
step-add-after = Add a step after this one
step-earlier = Earlier in the plan
step-later = Later in the plan
step-remove = Remove the step
step-what = What to do
step-channel = How
step-day = Day of the plan
step-day-hint = Counted from the plan’s start; 0 is at once.
step-draft = Draft
step-needs-words = Say in a few words what to do.
step-invitation-long = A LinkedIn invitation must be under 200 characters. Shorten the draft or choose another channel.
step-day-wrong = The day is a whole number from 0 to 365.
step-type = { $type ->
    [linkedin_like] LinkedIn: like
    [linkedin_comment] LinkedIn: comment
    [linkedin_connect] LinkedIn: invitation
    [linkedin_dm] LinkedIn: message
    [email_outreach] Email
    [call] Call
    [mutual_intro] Introduction
    [followup_message] Message
    [meeting_request] Meeting
   *[other] Something else
}
trigger = { $type ->
    [manual] started by you
    [interested_reply] moved up by their reply
    [pdf_download] moved up by a download
   *[wizard_step3] moved up by a form they filled in
}
trigger-cadence = after step { $count }
trigger-other = moved up by: { $what }
activity = Activity
activity-all = Show all
activity-undone = { $what } (undone)
activity-line = { $type ->
    [create_lead] Lead added
    [set_lead_status] Status: { $name }
    [update_lead] Lead edited
    [add_note] Note added
    [delete_lead] Deleted
    [restore_lead] Brought back
    [pause_lead] Answered: reminders wait
    [resume_lead] Goes on
    [propose_plan] A plan was proposed
    [request_plan] A plan was asked for
    [accept_plan] Plan started
    [replan] { $count ->
        [one] 1 step of the old plan ended
       *[other] { $count } steps of the old plan ended
    }
    [discard_plan] Plan discarded
    [edit_step] Step changed
    [add_step] Step added
    [remove_step] Step removed
    [move_step] Order of steps changed
    [set_plan_pace] Pace changed
    [revert_plan] Back to an earlier version of the plan
    [complete] Done
    [completed] Done
    [skip] Skipped
    [skipped] Skipped
    [cancel] Cancelled
    [cancelled] Cancelled
    [snooze] Snoozed to { $when }
    [reschedule] Moved to { $when }
    [rebase] { $count ->
        [one] A step moved
       *[other] { $count } steps moved
    }
    [shift] { $count ->
        [one] A later step followed
       *[other] { $count } later steps followed
    }
    [settings] Moved to your new hours
    [create] Reminder set for { $when }
    [promote] The step’s turn came
    [sent] { $count ->
        [1] Reminded
        [2] Reminded, second time
        [3] Reminded, third time
       *[other] Reminded, time { $count }
    }
    [close_lead] { $count ->
        [one] Reminder ended
       *[other] { $count } reminders ended
    }
   *[other] Changed
}

# Moving a step
rebase-title = Move the rest of the plan?
rebase-title-last = Move this step?
rebase-from-to = { $name }: { $from } to { $to }
rebase-how = How later steps move
rebase-mode = { $type ->
    [keep_gaps] Keep gaps
    [keep_dates] Keep dates
   *[squeeze] Squeeze
}
rebase-ends = ends { $when }
rebase-text-gaps = Later steps keep their distance
rebase-text-gaps-days = { $count ->
    [0] No later step changes its day
    [one] Every later step moves 1 day
   *[other] Every later step moves { $count } days
}
rebase-text-gaps-earlier = { $count ->
    [one] Every later step comes 1 day earlier
   *[other] Every later step comes { $count } days earlier
}
rebase-text-dates = { $count ->
    [0] No other step moves
    [one] Only one later step moves
   *[other] { $count } later steps move up behind it
}
rebase-text-dates-one = Only “{ $name }” moves, to { $when }
rebase-text-squeeze = Shorter gaps, same last day
rebase-chart = { $count ->
    [one] One step before and after.
   *[other] { $count } steps before and after.
}
rebase-step = Step
rebase-before = Before
rebase-after = After
rebase-to = becomes
rebase-note = Order stays as it is. { $zone } time.
rebase-note-clock = Order stays as it is. All at { $when }, { $zone } time.
rebase-limited = It cannot come before the step in front of it.
rebase-move = { $count ->
    [0] Nothing moves
    [one] Move 1 step
   *[other] Move { $count } steps
}
rebase-failed = The plan did not load. Close this and try again.
rebase-gone = This step is no longer open.
did-rebase = { $count ->
    [one] 1 step moved
   *[other] { $count } steps moved
}
move-weeks = { $count ->
    [one] In 1 week
   *[other] In { $count } weeks
}
move-to = Move to { $when }
move-quiet = That is in your quiet hours or on a day off. It comes all the same, because you picked it.

# Flight simulator
flight-title = The next { $count } days
flight-span = { $count ->
    [one] 1 message: { $from }.
   *[other] { $count } messages from { $from } to { $to }.
}
flight-shifted = { $count ->
    [0] None was shifted,
    [one] 1 was shifted,
   *[other] { $count } were shifted,
}
flight-meeting = { $count ->
    [0] none collides.
    [one] 1 collides with another reminder.
   *[other] { $count } collide with other reminders.
}
flight-none = Nothing of this plan is still to come.
flight-grid-label = { $count } days: { $done } messages, { $what } nights with a clock change, { $to } days off.
flight-hours-label = The hours of your day. Quiet from { $from } to { $to }.
flight-moved = { $from } moved to { $to }
flight-legend = { $type ->
    [message] Message
    [clocks] Clocks change
   *[off] Day off
}
flight-your-time = Your time, { $zone }
flight-their-time = Their time, { $zone }
flight-shift-quiet_hours = { $when } falls in your quiet hours
flight-shift-day_off = { $when } is a day off
flight-shift-clock_change = The clocks skip the usual hour that night
flight-shift-spacing = A quarter of an hour after the step before it
flight-shift-paused = { $when } falls into your pause
flight-collides = Close to: { $name }
flight-night-there = { $when } is no time for a call there
flight-clocks = { $when }, { $from } becomes { $to } in { $zone }.
flight-same-clock = From then on { $zone } has your time.
flight-ahead = { $count ->
    [one] From then on { $zone } is { $what } hour ahead of you.
   *[other] From then on { $zone } is { $what } hours ahead of you.
}
flight-behind = { $count ->
    [one] From then on { $zone } is { $what } hour behind you.
   *[other] From then on { $zone } is { $what } hours behind you.
}
flight-beyond = Later messages are in the list, not in the drawing.
flight-pace = Each step waits until you finish the one before. These dates hold if you finish every step on its day.
flight-start = Start this plan
flight-change = Change

# New reminder
new-what = What, and when?
new-example = Call Anna tomorrow at 9
new-hint = In your own words. What was understood stands below before it is saved.
new-understood = What was understood
new-when = { $date }, { $time } · { $zone } time
new-what-for = And what for?
new-create = Remind me
new-did = Reminder set for { $when }
new-away = Without a connection the words cannot be read. Pick the time below.
new-pick-when = Or pick when
new-for = For
new-for-me = Myself
new-lead-gone = This lead is closed or no longer here. The reminder would be for yourself.
repeat-not = Comes once
repeat-unread = This could not be read
repeat-next-times = The next times
repeat-then = And again { $when }.
repeat-paused = Paused. It does not come until you resume it.
repeat-ended = Ended. It does not come any more.
repeat-skip = Leave out this time
repeat-change = Change all times
repeat-pause = Pause
repeat-resume = Resume
repeat-end = End it
repeat-new-times = When from now on?
repeat-example = Every Monday at 9
repeat-once = That comes once. Say something that comes again, such as “every Monday at 9”.
repeat-away = Without a connection the words cannot be read.
repeat-save = Save for all times
repeat-did-create = Set: it comes again and again
repeat-did-change = Changed for all times from now on
repeat-did-pause = Paused
repeat-did-resume = It goes on
repeat-did-end = Ended
new-range = It comes at the beginning of that time.
new-suggested = This is a guess. Look whether it is what you meant.
new-kept = That is outside your usual hours. It comes all the same, because you said so.
new-arrives = That is outside your usual hours. It would reach you { $when }.
new-refused-empty = When? For example “{ $hint }”.
new-refused-not_understood = When? For example “{ $hint }”.
new-refused-too_long = That is too long to find a time in. Pick it below.
new-refused-partial = “{ $part }” is not clear enough. Try “{ $hint }”.
new-refused-vague = “{ $part }” names no moment. Try “{ $hint }”.
new-refused-ambiguous = “{ $part }” can mean two things. Which one?
new-refused-contradiction = “{ $part }” does not fit together. Try “{ $hint }”.
new-refused-no_such_time = “{ $part }” does not exist. Try “{ $hint }”.
new-refused-past = “{ $part }” has passed. Try “{ $hint }”.
new-refused-too_far = “{ $part }” is too far away. Pick a moment within three years.
new-refused-zone_named = Times are read on your own clock. Leave the zone out.
new-refused-recurring = “{ $part }” repeats, and here one moment is needed. Try “{ $hint }”.
new-refused-too_often = “{ $part }” is more often than once a day. Try “{ $hint }”.

# Settings.
settings-when = When
settings-when-note = Reminders of plans come at your usual hour, on working days, outside quiet hours. A time you picked yourself is kept.
settings-how = How much
settings-how-note = During a pause nothing is sent. What falls due meanwhile waits and comes afterwards, oldest first.
settings-saved = Saved
settings-moved = { $what } · { $count ->
    [one] { $count } step moved
   *[other] { $count } steps moved
}
zone = Time zone
zone-text = Every time here and in the chat is on these clocks.
zone-search = City or offset, such as Lisbon or UTC+3
zone-none = No zone is called that. Try the next large city.
zone-differs = Your phone is on { $zone } time
zone-follows = Reminders follow { $zone }, { $offset }.
zone-use = Use { $zone }
zone-stay = Stay on { $zone }
zone-taken = Reminders follow { $zone } now
usual-hour = Usual hour
usual-hour-note = Steps that have only a date come at this time.
quiet-hours = Quiet hours
quiet-hours-note = Nothing is sent in these hours; it comes when they end.
quiet-from = From
quiet-to = To
quiet-never = No quiet hours
quiet-all-day = At least one hour of the day must not be quiet.
from-to = { $from } to { $to }
working-days = Working days
every-day = Every day
none = None
off = Off
time-missing = Pick a time.
digest = Morning digest
digest-at = Digest at
digest-note = One message in the morning with what the day holds.
pause = Pause everything until
pause-text = Nothing is sent until then. What falls due meanwhile comes afterwards, oldest first.
pause-tomorrow = Tomorrow
pause-3-days = In 3 days
pause-week = In a week
pause-2-weeks = In two weeks
pause-until = Pause until { $when }
pause-saved = Paused until { $when }
pause-over = Going on
paused-title = Paused until { $when }
paused-text = Nothing is sent until then. You can still do things here.
resume-now = Resume now
language = Language
my-data = My data
export = Export
export-formats = CSV, JSON, calendar
export-text = Leads, plans, reminders and what happened, as one file.
export-way = Where to
export-to-chat = Into the chat
export-download = Download
export-csv = Table (CSV)
export-json = Everything (JSON)
export-ics = Calendar (ICS)
exported-chat = The file is in the chat
exported-download = Downloaded
export-failed = The file could not be made. Try again in a moment.
one-moment = One moment
delete = Delete my data
delete-text = All leads, plans, reminders, notes and settings are deleted at once, here and in the chat. Nothing brings them back. Export them first if you may need them.
delete-type = Type { $word } to go on
delete-word = DELETE
delete-confirm = Delete everything
delete-keep = Keep my data
delete-failed = Nothing was deleted: the server did not answer. Try again.
deleted-title = Everything is deleted
deleted-text = Nudge knows nothing of you any more. Press Start in the chat whenever you want to begin again.
privacy = Your leads are seen by you alone. Plans may be written by a language model, which gets what you wrote about a lead and nothing else. Deleting removes all of it at once.

# Why now?
why-due = It was due { $when }.
why-coming = It comes { $when }.
why-got-it = Got it
why-hours = My hours
why-loading = Looking it up
why-plan = { $days ->
    [0] Rule: at once
    [one] Rule: { $days } day after the start
   *[other] Rule: { $days } days after the start
}
why-plan-text = Step { $step } of the plan from { $start }
why-own = You asked for it
why-own-text = A reminder of your own, made { $when }
why-trigger = It came forward
why-trigger-text = { $by ->
    [interested_reply] There was a reply, { $when }
    [cadence] The step before it was done
    [pdf_download] The document was opened, { $when }
   *[other] Because of “{ $by }”, { $when }
}
why-day = { $from } became { $to }
why-day-text = The first day is not one of your working days
why-usual-hour = At { $clock }, your usual hour
why-usual-hour-text = { $zone } time
why-picked = At { $clock }, the minute you picked
why-picked-text = A picked time is kept, whatever the hours say
why-picked-quiet = In your quiet hours, because you picked it
why-snoozed = Snoozed to { $when }
why-snoozed-text = { $times ->
    [one] Once so far
   *[other] { $times } times so far
}
why-moved = Moved to { $when }
why-moved-text = It was { $from }
why-hours-moved = Your new hours made it { $when }
why-followed = It followed the step before, to { $when }
why-held-window = Held until your hours begin
why-held-window-text = It fell into quiet hours or a day off
why-held-parked = Held back for a while
why-held-parked-text = Nothing is sent during a pause or while the chat cannot be reached
why-held-retry = Sent again
why-held-retry-text = Telegram did not take the first message
why-asked-again = { $times ->
    [one] Asked once so far
   *[other] Asked { $times } times so far
}
why-asked-again-text = The last time { $when }
why-failed = The history did not load. What is here is known from the reminder itself.

# Jobs of a team.
team = Your team
jobs = Jobs
jobs-note = What runs in the background, and whether it goes well.
jobs-which = Which jobs
jobs-open = Running
jobs-ended = Ended
jobs-trouble = Needs a look
jobs-planned = Planned
jobs-loops = Always running
jobs-none-open = No jobs
jobs-none-open-text = Nothing runs in the background of your team.
jobs-none-ended = Nothing has ended
jobs-none-ended-text = Jobs that are completed or cancelled stand here.
job-name-sweep = Taking back unfinished sends
job-name-retention = Deleting old records
job-name-watchdog = Watch over everything
job-name-recurring = Repeating reminders
job-name-digests = Morning summaries
job-name-loop-dispatch = Sending reminders
job-name-loop-promotion = Bringing next steps forward
job-name-loop-planning = Writing plans
job-name-loop-jobs = Running jobs
job-next = Next run
job-last-run = Last run: { $how }
job-state = State
job-state-next = next run { $when }
job-state-loop-alive = running, last sign of life { $ago } ago
job-state-loop-silent = no sign of life for { $ago }
job-state-loop-unheard = no sign of life yet
job-state-paused = paused
job-state-waits-for-event = runs when its event comes
job-state-under-way = under way
job-state-completed = completed
job-state-failed = failed for good
job-state-cancelled = cancelled for good
job-run-pending = waiting
job-run-running = running
job-run-success = done
job-run-failed = failed
job-run-timeout = took too long
job-run-cancelled = stopped
job-run-skipped = left out
job-facts = About this job
job-schedule = Schedule
job-zone = { $zone } time
job-went-well = Went well
job-of = { $successes } of { $executions }
job-takes = It usually takes { $average }
job-takes-most = 19 of 20 runs took at most { $p95 }. Drawn: the last { $count }.
job-runs = Last runs
job-runs-none = It has not run yet.
job-took = took { $took }
job-attempts = { $count } attempts
job-log = Log
job-log-empty = It wrote no log.
job-log-failed = The log did not load.
job-run-now = Run now
job-pause = Pause
job-resume = Resume
job-retry = Try again
job-did-run = Started
job-did-pause = Paused
job-did-resume = Resumed
job-did-retry = It is tried again
job-resident = It runs all the time and cannot be paused.
job-members-look = Owners and admins of the team can run, pause and resume it.
job-gone = This job is gone
job-gone-text = It was removed, or it belongs to another team.
