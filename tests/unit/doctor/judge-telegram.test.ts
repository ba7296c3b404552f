import { expect, test } from 'vitest';
import { judgeTelegram } from '../../../bot/doctor/judge-telegram.ts';
import type { BotLook } from '../../../bot/usecases/operator-ports.ts';

const ROOT = 'https://api.telegram.org';
const OURS = 'https://bot.example/telegram/webhook';

function answers(more: Partial<Extract<BotLook, { kind: 'answers' }>> = {}): BotLook {
  return { kind: 'answers', username: 'nudge_bot', webhookUrl: null, waiting: 0, lastError: null, ...more };
}
const judge = (look: BotLook, webhookUrl: string | null = null) =>
  judgeTelegram(look, { apiRoot: ROOT, webhookUrl });
const states = (look: BotLook, webhookUrl: string | null = null) =>
  judge(look, webhookUrl).map(({ state }) => state);

test('a webhook where it belongs is fine, and so is none for a bot that fetches', () => {
  expect(states(answers({ webhookUrl: OURS }), OURS)).toEqual(['ok', 'ok']);
  expect(states(answers())).toEqual(['ok', 'ok']);
});

test('a webhook elsewhere is told, because starting the bot here takes it over', () => {
  const findings = judge(answers({ webhookUrl: 'https://other.example/' }));
  expect(findings[1]?.state).toBe('note');
  expect(findings[1]?.what).toContain('https://other.example/');
  expect(states(answers(), OURS)).toEqual(['ok', 'note']);
});

test('deliveries that fail and updates that pile up are wrong', () => {
  const look = answers({ webhookUrl: OURS, lastError: 'SSL error', waiting: 101 });
  expect(states(look, OURS)).toEqual(['ok', 'ok', 'wrong', 'wrong']);
});

test('a bot that fetches its updates is not to blame for an old webhook error', () => {
  expect(states(answers({ lastError: 'Connection refused' }))).toEqual(['ok', 'ok', 'note']);
});
