import { describe, expect, test } from 'vitest';
import { firstPlace, readDeepLink } from '../../../tma/src/app/deep-link.ts';

describe('links into the app', () => {
  test.each([
    ['r42', { kind: 'reminder', id: 42 }, '/'],
    ['l7', { kind: 'lead', id: 7 }, '/leads/7'],
    ['p9', { kind: 'plan', id: 9, stepId: null }, '/plans/9'],
    ['p9_2', { kind: 'plan', id: 9, stepId: 2 }, '/plans/9/2'],
    ['settings', { kind: 'section', path: '/settings' }, '/settings'],
  ])('%s opens its place', (parameter, link, place) => {
    expect(readDeepLink(parameter)).toEqual(link);
    expect(firstPlace(readDeepLink(parameter))).toBe(place);
  });

  test.each([
    null,
    '',
    'r',
    'r0',
    'r-1',
    'r1_2',
    'l7x',
    'p9_',
    'p0_1',
    'r9999999999999999999',
    '../etc',
    'constructor',
  ])('what no link looks like (%s) opens Today', (parameter) => {
    expect(readDeepLink(parameter)).toBeNull();
    expect(firstPlace(readDeepLink(parameter))).toBe('/');
  });
});
