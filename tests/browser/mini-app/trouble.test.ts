import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAnna, startMiniApp, stored } from './mini-app.ts';
import type { MiniApp, OpenedApp, OpenOptions } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

let people = 150;

const withAnna = async (options?: OpenOptions) => openAnna(app, (people += 1), options);

const button = ({ page }: OpenedApp, name: string) => page.getByRole('button', { name, exact: true });
const section = ({ page }: OpenedApp, name: RegExp) => page.getByRole('region', { name });

describe('when an action does not work out', () => {
  test('a refusal puts the row in its true state and says why', async () => {
    const opened = await withAnna();
    await app.database.userClient(opened.telegramId).database.rpc('cancel_reminder', {
      p_action_id: 'elsewhere',
      p_id: opened.id,
    });
    await button(opened, 'Done').click();
    await opened.page.getByRole('alert').getByText('This reminder is closed already.').waitFor();
    await opened.page.getByRole('article').waitFor({ state: 'detached' });
    expect(await stored(app.database, opened.id)).toMatchObject({ status: 'cancelled' });
  });

  test('a server in trouble puts the row back, and Retry sends it again', async () => {
    let sent = 0;
    const opened = await withAnna({
      prepare: (page) =>
        page.route('**/rpc/complete_reminder', async (route) => {
          sent += 1;
          await (sent <= 2 ? route.fulfill({ status: 500, json: {} }) : route.continue());
        }),
    });
    await button(opened, 'Done').click();
    await opened.page.getByRole('alert').getByText('Not saved').waitFor();
    await opened.page.getByRole('article', { name: 'Anna Kowalska' }).waitFor();
    await button(opened, 'Retry').click();
    await opened.page.getByText('That was all for today').waitFor();
    await expect.poll(() => stored(app.database, opened.id)).toMatchObject({ status: 'completed' });
  });

  test('without a connection it stays done here, says that it waits, and goes out by itself, once', async () => {
    const actionIds = new Set<unknown>();
    const opened = await withAnna({
      prepare: async (page) => {
        page.on('request', (request) => {
          if (request.url().endsWith('/rpc/complete_reminder'))
            actionIds.add((request.postDataJSON() as { p_action_id: string }).p_action_id);
        });
      },
    });
    await opened.page.context().setOffline(true);
    await button(opened, 'Done').click();
    await opened.page.getByText('Done: Anna Kowalska. Waits for the connection.').waitFor();
    await section(opened, /^Waiting to be sent/)
      .getByText('Anna Kowalska')
      .waitFor();
    expect(await stored(app.database, opened.id)).toMatchObject({ status: 'pending' });
    await opened.page.context().setOffline(false);
    await expect.poll(() => stored(app.database, opened.id)).toMatchObject({ status: 'completed' });
    await section(opened, /^Waiting to be sent/).waitFor({ state: 'detached' });
    expect(actionIds.size).toBe(1);
  });

  test('what waits can be taken back before it was sent', async () => {
    const opened = await withAnna();
    await button(opened, 'Snooze').click();
    const tomorrow = opened.page.getByRole('button', { name: /^Tomorrow/ });
    await tomorrow.waitFor();
    await opened.page.context().setOffline(true);
    await tomorrow.click();
    // What stands below the card moves until it has folded away; a click meanwhile may miss.
    await opened.page.getByRole('article').waitFor({ state: 'detached' });
    await section(opened, /^Waiting to be sent/)
      .getByRole('button', { name: 'Undo' })
      .click();
    await opened.page.context().setOffline(false);
    await opened.page.getByRole('article', { name: 'Anna Kowalska' }).waitFor();
    await section(opened, /^Waiting to be sent/).waitFor({ state: 'detached' });
    expect(await stored(app.database, opened.id)).toMatchObject({
      status: 'pending',
      wanted: '2026-10-12T07:30:00.000Z',
    });
  });

  test('an answer that was lost on the way does nothing twice', async () => {
    let sent = 0;
    const opened = await withAnna({
      prepare: (page) =>
        page.route('**/rpc/snooze_reminder', async (route) => {
          sent += 1;
          if (sent > 1) return route.continue();
          await route.fetch();
          return route.abort();
        }),
    });
    await button(opened, 'Snooze').click();
    await opened.page.getByRole('button', { name: /^In 2 days/ }).click();
    await section(opened, /^Next 7 days/).waitFor();
    await expect.poll(() => sent).toBe(2);
    const { rows } = await app.database.admin.query<{ snoozes: number }>(
      'select snooze_count as snoozes from public.scheduled_reminders where id = $1',
      [opened.id],
    );
    expect(rows).toEqual([{ snoozes: 1 }]);
  });
});
