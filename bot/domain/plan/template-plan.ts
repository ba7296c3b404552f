/**
 * The plan that always comes: with no LLM configured it is the default, with one it is the last resort. Pure text
 * work, no model, well under a millisecond.
 */
import { INVITATION_LIMIT, type PlanStep, type Situation } from '../../../shared/schemas/plan.ts';
import type { Language } from '../../../shared/schemas/user.ts';
import { firstName } from '../lead/first-name.ts';
import { timingWords } from './delay-words.ts';
import { codePointLength } from './plan-problems.ts';
import type { TemplateContext, TemplateLead, TemplateStep } from './template-types.ts';
import { ENGLISH_TEMPLATES } from './templates-en.ts';
import { RUSSIAN_TEMPLATES } from './templates-ru.ts';

/** A company longer than this would swallow the sentence it stands in. Code points. */
const COMPANY_LIMIT = 60;

/** A first name longer than this is not one. Code points. */
const FIRST_NAME_LIMIT = 40;

/**
 * Five to eight steps for a lead in a situation, delays never decreasing. No draft holds a placeholder or an empty
 * variable: without a company or a name another sentence is written.
 */
export function templatePlan(lead: TemplateLead, situation: Situation, language: Language): PlanStep[] {
  const templates = language === 'ru' ? RUSSIAN_TEMPLATES : ENGLISH_TEMPLATES;
  return templates[situation](contextOf(lead, language)).map((step, index) => ({
    step_id: index + 1,
    action_type: step.action,
    description: step.description,
    suggested_text: draftOf(step),
    timing: timingWords(step.day, language),
    delay_days: step.day,
  }));
}

function draftOf(step: TemplateStep): string | null {
  if (step.action !== 'linkedin_connect') return step.drafts[0] ?? null;
  return step.drafts.find((draft) => codePointLength(draft) < INVITATION_LIMIT) ?? null;
}

function contextOf(lead: TemplateLead, language: Language): TemplateContext {
  const company = usable(lead.company, COMPANY_LIMIT);
  const write = bestWrittenChannel(lead);
  const first = isPerson(lead) ? usable(firstName(lead.name), FIRST_NAME_LIMIT) : null;
  return {
    greeting: greet(first, language),
    first,
    company,
    write,
    talk: lead.contacts.phones.length > 0 ? 'call' : write,
  };
}

/** A lead known only by a company or an address carries that as its name; nobody is greeted by it. */
function isPerson(lead: TemplateLead): boolean {
  return lead.name !== lead.company && !/[@\d]|:\/\/|\.\p{L}{2,}$/u.test(lead.name);
}

function greet(first: string | null, language: Language): string {
  if (language === 'ru') return first === null ? 'Здравствуйте!' : `${first}, здравствуйте!`;
  return first === null ? 'Hello,' : `Hi ${first},`;
}

function bestWrittenChannel(lead: TemplateLead): TemplateContext['write'] {
  if (lead.contacts.emails.length > 0) return 'email_outreach';
  return lead.contacts.links.some((link) => /linkedin\.com/i.test(link)) ? 'linkedin_dm' : 'followup_message';
}

/** One line of real words that fits, else null: a text made of spaces, signs or line breaks is no name. */
function usable(text: string | null, limit: number): string | null {
  const line = (text ?? '')
    .replace(/[[\]{}<>]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,.!?;])/g, '')
    .replace(/^[^\p{L}\p{N}«"“(]+|[^\p{L}\p{M}\p{N}»"”).!+]+$/gu, '');
  return /\p{L}/u.test(line) && codePointLength(line) <= limit ? line : null;
}
