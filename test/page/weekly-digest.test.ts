import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openBrowser, startService, type RunningService } from './open-page.ts';

/** The weekly post as a supervisor sees it, after weeks of work that came in through the ordinary doors. */
let service: RunningService;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
const screenshot = path.resolve(import.meta.dirname, '../../docs/weekly-digest.png');

const ask = async (to: string, body: object): Promise<unknown> => {
  const response = await fetch(new URL(`/simulator/api/${to}`, service.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status, to).toBe(200);
  return response.json();
};
const look = async (at: string): Promise<string> => (await fetch(new URL(`/simulator/api/${at}`, service.url))).text();
const types = (user: string, text: string): Promise<unknown> => ask('slack/command', { user, channel: 'dm', text });
const push = (step: object): Promise<unknown> => ask('clock', step);

const messagesSchema = z.object({
  messages: z.array(z.object({ ts: z.string(), blocks: z.array(z.looseObject({ type: z.string() })) })),
});
const elementsSchema = z.array(
  z.looseObject({ text: z.object({ text: z.string() }), action_id: z.string(), value: z.string().optional() }),
);

/** Presses the newest button of that label in somebody's own messages. */
async function presses(user: string, label: string): Promise<void> {
  const { messages } = messagesSchema.parse(JSON.parse(await look(`slack/messages?channel=dm&user=${user}`)));
  for (const { ts, blocks } of [...messages].reverse()) {
    for (const block of blocks.filter(({ type }) => type === 'actions')) {
      const button = elementsSchema.parse(block['elements']).find(({ text }) => text.text === label);
      if (button === undefined) continue;
      const { action_id, value } = button;
      const action = { action_id, block_id: String(block['block_id']), ...(value === undefined ? {} : { value }) };
      await ask('slack/action', { user, channel: 'dm', message: ts, action });
      return;
    }
  }
  throw new Error(`${user} sees no button ${label}`);
}

async function codesOf(user: string): Promise<string[]> {
  await types(user, 'caseload');
  return [...new Set((await look(`slack/messages?channel=dm&user=${user}`)).match(/\b[0-9A-Z]{4}-[0-9A-Z]\b/g) ?? [])];
}

const kept = ['phone reached 15m', 'visit reached 40m', 'video reached 25m', 'phone reached 10m'];
const lost = ['phone no-answer', 'text left-message', 'visit no-show', 'phone left-message'];

/** Eight weeks of contacts, written down with their days: the same every time, and growing towards now. */
async function logHistory(codes: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const today = Date.parse((await nowOf()).slice(0, 10));
  for (let week = 8; week >= 1; week -= 1) {
    const on = new Date(today - (week * 7 - (week % 4)) * 86_400_000).toISOString().slice(0, 10);
    for (const [index, [user, theirs]] of Object.entries(codes).entries()) {
      for (let turn = 0; turn < 4 - index + ((week + index) % 2) * 2 - (week > 5 ? 1 : 0); turn += 1) {
        const code = theirs[(week * 3 + turn * 2 + index) % theirs.length] ?? '';
        const how = (week + 2 * turn + index) % 5 < 3 ? kept[(week + turn) % 4] : lost[(week + turn) % 4];
        if (code !== 'K7T2-9') await types(user, `log ${code} ${how ?? ''} on ${on} fu +${3 + turn}d`);
      }
    }
  }
}

/** What happens in the week that is shown: a client nobody reaches, referrals, escalations, an evening's work. */
async function liveThroughAWeek(codes: Readonly<Record<string, readonly string[]>>): Promise<void> {
  await push({ to: 'next-monday' });
  for (const how of ['phone no-answer', 'text left-message', 'visit no-show', 'phone left-message']) {
    await types('maya', `log K7T2-9 ${how} fu +2d`);
  }
  for (const at of [0, 1, 2]) await types('jon', `refer ${codes['jon']?.[at] ?? ''} to partner:home-start urgent`);
  await types('sara', `refer ${codes['sara']?.[1] ?? ''} to partner:st-anne-ed routine`);
  await types('maya', `escalate ${codes['maya']?.[2] ?? ''} urgent`);
  await push({ advance: 'PT12M' });
  await presses('dana', 'Acknowledge');
  for (const [user, theirs] of Object.entries(codes)) {
    for (const code of theirs.slice(2, 6)) await types(user, `log ${code} phone reached 20m fu +6d`);
  }
  await push({ advance: 'PT11H' });
  for (const code of codes['maya']?.slice(6, 8) ?? []) await types('maya', `log ${code} phone reached 5m fu +9d`);
}

const nowOf = async (): Promise<string> =>
  z.object({ clock: z.object({ now: z.string() }) }).parse(JSON.parse(await look('state'))).clock.now;

beforeAll(async () => {
  service = await startService();
  browser = await openBrowser();
  const codes = { maya: await codesOf('maya'), jon: await codesOf('jon'), sara: await codesOf('sara') };
  await logHistory(codes);
  await liveThroughAWeek(codes);
  page = await browser.newPage({ viewport: { width: 1360, height: 900 }, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(15_000);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(service.url);
  await slack().getByLabel('Who am I in Slack').selectOption({ label: 'Dana Whitfield' });
  await teams().getByLabel('Who am I in Teams').selectOption({ label: 'Dana Whitfield' });
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

const slack = (): Locator => page.getByRole('region', { name: 'Slack', exact: true });
const teams = (): Locator => page.getByRole('region', { name: 'Microsoft Teams' });
/** The weekly post, among the messages of a pane. */
const post = (pane: Locator): Locator =>
  pane
    .getByRole('article')
    .filter({ has: page.getByRole('img', { name: /^Load of/ }) })
    .last();

describe('the weekly post on the page', () => {
  it('comes to the supervisor in Slack on Monday morning, with its pictures', async () => {
    await types('dana', 'help');
    await push({ to: 'next-monday' });
    const week = post(slack());
    await week.getByText('Look at first').waitFor({ timeout: 50_000 });
    await expect.poll(() => week.getByRole('img').count()).toBeGreaterThanOrEqual(3);
    for (const picture of await week.getByRole('img', { name: /Load of|Overdue|Attempts/ }).all()) {
      await expect.poll(() => picture.evaluate((image) => 'naturalWidth' in image && image.naturalWidth)).toBe(720);
    }
  });

  it('is marked as reviewed there', async () => {
    await post(slack()).getByRole('button', { name: 'Mark reviewed' }).click();
    const form = slack().getByRole('dialog', { name: 'Mark reviewed' });
    await form
      .getByRole('combobox', { name: 'What will be done' })
      .selectOption({ label: 'outreach is planned for those not reached' });
    await form.getByRole('button', { name: 'Mark reviewed' }).click();
    await form.waitFor({ state: 'detached' });
    await post(slack()).getByText('Reviewed by Dana Whitfield').waitFor();
  });

  it('comes in Teams when that is where the supervisor is, and both are shown to whoever reads the documentation', async () => {
    await ask('teams/message', { user: 'dana', text: 'help' });
    await push({ to: 'next-monday' });
    const week = post(teams());
    await week.getByText('Look at first').waitFor({ timeout: 50_000 });
    await expect.poll(() => week.getByRole('img', { name: /Load of|Overdue/ }).count()).toBe(2);
    await page.setViewportSize({ width: 1440, height: 2050 });
    for (const one of [post(slack()), week])
      await one.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await page.screenshot({ path: screenshot });
  });

  it('fits a phone: nothing runs off the side, and the pictures are as wide as the message', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const picture of await page.getByRole('img', { name: /Load of/ }).all()) {
      const box = await picture.boundingBox();
      expect(box!.x + box!.width).toBeLessThanOrEqual(360);
      expect(box!.width).toBeGreaterThan(230);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(complaints).toEqual([]);
  });
});
