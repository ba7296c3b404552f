/** Every event name that the server logs is in the one map that says what it means, and the map names no other. */
import { expect, test } from 'vitest';
import { LOG_EVENTS } from '../../bot/logging.ts';
import { repositoryFiles } from '../support/repository.ts';

/** `event: 'a.b'`, and the two halves of a conditional event name. */
const EVENT_NAMES = /event(?::| =)[^'\n;]*'([a-z]+\.[a-z_]+)'(?: : '([a-z]+\.[a-z_]+)')?/g;

function loggedNames(text: string): string[] {
  return [...text.matchAll(EVENT_NAMES)].flatMap(([, ...names]) => names.filter(Boolean));
}

test('the map of event names and the code agree', () => {
  const server = repositoryFiles().filter(
    ({ path }) => /^bot\/.*\.ts$/.test(path) && !path.startsWith('bot/sandbox/page/'),
  );
  const logged = new Set(server.flatMap(({ text }) => loggedNames(text)));
  expect([...logged].sort()).toEqual(Object.keys(LOG_EVENTS).sort());
});

test('a name is found wherever it stands', () => {
  expect(loggedNames(`log.info({ event: 'a.one', id }); const event = first ? 'b.two' : 'c.three';`)).toEqual(
    ['a.one', 'b.two', 'c.three'],
  );
});
