/** The stores over an opened database, acting as people by tokens minted here. */
import { mintPersonToken } from './http/tokens.ts';
import { machineNow } from './machine.ts';
import type { OpenDatabase } from './open-database.ts';
import { createStores } from './store/create-stores.ts';
import type { Stores, StoreSettings } from './store/create-stores.ts';

/** Opens no connection. */
export function openStores(
  database: OpenDatabase,
  process: Pick<StoreSettings, 'worker' | 'soleReader'>,
): Stores {
  return createStores({
    url: database.url,
    apiKey: database.apiKey,
    fetch: database.fetch,
    mintToken: (telegramId) =>
      mintPersonToken(telegramId, {
        secret: database.jwtSecret,
        nowSeconds: Math.floor(machineNow().epochMilliseconds / 1000),
      }),
    machineNow: () => machineNow().epochMilliseconds,
    ...process,
  });
}
