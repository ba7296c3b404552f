# Everything the bot says, in English. Same names and variables as ru.ftl; a test compares the two.

## Buttons
button-done = Done
button-snooze = Snooze ▸
button-skip = Skip
button-cancel = Cancel
button-back = ◂ Back
button-undo = Undo
button-accept = Accept
button-discard = Discard
button-open-app = Open in app

## Commands, descriptions, menu
command-start = Begin, or begin again
command-today = Late, today and next
command-reminders = All open reminders
command-remind = Set a reminder in your own words
command-zone = Set your time zone
command-settings = Hours, days off, language, pause
command-export = All your data as a file
command-privacy = What I keep about you
command-delete_me = Delete everything of yours
command-cancel = Leave an open question
command-help = What I can do
bot-description = Tell me about a lead in your own words. I write a follow-up plan, remind you of every step at your hours, and never let a lead go cold.
bot-short-description = Follow-up plans and reminders for your leads.
menu-button = Open

## Start and help
start-hello = Hello, { $name }. I'm Nudge.
start-hello-nameless = Hello. I'm Nudge.
start-what = Tell me about a lead in your own words: I write a follow-up plan and remind you of every step, until they answer or you say stop.
start-next = Next: { $step }, { $when }. /today shows the rest.
start-late = Still open: { $step }, { $late }. /today shows the rest.
start-nothing-planned = Nothing is planned yet. Tell me about a lead, and I write a plan.
start-all-paused = { $count ->
    [one] Your { $count } reminder is paused, because its lead answered. See /leads.
   *[other] All { $count } reminders are paused, because their leads answered. See /leads.
  }
example-intro = To begin, write who it is and how things stand, for example:
example-lead = Anna Kowalska, Baltic Freight, anna@balticfreight.example. Met in Hamburg, wants prices for three lanes.
help-title = How this works
help-lead = Write about a lead, or paste a signature or a contact: I propose a plan with dates. Accept it, and I remind you of each step.
help-card = Every reminder has Done, Snooze, Skip and Cancel, and an Undo afterwards.
help-commands =
    /today: late, today and next
    /newlead: add a lead, question by question
    /leads anna: your leads, or those you look for
    /plans: running plans
    /reminders: all open reminders
    /remind call Anna tomorrow at 9: a reminder of your own
    /remind call Anna every Monday at 9: one that comes again
    /zone Berlin: your time zone
    /settings: hours, working days, language, pause
    /export: all your data as a file
    /privacy: what I keep about you
    /delete_me: delete all of it
    /help: this message

## Where the person is
zone-ask = Where are you? Tap a city, or type yours.
zone-now = Your time zone is { $zone }, where it is { $time } now.
zone-set = { $zone } it is: { $time } by your clock.
zone-hours = I remind you between { $from } and { $to }, and plan steps for { $preferred }.
zone-moved = { $count ->
    [one] { $count } planned step moved to your new hours.
   *[other] { $count } planned steps moved to your new hours.
}
zone-unknown = I don't know the place “{ $place }”. Type the nearest big city, for example Berlin, or an offset like UTC+3.
zone-ambiguous = “{ $place }” means several clocks. Type the city: { $places }.
zone-out-of-range = There is no place with the offset “{ $place }”. Offsets go from UTC-12 to UTC+14; a city is safer.
zone-needs-city = For “{ $place }” I need a city, because its clocks change with the season. Type the nearest big one.

## Questions that wait for an answer
button-leave-form = Leave it
form-left = I left the question about { $what }. Nothing was changed by it.
form-text-please = I'm waiting for text: { $what }. Send /cancel to leave the question.
form-start-again = I was renewed since I asked you that, so let's start again: tap the button once more. Your text was not stored.
form-not-open = This question is not open any more
form-zone = your time zone
form-settings-hour = the hour for plan steps
form-settings-quiet = your quiet hours
form-settings-pause = when the pause ends
form-delete-me = the word that deletes everything
cancel-nothing = There is no open question to leave.

## Settings
settings-title = Settings
settings-zone = Time zone: { $zone }, where it is { $time } now.
settings-zone-unknown = Time zone: not known yet, so I go by UTC.
settings-hour = Plan steps come at { $clock }.
settings-hour-quiet = Plan steps are set to { $clock }, but your quiet hours last until { $instead }: they come then.
settings-quiet = Quiet hours: { $from } to { $to }.
settings-quiet-none = Quiet hours: none.
settings-days = Working days: { $days }.
settings-days-all = Working days: every day.
settings-language = Language: English.
settings-going = Reminders come as planned.
settings-paused = Everything is paused until { $when }.
settings-saved = Saved. { $what }
settings-hour-ask = At which time of day should the steps of a plan come? Times you picked yourself stay.
settings-quiet-ask = When should nothing come? What falls due then comes when they end.
settings-days-ask = On which days may steps of a plan come? Tap a day to switch it.
settings-pause-ask = Until when should everything rest? What falls due meanwhile comes afterwards, oldest first and a few a day.
settings-pause-means = Nothing is sent until then. What falls due meanwhile comes afterwards, oldest first and a few a day.
settings-pause-echo = Pause until { $when }?
settings-pause-begins-now = It begins now, not later: the days before are quiet too. To wait with it, tell me again when you leave.
settings-pause-passed = That moment has passed. Open /settings for the present choice.
settings-hour-type = At which time of day should plan steps come? For example 9:30.
settings-hour-unclear = I don't see a time of day in that. Write it like 9:30 or 2 pm.
settings-quiet-type = From when to when should nothing come? For example 21-8, or “off” for no quiet hours.
settings-quiet-unclear = I don't see two times of day in that. Write them like 21:00-8:00, or “off” for no quiet hours.
settings-quiet-doubtful = From { $from } to { $to } would be nearly the whole day. Write both with minutes, like 22:00-7:00, or “off” for no quiet hours.
settings-pause-type = Until when should everything rest? For example: Monday, 1 December, in 10 days.
button-zone = Time zone
button-hour = Plan steps at…
button-quiet = Quiet hours
button-days = Working days
button-pause = Pause everything
button-resume = Resume now
button-other-language = По-русски
button-other-choice = Other…
button-quiet-none = No quiet hours
button-every-day = Every day
button-pause-3-days = 3 days: { $when }
button-pause-1-week = 1 week: { $when }
button-pause-2-weeks = 2 weeks: { $when }
button-pause-yes = Pause

## One's own data
export-title = Everything I keep for you, as a file. Which kind?
export-csv = CSV: leads and reminders as a table.
export-json = JSON: all of it, for programs.
export-ics = ICS: open reminders for your calendar.
export-working = I'm writing the file
export-sent = Here it is: { $name }. Send /export for another kind.
privacy-title = What I keep about you
privacy-profile = Your name, Telegram name and number, language and settings.
privacy-leads = Leads, with what you wrote about them: { $count }
privacy-plans = Plans: { $count }
privacy-reminders = Reminders: { $count }
privacy-events = Notes of what happened to reminders: { $count }
privacy-runs = Plans asked of a language model: { $count }
privacy-where = It is in the database of whoever runs this bot; nobody else who uses it sees yours. Our chat itself is at Telegram.
privacy-model = A language model helps: it gets what you write about a lead, and words for a time I can't read.
privacy-no-model = No language model is connected: what you write goes to nobody else.
privacy-place = Of a place you share I keep the time zone, not the place.
privacy-how-long = It stays until you delete it.
privacy-ways = /export hands you all of it as a file, /delete_me deletes it.
button-export = Export
button-delete-me = Delete everything
delete-title = Delete everything?
delete-what = Leads: { $leads }, plans: { $plans }, reminders: { $reminders }, and your notes, history and settings: all of it goes at once, here and in the app.
delete-for-good = Nothing brings it back. Export it first if you may need it.
delete-ask = To go on, type the word DELETE.
delete-again = Nothing was deleted: that was not the word. Type DELETE to go on, or /cancel to keep everything.
delete-done = Everything of yours is deleted.
delete-done-next = I know nothing about you any more. Write whenever you want to begin anew. The messages in this chat are yours to clear in Telegram.
delete-nothing = I keep nothing of yours: no lead, no plan, no reminder.
delete-how = Nothing was deleted. To delete everything of yours, send /delete_me first; then I ask for this word.

## A plan that is being written
button-stop-planning = Stop
planning-asking = I'm thinking about a plan…
planning-writing = I'm writing the plan…
planning-checking = I'm checking the plan…
planning-asking_again = Not good enough yet, I'm writing it again…
planning-waiting = The language model is busy, I'm waiting for it…
planning-resumed = I was restarted meanwhile and began again.
planning-lead-kept = The lead is kept.
toast-planning-stopping = Stopping: the template plan comes
toast-planning-over = That is over already
plan-by-model = Written by { $model }. Check names and facts before you send anything.
plan-by-model-nameless = Written by a language model. Check names and facts before you send anything.
plan-mended = Its form had to be mended.
plan-removed = { $count ->
    [one] I took out { $count } sentence that your text does not bear out.
   *[other] I took out { $count } sentences that your text does not bear out.
}
plan-asked-again = { $count ->
    [one] I had to ask for it { $count } more time.
   *[other] I had to ask for it { $count } more times.
}
plan-template-invalid = From a ready-made template: the language model's answers were no use.
plan-template-interrupted = From a ready-made template: I was restarted too often while the plan was being written.
plan-template-timeout = From a ready-made template: the language model took too long.
plan-template-rate_limited = From a ready-made template: the language model takes no more requests for now.
plan-template-unreachable = From a ready-made template: the language model can't be reached.
plan-template-misconfigured = From a ready-made template: the language model's settings or account need a look.
plan-template-refused = From a ready-made template: the language model would not write it.
plan-template-cut_off = From a ready-made template: the language model's answer broke off.
plan-template-stopped = From a ready-made template, because you stopped the writing.
plan-template-can-change = Change any draft before you send it.

## A lead and its plan
plan-summary = { $count ->
    [one] { $count } step, { $last }.
   *[other] { $count } steps, the last on { $last }.
}
plan-from-template = From a ready-made template; change any draft before you send it.
plan-notes-cut = { $count ->
    [one] Your text was long: its last character did not fit into the lead's notes.
   *[other] Your text was long: its last { $count } characters did not fit into the lead's notes.
}
plan-zone-unknown = The times are in UTC, because I don't know your city yet. Send /zone to set it.
plan-started = { $count ->
    [one] Plan started: { $count } step, { $last }.
   *[other] Plan started: { $count } steps until { $last }.
}
plan-started-bare = Plan started.
plan-first-step = First: { $step }, { $when }.
plan-ended-earlier = { $count ->
    [one] { $count } reminder of the earlier plan ended.
   *[other] { $count } reminders of the earlier plan ended.
}
plan-discarded = Plan discarded. The lead is kept.
toast-plan-started = Plan started
toast-plan-discarded = Plan discarded
toast-plan-already-started = This plan is already running
toast-plan-already-discarded = This plan is already discarded
no-lead-empty = There is no text in this. Write who the lead is and how things stand.
no-lead-no_words = I can't read a lead out of this. Write a name and a company, in words.
no-lead-command = I don't know this command. /help shows those I do.
no-lead-greeting = Hello. Tell me about a lead, and I write a plan.
no-lead-question = I only take leads and reminders so far. /help shows what I can do.
no-lead-nobody_named = I found nobody in this. Write a name with a company, an e-mail or a phone number.
list-more = and { $count } more

## A lead and what is known of it
button-lead = Lead ▸
button-edit-lead = Edit
button-add-note = Add a note
button-delete-lead = Delete
button-keep-lead = Keep it
button-restore-lead = Bring it back
button-open-lead = Open that one
button-merge-lead = Add what's new to it
button-add-anyway = Add anyway
button-add-all = Add all { $count }
lead-field-name = Name
lead-field-company = Company
lead-field-title = Role
lead-field-emails = E-mail
lead-field-phones = Phone
lead-field-links = Link
lead-field-handles = Telegram
lead-field-zone = Time zone
lead-field-notes = Notes
lead-line = { $label }: { $value }
lead-refined = I read your text a second time and put right or added: { $fields }.
lead-line-guessed = { $label }: { $value } (my guess)
lead-status = Status: { $status }
status-new = new
status-reached_out = reached out
status-in_progress = in progress
status-meeting_booked = meeting booked
status-closed_won = won
status-closed_lost = lost
lead-forwarded-from = Forwarded from { $who }
lead-ask = { $field }: send the new value.
lead-ask-list = Send all of them, they replace the present ones.
lead-ask-empty = Send “-” to empty it.
lead-changed = { $field } is now: { $value }
lead-emptied = { $field } is empty now.
lead-unchanged = It was so already, nothing changed.
lead-cant-empty_name = A lead needs a name. Send it.
lead-cant-too_long = That is too long: 200 characters at most, 4,000 for notes. Send it shorter.
lead-cant-no_email = I don't see an e-mail address alone in this. Send it like anna@firm.com, several with commas.
lead-cant-no_phone = I don't see a phone number alone in this. Send it with the country code, like +49 151 23456789.
lead-cant-no_link = I don't see a web address alone in this. Send it like firm.com or https://linkedin.com/in/name.
lead-cant-no_handle = I don't see a Telegram name alone in this. Send it like @anna_k.
lead-cant-unknown_zone = I don't know this place. Send the nearest big city, for example Berlin.
note-ask = What shall I note down?
note-added = Noted.
lead-delete-ask = Delete this lead? Its open reminders end. You can bring both back for seven days.
lead-deleted = Deleted. You can bring it back for seven days.
lead-deleted-reminders = { $count ->
    [one] { $count } open reminder ended.
   *[other] { $count } open reminders ended.
}
lead-restored = The lead is back.
lead-restored-reminders = { $count ->
    [one] { $count } reminder is back with it.
   *[other] { $count } reminders are back with it.
}
toast-deleted = Deleted
toast-lead-added = Lead added
toast-all-added = { $count ->
    [0] Nobody new
    [one] { $count } lead added
   *[other] { $count } leads added
}
several-title = I see { $count } people:
several-choose = Nothing is stored yet. Tap whom to add; each gets a plan of their own.
several-all-added = All are added. Tap a name to see the plan and accept it.
several-alike = { $count ->
    [one] { $count } person may be among your leads already. Tap the name to look.
   *[other] { $count } people may be among your leads already. Tap their names to look.
}
duplicate-title = { $count ->
    [one] I may have this lead already:
   *[other] I may have this lead already, one of these:
}
duplicate-nothing-stored = Nothing is stored yet.
same-email = same e-mail
same-phone = same phone
same-handle = same Telegram name
same-page = same profile page
same-who = same name and company
merge-added = Added: { $fields }.
merge-nothing-new = All of it was known already.
lead-column-name = name
lead-column-company = company
lead-column-title = role
lead-column-contacts = contacts
lead-column-notes = notes
lead-column-zone = time zone
lead-column-language = language
form-lead-field = the lead's details
form-lead-note = the note

## Changing a plan
button-edit-plan = Edit the plan
button-step-add = Add a step
button-pace = Pace
button-versions = Versions
button-replan = Re-plan
button-step-words = Words
button-step-draft = Draft
button-step-more = More ▸
button-day-earlier = − 1 day
button-day-later = + 1 day
button-step-date = Date…
button-steps = ◂ Steps
button-step-up = ↑ Earlier
button-step-down = ↓ Later
button-step-channel = Channel
button-step-add-after = Add a step after it
button-step-remove = Remove
button-step-at = Set it
button-step-other-time = Another time
button-pace-fixed_dates = Give every step a date
button-pace-after_previous = One after the other
button-revert = Go back to this
button-replan-accept = Accept the new plan
button-replan-keep = Keep the old one
channel-linkedin_like = LinkedIn: like
channel-linkedin_comment = LinkedIn: comment
channel-linkedin_connect = LinkedIn: invitation
channel-linkedin_dm = LinkedIn: message
channel-email_outreach = E-mail
channel-call = Call
channel-mutual_intro = Introduction
channel-followup_message = Message
channel-meeting_request = Meeting request
channel-other = Something else
pace-fixed_dates = Every step has its date.
pace-after_previous = Each step comes after the one before it is done.
pace-explained-fixed_dates = With dates, every step comes on its day, whether or not you finished the one before it. The gaps of the plan stay.
pace-explained-after_previous = One after the other, a step comes only when you finish or skip the one before it, with the same gaps. What was sent and times you picked stay.
step-waits = after the step before it
step-title = Step { $number } of { $count }
step-picked = You picked this time; nothing moves it.
step-was-sent = I already reminded you of it.
step-no-draft = No draft.
step-channel-ask = It is { $channel } now. What should it be?
step-ask-words = Send what step { $number } should say, up to { $limit } characters.
step-ask-draft = Send the draft for step { $number }, or “-” for none.
step-ask-add = Send the new step behind step { $number }: what to do in the first line, then the draft if there is one.
step-ask-date = When should step { $number } come? For example “tomorrow 9” or “Friday afternoon”.
step-time-unclear = I can't read a time out of this for sure.
step-time-hint = Try { $hint }.
step-time-echo = Step { $number }: { $when }. Right?
step-time-draft = This plan has not begun, so only the day counts; the hour is yours as set.
step-time-quiet = That is outside your hours. I'd remind you all the same.
form-step-words = what a step says
form-step-draft = the draft of a step
form-step-add = a new step
form-step-date = the time of a step
form-replan = what is new with the lead
edit-nothing = It already was like that.
edit-changed = Changed.
edit-dated = The date is changed.
edit-order = Moved. Days and dates stayed in their places.
edit-added = Added.
edit-removed = Removed.
edit-pace = The pace is changed.
edit-reverted = Back to the earlier version. What happened stays.
edit-moved-to = Step { $number } is now on { $when }.
edit-ended = { $count ->
    [one] { $count } reminder ended.
   *[other] { $count } reminders ended.
}
edit-created = { $count ->
    [one] { $count } reminder began.
   *[other] { $count } reminders began.
}
versions-title = Versions of this plan
versions-none = Nothing was changed yet, so there is one version only.
version-title = Back to version { $number }
version-line = { $number }. { $what }, { $when }
version-created = As it was made
version-edit_step = A step changed
version-add_step = A step added
version-remove_step = A step removed
version-move_step = Steps moved
version-set_plan_pace = Another pace
version-revert_plan = Back to an earlier one
version-undo = Taken back
replan-ask = What is new? Write it in a sentence or two: the answer, the call, what changed. The present plan goes on until you accept a new one.
replan-title = The new plan beside the old one
replan-untouched = Nothing is changed until you accept.
replan-kept = The old plan goes on.
diff-was = was { $when }
diff-channel = another channel
diff-words = new words
diff-draft = new draft

## Reminders
reminder-sent-again = Sent again, the first may have arrived
reminder-bare = Your reminder
reminder-bare-lead = Get in touch
reminder-late = { $late }, was due { $when }
reminder-still-on = Still on? Snooze, skip or rewrite it.
reminder-last = If now is not the time, leave it: I bring it up again in a week.
reminder-list-title = { $count ->
    [one] { $count } reminder is waiting
   *[other] { $count } reminders are waiting
}
snooze-1h = 1 hour: { $when }
snooze-evening = Evening: { $when }
acted-done = Done.
acted-skip = Skipped.
acted-cancel = Cancelled.
acted-snooze = Snoozed until { $when }.
acted-moved = { $count ->
    [one] { $count } later step moved with it.
   *[other] { $count } later steps moved with it.
}
acted-next = Next: { $step }, { $when }.
acted-next-late = Still open: { $step }, { $late }.
acted-nothing-next = Nothing else is planned for { $name }.
already-completed = Already done.
already-skipped = Already skipped.
already-cancelled = Already cancelled.
already-other = Nothing to change here.
undo-done = Taken back.
undo-already = Already taken back.
undo-next-stays = The next step was already sent, so both stay open.

## Today
today-late = { $count ->
    [one] Late
   *[other] Late, { $count }
}
today-today = { $count ->
    [one] Today
   *[other] Today, { $count }
}
today-next = Next
remind-ask = What should I remind you of, and when? For example: call Anna tomorrow at 9
remind-ask-when = When? For example: tomorrow 9, in 2 hours, Friday afternoon
remind-title-missing = And what should I remind you of? Write it together with the time: call Anna tomorrow at 9
remind-time-missing = And when? Write both in one message: call Anna tomorrow at 9
remind-about = About: { $lead }
remind-asleep = That is outside your hours; I'll remind you then all the same.
remind-set = I'll remind you { $when }.
remind-too-old = This card is too old to act on. Send /remind again.
button-remind = Remind me
button-other-time = Another time
button-not-about = Not about { $name }
form-remind = a new reminder
form-remind-when = when to remind you
reminders-title = Open reminders
reminders-page = Open reminders, page { $page }
button-earlier = ‹ Earlier
button-later = Later ›
today-clear = Nothing left for today
today-empty = Nothing is planned
today-empty-hint = Tell me about a lead, and I write a plan.

## The morning's summary
digest-title = Good morning. This is your day
digest-title-free = Good morning. Nothing waits today
digest-done = { $count ->
    [one] Yesterday: { $count } thing done.
   *[other] Yesterday: { $count } things done.
}
digest-skipped = { $count ->
    [one] Skipped yesterday: { $count }.
   *[other] Skipped yesterday: { $count }.
}
digest-farewell = You have not been here for two weeks, so this is the last summary until you write or open the app again. Reminders still come.
settings-digest-on = Morning summary: at { $clock }, without a sound.
settings-digest-off = Morning summary: off.
button-digest-on = Send a morning summary
button-digest-off = No morning summary

## What repeats
recurring-times =
    Next times:
    { $times }
recurring-asleep = Some of that is outside your hours; I'll remind you then all the same.
recurring-next = Next: { $when }.
recurring-paused = Paused: it does not come until you resume it.
recurring-ended = Ended: it does not come any more.
recurring-for-all = For all times from now on.
recurring-did-create = Set. It comes again and again:
recurring-did-skip = Left out: { $when }.
recurring-did-pause = Paused.
recurring-did-resume = It goes on.
recurring-did-end = Ended.
recurring-did-change = Changed, for all times from now on.
recurring-ask-times = When should it come from now on? For example: every Monday at 9, every last Friday, every 2 weeks until March
recurring-not-again = That is a single moment; here I need something that comes again, such as: every Monday at 9:00
recurring-comes-again = Comes again { $when }.
form-recurring-times = when it repeats
button-recurring = ↻ Repeats ▸
button-recurring-skip = Leave out { $when }
button-recurring-times = Other times
button-recurring-pause = Pause
button-recurring-resume = Resume
button-recurring-end = End it
button-recurring-save = Save

## What cannot be read
unknown-content = I can't read this kind of message. Write about the lead, forward a message, or send a contact or a vCard file.
file-too-large = This file is too large: a vCard file may have 64 kB. Send the contact without its photo.
file-unreadable = I found no contact in this file. Send it as a vCard (.vcf), or paste what you have.
zone-at-sea = There is no land at that place, so no clock to follow. Type the nearest big city.
group-no = I keep your leads to yourself, so I only talk in private. Write to me in our own chat.

## Errors
error-away = I can't reach my storage right now. Your message is safe: I'll work on it as soon as I can.
error-away-tap = I can't reach my storage right now. I'll do this as soon as I can.
error-unexpected = Something went wrong on my side, and it has been noted. Please try again.
error-stale-button = This button is from an older version. Send /today for the present one.
refusal-action-id-invalid = I could not tell this tap from another one. Please try again.
refusal-action-id-reused = This was already used for something else. Please try again.
refusal-action-not-found = There is nothing to undo here.
refusal-claim-size = That is too much at once. Please try with less.
refusal-delays-decrease = A step of this plan comes before the one in front of it. Make a new plan.
refusal-delete-unconfirmed = Nothing was deleted: the confirmation is missing.
refusal-settings-invalid = That can’t be stored. At least one hour of the day must not be quiet, and one day must be a working day.
refusal-illegal-move = This reminder can't change that way. Send /today to see how it stands.
refusal-instant-out-of-range = That time has passed or is too far away. Choose another.
refusal-invitation-too-long = A LinkedIn invitation must be under 200 characters. Shorten the draft or choose another channel.
refusal-lead-bin-over = This lead was deleted more than seven days ago, so it can't come back.
refusal-lead-closed = This lead is closed. Open it again first.
refusal-lead-field-invalid = I can't store this about a lead. Please check it and try again.
refusal-lead-field-too-long = That is too long: 200 characters at most, 4,000 for notes.
refusal-lead-limit = You have 500 leads, the most there can be. Delete some first.
refusal-lead-name-missing = This lead has no name. Write who it is.
refusal-lead-not-found = I don't find this lead among yours.
refusal-notes-full = The notes of this lead are full. Shorten them first: they hold 4,000 characters.
refusal-note-empty = There are no words in this note. Write what you want to keep.
refusal-not-a-person = I don't know who you are. Send /start first.
refusal-plan-changed = The plan was changed meanwhile. Open it again and look first.
refusal-planning-already = A plan for this lead is being written already. It comes in a moment.
refusal-planning-not-found = This planning is over. The lead's card shows what came of it.
refusal-plan-ended = This plan has ended. Write about the lead again for a new one.
refusal-plan-limit = That would be more than 20 new plans in a day. Try again tomorrow.
refusal-plan-not-found = I don't find this plan among yours.
refusal-plan-replaced = The plan was replaced since, so this can't come back.
refusal-plan-running = This plan is running. Cancel its steps or make a new plan instead.
refusal-plan-size = A plan has 3 to 10 steps.
refusal-recurring-ended = This repeating reminder has ended. Set a new one with /remind.
refusal-recurring-limit = You have 100 repeating reminders, the most there can be. End some first.
refusal-recurring-not-found = I don't find this repeating reminder among yours.
refusal-reminder-closed = This reminder is already closed.
refusal-reminder-limit = That would be more than 200 new reminders in a day. Try again tomorrow.
refusal-reminder-not-found = I don't find this reminder among yours.
refusal-rule-invalid = I can't repeat by this rule. Say it like: every Monday at 9:00.
refusal-schedule-incomplete = A step of this plan has no date. Make a new plan.
refusal-steps-out-of-order = The dates of this plan are out of order. Make a new plan.
refusal-step-closed = This step is over: done, skipped or cancelled. It stays as it is.
refusal-step-fixed = What was sent, is over or has a time you picked keeps its place. Move or add the step further down.
refusal-step-in-the-way = A later step was already sent or has a time you picked, and no step may pass it. Choose an earlier time, or change that step first.
refusal-step-invalid = A step can't be stored like that. It needs a text of up to 1,000 characters; a draft has 4,000 at most.
refusal-step-not-found = This plan has no such step any more.
refusal-step-taken = Another open reminder holds this step now, so it can't be brought back.
refusal-step-without-date = This step has no date yet: it comes when the one before it is done.
refusal-title-invalid = A reminder needs a text of 1 to 1,000 characters.
refusal-tray-gone = I no longer have this list. Send the text again.
refusal-undo-impossible = This can't be undone.
refusal-undo-superseded = You changed this again since. Undo the newer change first.
refusal-undo-too-late = Undo works for 24 hours; this was earlier.
refusal-execution-not-found = I don't find this run of the job. It may have been cleared away.
refusal-execution-open = This run has not ended yet.
refusal-job-built-in = This is part of Nudge itself, so that can’t be done with it.
refusal-job-closed = This job has ended, so it can't change any more.
refusal-job-invalid = This job can't be stored like that.
refusal-job-not-found = I don't find this job among those of your teams.
refusal-role-needed = Only owners and admins of the team may do that.
refusal-version-not-found = This version of the plan is no longer kept.
refusal-zone-unknown = I don't know this time zone. Type the nearest big city.

button-snooze-other = Other time…
button-snooze-until = Snooze until { $when }
button-another-time = Another time
button-keep-note = Keep it as a note
form-snooze-time = when to remind you again
snooze-ask = When should I bring it back? For example: tomorrow 9:00, Friday evening, in 2 hours, next Monday after lunch.
snooze-echo = Snooze until { $when }?
snooze-not-meant = That time was not meant. Nothing was changed.
time-read-as = Read as { $when }.
time-range-start = I take the beginning of it.
time-in-quiet-hours = That is in your quiet hours; it comes all the same.
time-on-day-off = That is a day off for you; it comes all the same.
time-refused-empty = I need a time in words, for example: { $hint }.
time-refused-too-long = That is too long for a time. Try: { $hint }.
time-refused-not-understood = I don't see a time in that. Try: { $hint }.
time-refused-partial = I understand only “{ $part }” of that, and I don't guess the rest. Try: { $hint }.
time-refused-vague = That leaves the moment open. Say it like: { $hint }.
time-refused-ambiguous = That can be read in two ways. Say it like: { $hint }.
time-refused-contradiction = These words don't fit together: “{ $part }”. Try: { $hint }.
time-refused-no-such-time = No calendar and no clock shows that. Try: { $hint }.
time-refused-past = That has passed. Try: { $hint }.
time-refused-too-far = That is more than five years away. Try: { $hint }.
time-refused-zone-named = I read times on your own clock, without another zone. Try: { $hint }.
time-refused-recurring = That comes again and again; here I need one moment. Try: { $hint }.
time-refused-too-often = I remind you at most once a day. Try: { $hint }.
reply-note = Shall I keep this as a note about { $name }?
reply-hint = You can also answer a reminder with “done” or with a time, such as “tomorrow 9:00”.
note-words-gone = I can't read these words any more. Send them once more.

## The list of leads
command-leads = Your leads, or those you look for
command-plans = Running plans and how far they are
leads-all = Your leads
leads-plans = Running plans
leads-bin = Deleted leads
leads-sought = “{ $words }”
leads-page = page { $page } of { $pages }
leads-none-all = You have no leads yet. Tell me about one, and I write a plan.
leads-none-plans = No plan is running. Open a lead from /leads, or tell me about a new one.
leads-none-bin = The bin is empty.
leads-none-found = Nobody fits this. I look at names, companies and contacts; fewer letters find more.
leads-progress = { $done } of { $count } steps
leads-restorable = can come back until { $when }
lead-status-changed = The status is now: { $status }.
button-status = Status ▸
button-plan = Plan ▸
lead-no-plan = No plan is running for this lead.
button-bin = Bin ({ $count })
button-all-leads = ◂ All leads

## A lead's answer, forwarded
forward-answered = { $count ->
    [0] They answered. Nothing is planned for them, so there is nothing to pause.
    [one] They answered: { $count } reminder is paused.
   *[other] They answered: { $count } reminders are paused.
}
forward-waits = Nothing comes until you resume it or accept a new plan.
forward-noted = The answer is kept in the notes.
forward-noted-cut = The notes are full: the answer did not fit in whole.
forward-whose = Whose answer is this? Nothing is changed yet.
lead-paused-since = Paused since { $when }, because they answered.
lead-resumed = { $count ->
    [one] Not paused any more: { $count } reminder goes on.
   *[other] Not paused any more: { $count } reminders go on.
}
lead-not-paused = This lead is not paused.
button-new-plan = New plan
button-resume-lead = Resume
button-somebody-new = Somebody new
list-paused = paused
today-paused = { $count ->
    [one] { $count } more reminder is paused, because its lead answered. See /leads.
   *[other] { $count } more reminders are paused, because their leads answered. See /leads.
}

## Why a reminder comes when it does: the words of the mini-app
why-now = Why now?
why-due = It was due { $when }.
why-coming = It comes { $when }.
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

## Voice messages, pictures and files
media-heard = I heard:
media-seen = I read in the picture:
media-too-large = This file is larger than { $megabytes } MB, more than I can take. Send a smaller one, or write it.
voice-off = I can't listen to voice messages here: nothing that transcribes them is connected. Please write it.
voice-too-long = That is longer than { $minutes } minutes. Send it in shorter pieces, or write it.
voice-nothing = I heard no words in this. Say it once more, or write it.
voice-away = The transcription gives no answer right now. Send it again in a few minutes, or write it.
voice-refused = The transcription could not take this recording. Please write it.
picture-off = I can't read pictures here: no language model that sees is connected. Write what stands on it, or send a contact.
picture-nothing = I find no person and no company in this picture. Write what stands on it, or send a sharper one.
picture-away = The language model gives no answer about this picture right now. Send it again in a few minutes, or write what stands on it.
picture-refused = The language model could not read this picture. Write what stands on it, or send a contact.
text-file-too-large = This text is larger than { $kilobytes } kB. Paste the part that is about the lead.
text-file-empty = There are no words in this file that I can read. Paste the text instead.
unknown-sticker = I can't read this kind of message, charming as it may be. Write about a lead, or send a contact.
unknown-video = I can't watch videos. Write about the lead, forward a message, or send a contact.
unknown-poll = I can't do anything with polls and lists of this kind. Write about a lead, or a reminder with /remind.
unknown-document = I can't read this kind of file. I read texts, tables of leads (.csv), pictures and contacts (.vcf).

## Moving a step past the next one
rebase-passes = To { $when }: that is past the next step.
rebase-ask = How shall the later steps follow? Nothing is changed yet.
rebase-option = { $type ->
    [keep_gaps] Keep gaps
    [keep_dates] Keep dates
   *[squeeze] Squeeze
} · ends { $when }
rebase-done = Moved to { $when }.
rebase-stays = { $when }, stays
rebase-changed = The plan changed meanwhile. These are its dates now.

## Edited messages
edited-changed = You changed your message, so I changed the lead: { $fields }.
edited-plan-stays = Drafts that are written stay as they are.
edited-kept = You changed your message. The lead stays as it is: it says something else since.
edited-acted = I acted on this message as it first was. Use Undo under my answer, or write it anew.

## A new lead, question by question
command-newlead = Add a lead, question by question
new-lead-ask-name = Who is it? Send the name. Or write all you know in one message, and I take it from there.
new-lead-ask-company = Which company? Send “-” if you don't know.
new-lead-ask-context = How do things stand, and what do you know: where you met, what they want, e-mail, phone?
new-lead-no-company = No company.
new-lead-nothing-else = Nothing else.
form-new-lead-name = the new lead's name
form-new-lead-company = the new lead's company
form-new-lead-context = the new lead

## A link into the chat
start-link-nothing = That link leads to nothing of yours. If somebody sent it to you, only they can open it.
start-in-app = That is in the app.

## A table of leads
button-import = Import { $count }
button-import-leave = Leave it
import-new = { $count ->
    [0] I find no new lead in this table.
    [one] { $count } new lead.
   *[other] { $count } new leads.
}
import-alike = { $count ->
    [one] { $count } may be there already and is left out.
   *[other] { $count } may be there already and are left out.
}
import-repeated = { $count ->
    [one] { $count } row says the same as another.
   *[other] { $count } rows say the same as others.
}
import-over-limit = { $count ->
    [one] { $count } does not fit: there can be 500 leads.
   *[other] { $count } do not fit: there can be 500 leads.
}
import-nameless = Lines that name nobody: { $lines }.
import-unknown-columns = Columns I don't know go into the notes: { $columns }.
import-nothing-yet = Nothing is stored yet.
import-working = I'm storing them
import-done = { $count ->
    [0] No new lead was stored.
    [one] { $count } lead is stored.
   *[other] { $count } leads are stored.
}
import-next = /leads shows them; a lead gets its plan from its card.
import-left = Nothing was imported.
import-file-gone = I no longer see the file. Send it again.
import-too-large = This table is larger than { $kilobytes } kB. Send it in parts.
import-nobody = No line of this table names anybody. Each lead needs a name, a company or an e-mail.
import-no-table-empty = This table has no rows below its heading.
import-no-table-no_heading = The first line must name the columns, for example: name, company, email, phone, notes.
import-no-table-broken = I can't read this table: a quote in it never ends. Export it anew as CSV.
import-no-table-too_many = This table has more than 1,000 rows. Send it in parts; there can be 500 leads.

## Jobs, for owners and admins
command-jobs = What runs in the background
jobs-not-yours = Only owners and admins of a team see its jobs. What I can do for you stands under /help.
jobs-title = Jobs
jobs-page = Jobs, page { $page }
jobs-empty = There are no jobs yet.
job-name-sweep = Taking back unfinished sends
job-name-retention = Deleting old records
job-name-watchdog = Watch over everything
job-name-recurring = Repeating reminders
job-name-digests = Morning summaries
job-name-loop-dispatch = Sending reminders
job-name-loop-promotion = Bringing next steps forward
job-name-loop-planning = Writing plans
job-name-loop-jobs = Running jobs
job-state-next = next run { $when }
job-state-loop-alive = runs all the time, last sign of life { $ago } ago
job-state-loop-silent = no sign of life for { $ago }
job-state-loop-unheard = no sign of life yet
job-state-paused = paused
job-state-waits-for-event = runs when its event comes
job-state-under-way = under way
job-state-completed = completed
job-state-failed = failed for good
job-state-cancelled = cancelled for good
job-rule = Schedule: { $rule } ({ $zone })
job-stats = { $successes } of { $executions } runs went well.
job-took = They took { $average } on average; 19 of 20 took at most { $p95 }.
job-last-runs = Last runs
job-run-pending = waiting
job-run-running = running
job-run-success = done
job-run-failed = failed
job-run-timeout = took too long
job-run-cancelled = stopped
job-run-skipped = left out
job-attempts = Attempts: { $count }
job-log-empty = It wrote no log.
job-did-pause = Paused: no run begins until you resume it.
job-did-resume = Resumed. What was missed meanwhile is not made up for.
job-did-run = Started.
job-did-retry = It is tried again.
button-run-now = ▶ Run now
button-job-pause = ⏸ Pause
button-job-resume = ⏵ Resume
button-jobs = ◂ All jobs
button-look-again = ⟳ Look again
button-retry-run = ↻ Try again
