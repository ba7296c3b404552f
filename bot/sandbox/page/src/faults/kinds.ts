/** What can go wrong on purpose, in the words of a person. */
import type { SandboxFault } from '../../../contract.ts';

export const FAULTS: readonly { fault: SandboxFault; text: string; hint: string }[] = [
  { fault: 'slow', text: 'Slow', hint: 'Telegram answers each call late' },
  { fault: 'offline', text: 'No network', hint: 'Telegram cannot be reached' },
  { fault: 'rate_limited', text: 'Too fast', hint: 'Telegram tells the bot to wait (429)' },
  { fault: 'server_error', text: 'Error 500', hint: 'Telegram fails on its side' },
  { fault: 'drop_after_accept', text: 'Lost answer', hint: 'Telegram delivers, its answer never arrives' },
];
