import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALLBACK_LIMIT_BYTES, decodeCallback, encodeCallback } from '../../../bot/telegram/callback-data.ts';
import type { CallbackAction } from '../../../bot/telegram/callback-data.ts';
import { searchWords } from '../../../bot/telegram/features/leads/leads-card.ts';

const id = fc.integer({ min: 1, max: 999_999_999_999_999 });
const actionId = fc.nat({ max: 2 ** 31 }).map((update) => `u${update}`);
/** Buttons carry whole minutes; years 2020 to 2100. */
const until = fc
  .integer({ min: 26_297_280, max: 68_374_080 })
  .map((minutes) => Temporal.Instant.fromEpochMilliseconds(minutes * 60_000));
const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'Etc/GMT-14', 'UTC');

const plainVerbs = ['done', 'skip', 'cancel', 'snoozeMenu', 'back', 'open', 'accept', 'discard'] as const;
const planVerbs = ['editPlan', 'planShow', 'paceMenu', 'versions', 'replan', 'keepOld'] as const;
const stepVerbs = [
  'stepOpen',
  'stepMore',
  'stepChannels',
  'stepWords',
  'stepDraft',
  'stepDate',
  'stepAdd',
  'stepRemove',
] as const;
/** A button under a step of the largest plan there can be. */
const ofStep = { id, version: fc.integer({ min: 1, max: 9_999 }), step: fc.integer({ min: 1, max: 10 }) };
const number = fc.integer({ min: 1, max: 9_999 });
const editAction: fc.Arbitrary<CallbackAction> = fc.oneof(
  fc.record({ verb: fc.constantFrom(...planVerbs), id }),
  fc.record({ verb: fc.constantFrom(...stepVerbs), ...ofStep }),
  fc.record({ verb: fc.constant('stepChannel' as const), ...ofStep, channel: fc.nat({ max: 9 }) }),
  fc.record({
    verb: fc.constant('stepShift' as const),
    ...ofStep,
    days: fc.integer({ min: -365, max: 365 }),
  }),
  fc.record({ verb: fc.constant('stepAt' as const), ...ofStep, until, exact: fc.boolean() }),
  fc.record({ verb: fc.constant('stepMove' as const), ...ofStep, to: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ verb: fc.constant('version' as const), id, number }),
  fc.record({ verb: fc.constant('revert' as const), id, version: number, number }),
  fc.record({ verb: fc.constant('undoEdit' as const), actionId, id }),
  fc.record({
    verb: fc.constant('planPace' as const),
    id,
    version: number,
    pace: fc.constantFrom('fixed_dates' as const, 'after_previous' as const),
  }),
);
const clock = fc
  .record({ hour: fc.nat({ max: 23 }), minute: fc.nat({ max: 59 }) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}${String(minute).padStart(2, '0')}`);
const settingsAction: fc.Arbitrary<CallbackAction> = fc.oneof(
  fc.record({ verb: fc.constant('settings' as const), page: fc.constantFrom('main' as const, 'askQuiet') }),
  fc.record({ verb: fc.constant('setHour' as const), clock }),
  fc.record({ verb: fc.constant('setQuiet' as const), from: clock, to: clock }),
  fc.record({
    verb: fc.constant('setDay' as const),
    day: fc.integer({ min: 1, max: 7 }),
    on: fc.boolean(),
  }),
  fc.record({ verb: fc.constant('setDays' as const), days: fc.constantFrom('12345', '1234567') }),
  fc.record({ verb: fc.constant('setLanguage' as const), language: fc.constantFrom('en' as const, 'ru') }),
  fc.record({ verb: fc.constant('pause' as const), until }),
  fc.record({ verb: fc.constant('resume' as const) }),
  fc.record({ verb: fc.constant('exportFile' as const), format: fc.constantFrom('csv' as const, 'ics') }),
  fc.record({ verb: fc.constant('privacy' as const), wish: fc.constantFrom('export' as const, 'delete') }),
);
const anyAction: fc.Arbitrary<CallbackAction> = fc.oneof(
  fc.record({ verb: fc.constantFrom(...plainVerbs), id }),
  fc.record({ verb: fc.constant('snooze' as const), id, until, exact: fc.boolean() }),
  fc.record({ verb: fc.constantFrom('undo' as const, 'undoPlan' as const), actionId, id }),
  fc.record({ verb: fc.constant('zone' as const), zone }),
  fc.record({ verb: fc.constantFrom('leadPause' as const), id, leadId: id }),
  fc.record({
    verb: fc.constant('leads' as const),
    shelf: fc.constantFrom('all' as const, 'plans' as const, 'bin' as const),
    page: fc.integer({ min: 1, max: 63 }),
    words: fc.string({ unit: 'grapheme', maxLength: 200 }).map(searchWords),
  }),
  editAction,
  settingsAction,
);

test('whatever a button says comes back as it was, in at most 64 bytes', () => {
  fc.assert(
    fc.property(anyAction, (action) => {
      const data = encodeCallback(action);
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(CALLBACK_LIMIT_BYTES);
      const read = decodeCallback(data);
      expect({ ...read, ...('until' in action ? { until: undefined } : {}) }).toEqual({
        ...action,
        ...('until' in action ? { until: undefined } : {}),
      });
      if (read?.verb === 'snooze' && action.verb === 'snooze') {
        expect(read.until.equals(action.until)).toBe(true);
      }
    }),
  );
});

describe('a button is outdated or forged when', () => {
  test.each([
    ['it is empty', ''],
    ['its version is not ours', '0:d:12'],
    ['its verb is unknown', '1:qq:12'],
    ['its id is missing', '1:d:'],
    ['its id is no number', '1:d:12abc'],
    ['its id is negative', '1:d:-12'],
    ['its id is a fraction', '1:d:1.5'],
    ['its id is beyond every row', '1:d:99999999999999999999'],
    ['it says more than it should', '1:d:12:13'],
    ['it says less than it should', '1:s:12'],
    ['its instant is no number', '1:s:12:!!!!!:e'],
    ['its mark is unknown', '1:s:12:abcdef:q'],
    ['its action id is not from the chat', '1:u:drop table:12'],
    ['its verb is a name of every object', '1:constructor:12'],
    ['its zone is no name', '1:t:../../etc'],
    ['its clock is none', '1:gh:2460'],
    ['its day is none', '1:gd:8:e'],
    ['it says something where nothing is to be said', '1:gr:'],
  ])('%s', (_, data) => {
    expect(decodeCallback(data)).toBeNull();
  });
});

test('any text at all is read without an exception', () => {
  fc.assert(fc.property(fc.string(), (data) => void decodeCallback(`1:${data}`)));
});
