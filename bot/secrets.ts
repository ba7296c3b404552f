/**
 * Keys that exist only between our own parts in embedded mode: made once, kept beside the data with mode 600, so
 * that sessions and the sandbox's chats survive a restart.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const secretsSchema = z.object({
  jwtSecret: z.string(),
  apiKey: z.string(),
  anonKey: z.string(),
  sandboxBotToken: z.string(),
});
export type Secrets = z.infer<typeof secretsSchema>;

/** New random keys in the shapes InsForge and Telegram use. */
export function newSecrets(): Secrets {
  const random = (bytes: number): string => randomBytes(bytes).toString('hex');
  return {
    jwtSecret: random(32),
    apiKey: `ik_${random(24)}`,
    anonKey: `anon_${random(24)}`,
    sandboxBotToken: `4242:${randomBytes(26).toString('base64url')}`,
  };
}

/**
 * Reads the keys of a data folder, making them on first use.
 * @throws Error when the file is there but cannot be read: new keys would lock people out of their own data.
 */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json');
  const known = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (known !== null) {
    const parsed = secretsSchema.safeParse(JSON.parse(known));
    if (parsed.success) return parsed.data;
    throw new Error(`${file} is damaged. Restore it from a backup, or move it away to begin with new keys.`);
  }
  const made = newSecrets();
  await mkdir(dataDir, { recursive: true });
  // Written beside and renamed: a crash in between leaves no half file.
  await writeFile(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return made;
}
