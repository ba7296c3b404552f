/** What Telegram's answers mean next to the settings. Pure. */
import type { BotLook } from '../usecases/operator-ports.ts';
import type { Finding } from './finding.ts';

/** Updates that wait longer than a busy minute would explain. */
const MANY_WAITING = 100;

/** @param settings.webhookUrl from TELEGRAM_WEBHOOK_URL; null = long polling. */
export function judgeTelegram(
  look: BotLook,
  settings: { readonly apiRoot: string; readonly webhookUrl: string | null },
): Finding[] {
  switch (look.kind) {
    case 'bad_token':
      return [
        {
          state: 'wrong',
          subject: 'bot token',
          what: 'Telegram does not know it',
          fix: 'Copy BOT_TOKEN from @BotFather again.',
        },
      ];
    case 'away':
      return [
        {
          state: 'wrong',
          subject: 'telegram',
          what: `${settings.apiRoot} gave ${look.reason}`,
          fix: 'Check TELEGRAM_API_ROOT and the way out to the internet.',
        },
      ];
    case 'answers':
      return [
        { state: 'ok', subject: 'bot token', what: `@${look.username}` },
        ...judgeWebhook(look, settings),
      ];
  }
}

function judgeWebhook(
  look: Extract<BotLook, { kind: 'answers' }>,
  settings: { readonly webhookUrl: string | null },
): Finding[] {
  const subject = 'webhook';
  const { webhookUrl } = settings;
  const findings: Finding[] = [];
  if (look.webhookUrl === webhookUrl) {
    findings.push({ state: 'ok', subject, what: webhookUrl ?? 'none, the bot fetches its updates' });
  } else if (webhookUrl === null) {
    const what = `Telegram delivers to ${look.webhookUrl ?? ''}, but TELEGRAM_WEBHOOK_URL is not set`;
    findings.push({
      state: 'note',
      subject,
      what: `${what}; starting the bot here takes it over`,
    });
  } else {
    const what = `Telegram delivers ${look.webhookUrl === null ? 'nowhere' : `to ${look.webhookUrl}`}, not to ${webhookUrl}`;
    findings.push({ state: 'note', subject, what: `${what}; starting the bot sets it` });
  }
  if (look.lastError !== null) {
    const what = `Telegram’s last delivery failed: ${look.lastError}`;
    const fix = 'Check that TELEGRAM_WEBHOOK_URL is reachable over HTTPS with a valid certificate.';
    findings.push({ state: webhookUrl === null ? 'note' : 'wrong', subject, what, fix });
  }
  if (look.waiting > MANY_WAITING) {
    const what = `${look.waiting} updates wait at Telegram`;
    findings.push({ state: 'wrong', subject, what, fix: 'Start the bot: npm start.' });
  }
  return findings;
}
