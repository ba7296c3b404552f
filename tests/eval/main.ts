/**
 * `npm run eval [-- --leads 12]`: the engagement plan prompt over the sample leads at the configured endpoint. Prints how
 * many answers could be used, what had to be mended, asked again or removed, and what it cost. It costs money or time,
 * so it is no part of the tests; without an endpoint it says so, prints no scores and ends well.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfig } from '../../bot/config.ts';
import { extractLead } from '../../bot/domain/lead/extract-lead.ts';
import { detectSituation } from '../../bot/domain/plan/situation.ts';
import { machineClock } from '../../bot/machine.ts';
import { createLanguageModel } from '../../bot/model/create-language-model.ts';
import { createPlanner } from '../../bot/model/create-planner.ts';
import { loadPrompt, promptVersion } from '../../bot/model/load-prompt.ts';
import { addUsage, NO_USAGE } from '../../bot/model/usage.ts';
import type { PlanRequest } from '../../bot/usecases/model-ports.ts';
import { languageSchema } from '../../shared/schemas/user.ts';
import { quietLog } from '../support/quiet-log.ts';
import { reportOf, type Sampled } from './report.ts';

const SAMPLES = new URL('../unit/domain/leads/', import.meta.url);
const sampleSchema = z.looseObject({ text: z.string() });
/** Monday; the samples name no dates that depend on it. */
const TODAY = '2026-10-05';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({ options: { leads: { type: 'string', default: '12' } } });
const most = z.coerce.number().int().positive().safeParse(values.leads);
const settings = readConfig('migrate');
if (!settings.ok || !most.success) {
  for (const problem of settings.ok ? [] : settings.problems) say(problem);
  if (!most.success)
    say(`--leads: ${JSON.stringify(values.leads)} is not right: give a whole number above 0`);
  process.exitCode = 1;
} else if (settings.config.model === null) {
  say(
    'No language model is configured (OPENAI_API_KEY or OPENAI_BASE_URL), so there is nothing to evaluate.',
  );
} else {
  const model = createLanguageModel(settings.config.model);
  const planner = createPlanner({ model, clock: machineClock, log: quietLog });
  const requests = sampleRequests().slice(0, most.data);
  say(
    `${promptVersion(loadPrompt('engagement_plan'))} at ${settings.config.model.model}, ${requests.length} leads`,
  );
  const sampled: Sampled[] = [];
  let usage = NO_USAGE;
  for (const { name, request } of requests) {
    const before = machineClock.monotonicMs();
    const planned = await planner.plan(request, { signal: new AbortController().signal });
    const milliseconds = machineClock.monotonicMs() - before;
    usage = addUsage(usage, planned.usage);
    sampled.push({ name, origin: planned.origin, steps: planned.plan.steps.length, milliseconds });
    say(reportOf(sampled.slice(-1)).lines[0] ?? '');
  }
  for (const line of reportOf(sampled, usage).totals) say(line);
}

/** Every sample that is one lead, evenly spread over the folder. */
function sampleRequests(): { name: string; request: PlanRequest }[] {
  return readdirSync(SAMPLES).flatMap((file) => {
    const { text } = sampleSchema.parse(JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8')));
    const read = extractLead(text);
    if (read.kind !== 'lead') return [];
    const language = languageSchema.catch('en').parse(read.lead.language);
    const request: PlanRequest = {
      lead: read.lead,
      text,
      situation: detectSituation(text),
      language,
      today: TODAY,
      zone: read.lead.zone ?? 'UTC',
      replan: null,
    };
    return [{ name: file.replace(/\.json$/, ''), request }];
  });
}
