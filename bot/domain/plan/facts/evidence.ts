/** What is known about a lead, in the forms in which a draft is compared with it. */
import type { NewLead } from '../../../../shared/schemas/lead.ts';
import type { PlanStep, Situation } from '../../../../shared/schemas/plan.ts';
import { fold, stem, wordsOf } from './fold.ts';

/** Everything a draft may rely on. */
export interface PlanFacts {
  readonly lead: NewLead;
  readonly situation: Situation;
  /** What the person wrote, news, earlier steps, the person's own name: anything told. */
  readonly told: readonly string[];
}

export interface Evidence {
  readonly facts: PlanFacts;
  /** Everything told in lower case, for looking up phrases. */
  readonly plain: string;
  /** Folded words. */
  readonly words: ReadonlySet<string>;
  readonly stems: readonly string[];
  /** Every number told, digits only, without leading zeros. */
  readonly numbers: ReadonlySet<string>;
  /** The tails of every telephone number told; see {@link phoneTails}. */
  readonly phones: ReadonlySet<string>;
  /** Folded words of the lead's name and company: known, but no evidence for a claim. */
  readonly identity: ReadonlySet<string>;
}

/** Gathers it once per plan. */
export function gatherEvidence(facts: PlanFacts): Evidence {
  const { lead, told } = facts;
  const contacts = Object.values(lead.contacts).flat();
  const identity = [lead.name, lead.company ?? ''];
  const text = [...identity, lead.title ?? '', lead.notes ?? '', ...contacts, ...told].join('\n');
  const words = wordsOf(text).map(({ word }) => word);
  return {
    facts,
    plain: plain(text),
    words: new Set(words.flatMap((word) => [fold(word), fold(word.replace(/['’].*$/, ''))]).filter(Boolean)),
    stems: [...new Set(words.map(stem))],
    numbers: new Set(numbersIn(text)),
    phones: new Set(phoneTails(text)),
    identity: new Set(wordsOf(identity.join(' ')).map(({ word }) => fold(word))),
  };
}

/** Lower case, straight apostrophes, no ё: the form that phrases are looked up in. */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е').replaceAll('’', "'");
}

/** The numbers of a text with thousands joined: "12 000" and "12,000" are 12000. */
export function numbersIn(text: string): string[] {
  const joined = text.replace(/(?<=\d)[\s.,](?=\d{3}(?!\d))/g, '');
  return [...joined.matchAll(/\d+/g)].map(([digits]) => digits.replace(/^0+(?=\d)/, ''));
}

/** A run of digits as telephone numbers are written: groups, brackets, a plus. */
export const PHONE = /\+?\(?\d(?:[^\S\n]?[().-]*[^\S\n]?\d){6,}/g;
/** Digits that tell numbers apart: prefixes (+49, 0049, 0) are written in several ways. */
const TAIL = 9;

/** The last digits of every telephone number in the text. */
export function phoneTails(text: string): string[] {
  return (text.match(PHONE) ?? []).map((number) => number.replace(/\D/g, '').slice(-TAIL));
}

/** Which kinds of contact earlier steps of the same plan have made. */
export interface Earlier {
  readonly message: boolean;
  readonly talk: boolean;
}

/** What the steps before `index` lead to, when they are done. */
export function earlierContact(steps: readonly PlanStep[], index: number): Earlier {
  const before = new Set(steps.slice(0, index).map(({ action_type }) => action_type));
  const has = (...actions: PlanStep['action_type'][]): boolean =>
    actions.some((action) => before.has(action));
  return {
    message: has(
      'email_outreach',
      'linkedin_dm',
      'followup_message',
      'meeting_request',
      'linkedin_connect',
      'call',
    ),
    talk: has('call', 'meeting_request'),
  };
}
