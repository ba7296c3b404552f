/** JSON schemas for structured answers, made from the zod schemas that the answers are held to anyway. */
import { z } from 'zod';

/**
 * Keywords that strict structured output does not know everywhere. The prompt says the same in words and the code
 * checks it, so a schema without them loses nothing.
 */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  '$schema',
  'default',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'maximum',
  'maxItems',
  'maxLength',
  'minimum',
  'minItems',
  'minLength',
  'pattern',
]);

/** The schema as OpenAI's strict mode takes it: every property required, no other allowed, plain keywords only. */
export function strictJsonSchema(schema: z.ZodType): Record<string, unknown> {
  return simplify(z.toJSONSchema(schema, { io: 'output', reused: 'inline' }));
}

function simplify(node: object): Record<string, unknown> {
  const kept = Object.entries(node)
    .filter(([key]) => !UNSUPPORTED.has(key))
    .map(([key, value]) => [key, key === 'properties' ? simplifyEach(value) : simplifyValue(value)]);
  const simple = Object.fromEntries(kept) as Record<string, unknown>;
  if (simple['type'] !== 'object' || typeof simple['properties'] !== 'object') return simple;
  return { ...simple, required: Object.keys(simple['properties'] ?? {}), additionalProperties: false };
}

/** Under `properties` the keys are names, one of which may be called like a keyword. */
function simplifyEach(properties: unknown): unknown {
  if (typeof properties !== 'object' || properties === null) return properties;
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, simplifyValue(value)]));
}

function simplifyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(simplifyValue);
  return typeof value === 'object' && value !== null ? simplify(value) : value;
}
