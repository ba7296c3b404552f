/** One method of the Bot API: its parameters and what it does. */
import type { z } from 'zod';
import { readParameters } from '../fields.ts';
import type { World } from '../world.ts';

export interface Call {
  /** Aborted when the bot has closed the connection. */
  gone: AbortSignal;
}

export interface Method {
  /**
   * @param given parameters by name, nothing empty among them
   * @returns the answer's `result`
   * @throws {Refusal} what Telegram would refuse
   */
  run: (world: World, given: Readonly<Record<string, unknown>>, call: Call) => unknown;
}

/** A row of the table of methods. Parameters are read in the order the shape names them, which decides whose error is told. */
export function method<Shape extends z.ZodType>(
  shape: Shape,
  run: (world: World, parameters: z.infer<Shape>, call: Call) => unknown,
): Method {
  return { run: (world, given, call) => run(world, readParameters(shape, given), call) };
}
