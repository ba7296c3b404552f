/** Words that are refused on Wednesday 14 October 2026 at 9:41, by the reason; a language tag before "|" is the person's. */
export const REFUSED = {
  not_understood: `
call Anna
Anna
de|Anna morgen anrufen
es|llamar a Ana mañana
ru|через
at
every
every blue moon
ru|каждый
ru|1 раз
5 times
in
`,
  partial: `
in -5 minutes
tomorrow call Anna at 9
call Anna tomorrow at 9
tomorrow 9ish
day after tomorrow-ish morning
second quarter
tomorrow afternoonish
em 3 dias
amanhã às 9h
tomorrow to
ru|позвонить Анне завтра в 9
ru|завтра в 9 позвонить
ru|после дождичка в четверг
`,
  vague: `
in a few days
in several weeks
in some hours
soon
later
later today
sometime next week
asap
today
ru|сегодня
ru|сегодня ночью
ru|ночью
ru|завтра ночью
ru|скоро
ru|позже
ru|на днях
ru|через несколько дней
next week at 10
this week
14 October
in 0 minutes
in 0 days
`,
  ambiguous: `
9
15
930
at 930
ru|9
tomorrow midnight
ru|завтра в полночь
ru|завтра в 12 ночи
03/04
3/4/2027
10.11
biweekly
ru|через пятницу
ru|каждую вторую пятницу
from 9
to 9
0
in 5
`,
  contradiction: `
tomorrow 9 10
tomorrow Friday
Friday 14 January
ru|пятница 14 января
today tomorrow
tomorrow 9:00 at 10:00
tomorrow 21:00 in the morning
ru|завтра в 15:00 утра
in 2 hours tomorrow
in 2 hours at 9
tomorrow tomorrow
`,
  no_such_time: `
31 February
30 February at 9
31 April
ru|31 ноября
ru|31 апреля в 9
2026-02-30
2026-13-01
32.01.2027
31.11
25:00
12:75
tomorrow 25
13am
the 32nd
de|31. Februar
ru|в 25 часов
-5
`,
  past: `
yesterday
ru|вчера
ru|позавчера
2 days ago
ru|2 дня назад
last Friday
ru|в прошлую пятницу
last week
today 9:00
today at 8am
ru|сегодня в 9:00
this morning
this Monday
14 October 2026 9:00
1 January 2026
2025-01-01
now
ru|сейчас
de|gestern
es|ayer
`,
  too_far: `
in 6 years
in 99 years
1 January 2040
`,
  zone_named: `
tomorrow 9 EST
tomorrow 9 UTC
9:00 GMT+2
9:00 +02:00
tomorrow 9 Berlin time
tomorrow 9 Europe/Berlin
tomorrow 9 PST
ru|завтра в 9 по москве
ru|завтра в 9 мск
ru|завтра в 9 по берлинскому времени
2026-11-16T14:30Z
2026-11-16T14:30+01:00
`,
  too_often: `
every hour
every 15 minutes
ru|каждый час
ru|каждые 15 минут
twice a day
hourly
`,
} as const;
