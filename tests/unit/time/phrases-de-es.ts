/** What people say in German and Spanish on Wednesday 14 October 2026 at 9:41; "!" = to the minute, nothing moves it. */
export const GERMAN = `
2026-10-15T09:30  morgen
2026-10-15T09:00! morgen um 9
2026-10-15T09:00! morgen um 9 Uhr
2026-10-15T09:30! morgen um 9 Uhr 30
2026-10-15T14:30! morgen 14:30
2026-10-15T14:30! morgen um 14.30 Uhr
2026-10-15T09:30  morgen früh
2026-10-15T12:00  morgen Mittag
2026-10-15T15:00  morgen Nachmittag
2026-10-15T18:00  morgen Abend
2026-10-16T09:30  übermorgen
2026-10-16T09:30  übermorgen früh
2026-10-16T10:00! übermorgen um 10
2026-10-14T18:00! heute um 18:00
2026-10-14T18:00  heute Abend
2026-10-14T15:00  heute Nachmittag
2026-10-15T09:00! um 9 Uhr
2026-10-14T17:00! um 17 Uhr
2026-10-15T09:30! halb zehn
2026-10-14T15:30! um halb vier
2026-10-15T09:15! viertel nach neun
2026-10-14T09:45! viertel vor zehn
2026-10-14T12:00  Mittag
2026-10-14T10:41! in einer Stunde
2026-10-14T11:41! in 2 Stunden
2026-10-14T11:11! in anderthalb Stunden
2026-10-14T10:11! in einer halben Stunde
2026-10-14T11:56! in 2 Stunden und 15 Minuten
2026-10-14T10:11! in 30 Minuten
2026-10-19T09:30  in 3 Tagen
2026-10-21T09:30  in einer Woche
2026-10-28T09:30  in 2 Wochen
2026-11-16T09:30  in einem Monat
2026-10-16T09:30  in 2 Werktagen
2026-10-19T09:30  am Montag
2026-10-19T09:00! Montag 9 Uhr
2026-10-16T09:30  am Freitag
2026-10-16T15:00! am Freitag um 15 Uhr
2026-10-16T18:00  Freitag Abend
2026-10-16T18:00  Freitagabend
2026-10-16T19:00! Freitag Abend um 19 Uhr
2026-10-19T09:30  nächsten Montag
2026-10-19T15:00  nächsten Montag nachmittags
2026-10-20T09:30  kommenden Dienstag
2026-10-17T09:30! am Wochenende
2026-10-16T17:00  Ende der Woche
2026-10-30T17:00  Ende des Monats
2027-01-15T09:30  15. Januar
2027-01-15T14:30! am 15. Januar um 14:30
2027-01-15T09:30  15. Januar 2027
2027-01-15T09:30  15.1.2027
2026-11-16T09:30  am 16.11.
2026-11-16T09:00! 16.11. um 9 Uhr
`;

export const SPANISH = `
2026-10-15T09:30  mañana
2026-10-15T09:00! mañana a las 9
2026-10-15T09:30! mañana a las 9:30
2026-10-15T09:30  mañana por la mañana
2026-10-15T15:00  mañana por la tarde
2026-10-15T17:00! mañana a las 5 pm
2026-10-15T09:30! mañana a las 9 y media
2026-10-16T09:30  pasado mañana
2026-10-16T10:00! pasado mañana a las 10
2026-10-14T18:00! hoy a las 18:00
2026-10-14T15:00  esta tarde
2026-10-14T20:00  esta noche
2026-10-15T09:30! a las 9 y media
2026-10-14T20:45! a las 9 menos cuarto
2026-10-14T15:00! a las 3 de la tarde
2026-10-14T12:00! al mediodía
2026-10-14T10:41! en una hora
2026-10-14T11:11! en una hora y media
2026-10-14T10:11! en media hora
2026-10-14T11:41! dentro de 2 horas
2026-10-19T09:30  en 3 días
2026-10-21T09:30  en una semana
2026-10-28T09:30  en 2 semanas
2026-11-16T09:30  en un mes
2026-10-16T09:30  en 2 días laborables
2026-10-19T09:30  el lunes
2026-10-19T09:00! el lunes a las 9
2026-10-19T09:30! lunes 9:30
2026-10-16T15:00  el viernes por la tarde
2026-10-16T19:00! el viernes a las 19:00
2026-10-19T09:30  el próximo lunes
2026-10-19T09:30  el lunes que viene
2026-10-17T09:30! el fin de semana
2026-10-30T17:00  a fin de mes
2027-01-15T09:30  15 de enero
2027-01-15T14:30! el 15 de enero a las 14:30
2027-01-15T09:30  15/1/2027
2026-11-16T09:30  16/11
`;
