/** Every method the emulator knows. What is not here answers 404: a silent "ok" would hide a bot that relies on it. */
import { fileMethods } from '../files.ts';
import { settingMethods } from './bot-settings.ts';
import { messageMethods } from './messages.ts';
import { documentMethods } from './documents.ts';
import type { Method } from './method.ts';
import { receivingMethods } from './receiving.ts';
import { signalMethods } from './signals.ts';

export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>(
  Object.entries({
    ...messageMethods,
    ...signalMethods,
    ...settingMethods,
    ...receivingMethods,
    ...fileMethods,
    ...documentMethods,
  }),
);
