import { refusalCodeSchema } from '../../../../shared/contracts/refusals.ts';
import type { Say } from '../../texts/texts.ts';

/** What the server's own routes refused, in words; their codes are the database's where it was the database. */
export function refusalText(code: string, say: Say): string {
  const known = refusalCodeSchema.safeParse(code);
  return known.success ? say(`refused-${known.data}`) : say('not-accepted');
}
