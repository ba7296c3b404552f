/** What people say in English on Wednesday 14 October 2026 at 9:41; "!" = to the minute, nothing moves it. */
export const ENGLISH = `
2026-10-15T09:30  tomorrow
2026-10-15T09:00! tomorrow 9
2026-10-15T09:00! tomorrow at 9
2026-10-15T09:00! tomorrow at 9am
2026-10-15T09:00! 9am tomorrow
2026-10-15T09:00! tomorrow 9:00
2026-10-15T09:15! tomorrow @ 9:15
2026-10-15T14:30! Tomorrow, 14:30.
2026-10-15T10:00! tmrw 10
2026-10-15T17:00! tomorrow at 5
2026-10-15T05:30! tomorrow 5:30
2026-10-15T12:00! tomorrow at 12
2026-10-15T00:00! tomorrow at 12am
2026-10-15T12:00! tomorrow at 12pm
2026-10-15T12:00! tomorrow noon
2026-10-15T09:30  tomorrow morning
2026-10-15T08:00! tomorrow morning at 8
2026-10-15T15:00  tomorrow afternoon
2026-10-15T18:00  tomorrow evening
2026-10-15T19:00! tomorrow evening at 7
2026-10-15T20:00  tomorrow night
2026-10-15T21:00! tomorrow night at 9
2026-10-15T14:00  tomorrow after lunch
2026-10-15T11:00  tomorrow before lunch
2026-10-15T12:00  tomorrow at lunch
2026-10-15T17:00  tomorrow end of day
2026-10-15T09:30  first thing tomorrow
2026-10-15T09:30  first thing tomorrow morning
2026-10-15T20:00! tomorrow 8 in the evening
2026-10-15T09:45! tomorrow at quarter to ten
2026-10-15T15:30! tomorrow at half past three
2026-10-15T15:00! tomorrow 3 in the afternoon
2026-10-16T09:30  the day after tomorrow
2026-10-16T09:30  day after tomorrow morning
2026-10-16T16:00! day after tomorrow at 16:00
2026-10-14T17:00! today at 5
2026-10-14T20:00! today at 8
2026-10-14T17:45! today 17:45
2026-10-14T12:00! today at noon
2026-10-14T15:00  this afternoon
2026-10-14T18:00  this evening
2026-10-14T19:00! this evening at 7
2026-10-14T20:00  tonight
2026-10-14T20:00! tonight at 8
2026-10-14T23:30! tonight at 11:30
2026-10-15T00:00! midnight
2026-10-15T00:00! tonight at midnight
2026-10-14T17:00  end of day
2026-10-14T17:00  eod
2026-10-15T09:00! at 9
2026-10-14T17:00! at 5
2026-10-14T20:00! at 8
2026-10-14T10:00! at 10
2026-10-14T12:00! at 12
2026-10-14T17:00! 5pm
2026-10-14T17:00! 5 p.m.
2026-10-14T11:45! 11:45
2026-10-14T17:05! 17:05
2026-10-15T09:30! half past nine
2026-10-15T09:30! half nine
2026-10-14T16:15! quarter past four
2026-10-14T09:45! quarter to ten
2026-10-14T16:50! ten to five
2026-10-14T15:20! twenty past three
2026-10-15T09:05! 5 minutes past 9
2026-10-15T09:30! nine thirty
2026-10-15T09:00! nine o'clock
2026-10-14T12:00! noon
2026-10-14T12:00  lunch
2026-10-14T18:00  in the evening
2026-10-14T18:00  evening
2026-10-14T18:00  after work
2026-10-19T09:30  monday
2026-10-19T09:30  on Monday
2026-10-19T14:00! Mon 14:00
2026-10-16T09:30  friday
2026-10-16T18:00! Friday 18:00
2026-10-16T18:00  friday evening
2026-10-16T12:00! Friday at noon
2026-10-21T09:30  wednesday
2026-10-16T09:30  this Friday
2026-10-17T09:30! this Saturday
2026-10-19T09:30  next Monday
2026-10-19T14:00  next Monday after lunch
2026-10-23T09:30  next Friday
2026-10-21T11:00! next wed at 11
2026-10-16T09:30  coming Friday
2026-10-26T09:30  Monday after next
2026-10-23T09:30  Friday next week
2026-10-22T09:30  Thursday of next week
2026-10-26T09:30  a week from Monday
2026-10-21T09:30  a week from today
2026-10-29T09:30  2 weeks from tomorrow
2026-10-19T09:30  3 days from Friday
2026-10-17T09:30! saturday
2026-10-17T09:30! on the weekend
2026-10-17T09:30! this weekend
2026-10-24T09:30! next weekend
2026-10-14T11:41! in 2 hours
2026-10-14T11:41! in two hours
2026-10-14T10:41! in an hour
2026-10-14T11:11! in an hour and a half
2026-10-14T11:11! in 1.5 hours
2026-10-14T11:11! in 1½ hours
2026-10-14T10:11! in half an hour
2026-10-14T10:11! half an hour
2026-10-14T11:11! in 90 minutes
2026-10-14T11:56! in 2 hours and 15 minutes
2026-10-14T11:56! in 2 hours 15 minutes
2026-10-14T11:11! 1h30m
2026-10-14T11:11! 1h30
2026-10-14T11:41! 2h
2026-10-14T10:26! 45m
2026-10-14T10:11! 30 min
2026-10-14T09:56! in a quarter of an hour
2026-10-14T11:11! in one and a half hours
2026-10-14T10:41! an hour from now
2026-10-14T10:01! in 20 mins
2026-10-19T09:30  in 3 days
2026-10-19T09:30  3 days
2026-10-19T09:30  3d
2026-10-16T09:30  in a couple of days
2026-10-16T14:00! in 2 days at 14:00
2026-10-21T09:30  in a week
2026-10-23T09:30  in a week on Friday
2026-10-28T09:30  in 2 weeks
2026-10-28T09:30  2w
2026-10-28T09:30  in a fortnight
2026-11-16T09:30  in a month
2026-11-25T09:30  in 6 weeks
2027-01-14T09:30  in 3 months
2027-10-14T09:30  in a year
2027-04-14T09:30  in half a year
2026-10-16T09:30  in 2 business days
2026-10-19T09:30  in 3 working days
2026-10-28T09:30  in 10 business days
2026-10-15T09:30  next business day
2026-10-15T09:30  the next working day
2026-10-16T17:00  end of week
2026-10-16T17:00  by the end of the week
2026-10-16T17:00  end of the week
2026-10-23T17:00  end of next week
2026-10-16T17:00  eow
2026-10-19T09:30  start of next week
2026-10-19T09:30  early next week
2026-10-21T09:30  middle of next week
2026-10-30T17:00  end of month
2026-10-30T17:00  end of the month
2026-10-30T17:00  eom
2026-11-30T17:00  end of next month
2026-11-02T09:30  beginning of next month
2026-11-02T09:30  start of November
2026-11-16T09:30  mid-November
2027-01-29T17:00  end of January
2026-12-31T17:00  end of the quarter
2026-12-31T17:00  end of the year
2026-10-15T09:30  the 15th
2026-10-20T09:30  on the 20th
2026-11-03T09:30  the 3rd
2026-10-31T09:30! the 31st
2026-11-20T09:30  20th of next month
2026-10-31T09:30! the last day of the month
2026-11-02T09:30  first Monday of next month
2026-10-30T09:30  last Friday of the month
2026-11-10T09:30  second Tuesday in November
2027-01-15T09:30  15 January
2027-01-15T09:30  January 15
2027-01-15T09:30  Jan 15th
2027-01-15T09:30  15th of January
2027-01-15T09:30  the 15th of January
2027-01-15T09:30  15 Jan 2027
2027-01-15T09:30  January 15, 2027
2027-01-15T14:00! January 15 at 2pm
2027-01-15T14:30! 15 January 14:30
2027-01-15T09:30  Friday 15 January
2026-12-01T09:30  first of December
2026-12-01T09:30  December the first
2026-12-21T09:30  twenty-first of December
2026-12-12T09:00! 12 Dec 9am
2026-12-12T09:30! Sat, 12 Dec
2028-02-29T09:30  29 February
2026-10-14T18:00! 14 October 18:00
2026-11-16T09:30  2026-11-16
2026-11-16T14:30! 2026-11-16 14:30
2026-11-16T14:30! 2026-11-16T14:30
2026-11-16T14:30! 2026-11-16T14:30:00
2026-11-16T09:30  16.11.2026
2026-11-16T09:30  16.11.26
2026-11-16T09:00! 16.11.2026 9:00
2026-11-16T09:30  16/11
2026-11-16T09:30  16/11/2026
2026-11-16T09:30  11/16/2026
2026-11-16T09:00! 16.11 at 9:00
2026-10-14T10:30! at 10.30
2026-10-15T09:30! 9.30
2026-10-15T09:00! remind me tomorrow at 9
2026-10-16T09:30  snooze until friday
2026-10-15T09:30  until tomorrow
2026-10-19T10:00! please on monday at 10
2026-10-16T09:30  by friday
`;
