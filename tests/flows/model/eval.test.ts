/** The evaluation as an operator runs it. */
import { expect, test } from 'vitest';
import { startModelServer, streamed, streamedJson } from '../../support/model-server.ts';
import { runProgram } from '../../support/run-main.ts';

const PROGRAM = 'tests/eval/main.ts';
const STEPS = ['Write a first message', 'Ask one question', 'Close the loop politely'].map(
  (description, index) => ({
    step_id: index + 1,
    action_type: 'followup_message',
    description,
    suggested_text: null,
    timing: '',
    delay_days: index * 3,
  }),
);

test('without an endpoint it says so in one line, prints no score and ends well', async () => {
  const { code, stdout, stderr } = await runProgram(PROGRAM, {});
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^No language model is configured .*\n$/);
});

test('at an endpoint it counts what could be used, mended, asked again and removed, and adds up the cost', async () => {
  const server = await startModelServer({ dialect: 'openrouter' });
  try {
    const usage = { prompt_tokens: 100, completion_tokens: 50, cost: 0.01 };
    const inventing = STEPS.map((step, index) =>
      index === 0
        ? { ...step, suggested_text: 'I loved your recent post. Would a short call next week suit you?' }
        : step,
    );
    server.script(
      streamedJson({ steps: STEPS }, { usage }),
      streamed(`\`\`\`\n${JSON.stringify({ steps: inventing })}\n\`\`\``, { usage }),
      streamed('no', { usage }),
      streamedJson({ steps: STEPS }, { usage }),
    );
    const environment = { OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'scripted' };
    const { code, stdout, stderr } = await runProgram(PROGRAM, environment, '--leads', '3');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/engagement_plan@\d+\.\d+\.\d+ at scripted, 3 leads/);
    expect(stdout).toMatch(/valid plans +3 of 3/);
    expect(stdout).toMatch(/at the first try +2 of 3/);
    expect(stdout).toMatch(/mended +1 of 3/);
    expect(stdout).toMatch(/asked again +1 times/);
    expect(stdout).toMatch(/invented, removed +1 sentences/);
    expect(stdout).toMatch(/4 calls, 400 in, 200 out/);
    expect(stdout).toMatch(/cost +\$0\.0400/);
    expect(server.requests).toHaveLength(4);
  } finally {
    await server.close();
  }
});

test('a wrong parameter is named', async () => {
  const { code, stdout } = await runProgram(
    PROGRAM,
    { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' },
    '--leads',
    'many',
  );
  expect(code).toBe(1);
  expect(stdout).toContain('--leads: "many" is not right');
});
