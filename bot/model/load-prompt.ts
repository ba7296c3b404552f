/** Prompts are files of their own, so that they are read, compared and versioned like code. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const FOLDER = new URL('../../prompts/', import.meta.url);

const frontMatterSchema = z.strictObject({
  /** Counts up with every change of meaning; stored with what was made by it. */
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  purpose: z.string().min(1),
  /** The zod schema that the answer is held to, as `file#name`. */
  output_schema: z.string().min(1),
});

export interface Prompt extends z.infer<typeof frontMatterSchema> {
  readonly name: string;
  /** The instructions without the front matter. */
  readonly text: string;
}

/**
 * Reads `prompts/<name>.md`.
 * @throws Error when the file or its front matter is not as it must be: the program is broken, not its input.
 */
export function loadPrompt(name: string): Prompt {
  const file = readFileSync(new URL(`${name}.md`, FOLDER), 'utf8');
  const [, head, text] = /^---\n(.*?)\n---\n(.*)$/s.exec(file) ?? [];
  const fields = frontMatterSchema.safeParse(parse(head ?? ''));
  if (!fields.success || text === undefined) {
    throw new Error(`prompts/${name}.md needs front matter with version, purpose and output_schema.`, {
      cause: fields.error,
    });
  }
  return { ...fields.data, name, text: text.trim() };
}

/** What stands beside a result that a prompt made: `engagement_plan@1.0.0`. */
export function promptVersion(prompt: Prompt): string {
  return `${prompt.name}@${prompt.version}`;
}
