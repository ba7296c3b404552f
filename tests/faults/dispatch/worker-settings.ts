/** What the workers of a run are told: where PostgreSQL or the gateway is, where Telegram is, how fast they may be. */
import type { TestTelegram } from '../../support/telegram.ts';
import { GATEWAY_KEYS } from './rude-gateway.ts';
import type { WorkerSettings } from './workers.ts';

/** Half of them on PostgreSQL through the proxy, half in InsForge mode over HTTP. */
export function settingsOf(
  run: { readonly workers: number; readonly rate: number },
  telegram: TestTelegram,
  direct: URL,
  proxyPort: number,
  gatewayUrl: string,
  doors: string,
): WorkerSettings[] {
  const common = {
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    TELEGRAM_RATE_PER_SECOND: String(run.rate),
    LOG_LEVEL: 'info',
    DOOR_FILE: doors,
  };
  const proxied = new URL(direct);
  proxied.port = String(proxyPort);
  return Array.from({ length: run.workers }, (_, nth) =>
    nth % 2 === 0
      ? { ...common, DATABASE_URL: proxied.href, JWT_SECRET: GATEWAY_KEYS.jwtSecret }
      : {
          ...common,
          INSFORGE_URL: gatewayUrl,
          INSFORGE_API_KEY: GATEWAY_KEYS.apiKey,
          INSFORGE_JWT_SECRET: GATEWAY_KEYS.jwtSecret,
        },
  );
}
