import type { Database } from '@insforge/sdk';
import { userRowSchema } from '../../../shared/schemas/user.ts';
import type { UserRow } from '../../../shared/schemas/user.ts';
import { ReadError, readRows } from './outcome.ts';

/**
 * The person's own row.
 * @throws ReadError
 */
export async function readUser(database: Database): Promise<UserRow> {
  const columns = Object.keys(userRowSchema.shape).join(',');
  const [row] = readRows('user', await database.from('users').select(columns).limit(1), userRowSchema);
  if (row === undefined) throw new ReadError('user', 404);
  return row;
}
