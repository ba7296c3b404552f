/**
 * The people of the demo. Ids are made up; a private chat's id equals the person's. The first one becomes the owner of the team,
 * because in the sandbox that is whoever writes first, and hers is the chat the page opens with.
 */
import type { SandboxPerson } from './contract.ts';

export const SANDBOX_PEOPLE: readonly SandboxPerson[] = [
  {
    id: 7_100_001,
    firstName: 'Mara',
    lastName: 'Feld',
    username: 'mara_feld',
    languageCode: 'en',
    blurb: 'Sells freight lanes, owns the team',
    role: 'owner',
    hasBlockedBot: false,
  },
  {
    id: 7_100_002,
    firstName: 'Dev',
    lastName: 'Patel',
    username: 'dev_patel',
    languageCode: 'en',
    blurb: 'A colleague on Mara’s team',
    role: 'member',
    hasBlockedBot: false,
  },
  {
    id: 7_100_003,
    firstName: 'Ирина',
    lastName: 'Кох',
    username: 'irina_koch',
    languageCode: 'ru',
    blurb: 'Writes in Russian, on a team of her own',
    role: 'stranger',
    hasBlockedBot: false,
  },
];
