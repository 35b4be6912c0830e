import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, startService, type RunningService, type } from './open-page.ts';

let service: RunningService;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  service = await startService();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});
beforeEach(async () => {
  complaints = [];
  page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
  page.setDefaultTimeout(15_000);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && host !== new URL(service.url).host) complaints.push(`asked ${host}`);
  });
  await page.goto(service.url);
});
afterEach(async () => {
  await page.close();
  // No error of a script, nothing the content policy stopped, nothing asked of another computer.
  expect(complaints).toEqual([]);
});

const slack = (): Locator => page.getByRole('region', { name: 'Slack', exact: true });
const teams = (): Locator => page.getByRole('region', { name: 'Microsoft Teams' });

const inSlack = (text: string): Promise<void> => type(slack(), 'Message or command in Slack', text);
const inTeams = (text: string): Promise<void> => type(teams(), 'Message in Teams', text);
const seen = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'visible' });

describe('the page', () => {
  it('shows both platforms, who one is, what to type first, and the clock', async () => {
    await seen(slack().getByRole('button', { name: '/care next' }));
    await seen(slack().getByRole('button', { name: '/care help' }));
    expect(await slack().getByLabel('Who am I in Slack').locator('option:checked').textContent()).toBe('Maya Torres');
    expect(await teams().getByLabel('Who am I in Teams').locator('option:checked').textContent()).toBe('Keisha Brown');
    for (const name of ['+1 hour', 'Next morning', 'Next Monday']) await seen(page.getByRole('button', { name }));
    await seen(slack().getByRole('button', { name: 'east-team' }));
    await seen(teams().getByRole('button', { name: 'west-team' }));
  });

  it('logs a missed call from the list in Slack with one press', async () => {
    await inSlack('/care next');
    await seen(slack().getByText('Only visible to you'));
    await slack()
      .getByRole('button', { name: /^Left message/ })
      .first()
      .click();
    await seen(slack().getByText(/^Logged/));
  });

  it('logs a missed call from the list in Teams with one press', async () => {
    await inTeams('next');
    await teams()
      .getByRole('button', { name: /^Left message/ })
      .first()
      .click();
    await seen(teams().getByText(/^Logged/));
  });

  it('fills in the log form in Slack, with type-ahead and by its labels', async () => {
    await inSlack('/care log');
    const form = slack().getByRole('dialog', { name: 'Log a contact' });
    await form.getByRole('combobox', { name: 'Client' }).fill('doyle');
    await form.getByRole('option', { name: /Desmond Doyle/ }).click();
    await form.getByRole('combobox', { name: 'What came of it' }).selectOption({ label: 'reached' });
    await form.getByRole('textbox', { name: 'Minutes' }).fill('15');
    await form.getByRole('button', { name: 'Log', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await seen(slack().getByText(/^Logged/));
    await seen(slack().getByText('K7T2-9', { exact: false }));
  });

  it('keeps an incomplete form open with a sentence at the field, and closes it by Escape', async () => {
    await inSlack('/care log');
    const form = slack().getByRole('dialog', { name: 'Log a contact' });
    await form.getByRole('button', { name: 'Log', exact: true }).click();
    await seen(form.getByText('Please complete this field.'));
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  it('fills in the log form in Teams, with type-ahead and by its labels', async () => {
    await inTeams('log');
    const card = teams().getByRole('article').last();
    await card.getByRole('combobox', { name: 'Client' }).fill('barrow');
    await card.getByRole('option', { name: /Leticia Barrow/ }).click();
    await card.getByRole('combobox', { name: 'What came of it' }).selectOption({ label: 'reached' });
    await card.getByRole('button', { name: 'Log', exact: true }).click();
    await seen(teams().getByText(/^Logged/));
  });

  it('opens a dialog from a card in Teams', async () => {
    await inTeams('next');
    await teams()
      .getByRole('button', { name: /^No answer/ })
      .first()
      .click();
    await teams().getByRole('button', { name: 'Amend' }).last().click();
    const dialog = teams().getByRole('dialog');
    await seen(dialog);
    await dialog.getByRole('button', { name: 'Close the form' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('draws the home tab', async () => {
    await slack().getByRole('button', { name: 'Home' }).click();
    await seen(slack().getByRole('region', { name: 'Home tab' }).getByRole('button'));
  });

  it('pushes the clock, and sets a fault that the ledger then shows', async () => {
    const before = await page.getByRole('group', { name: 'Clock' }).getByRole('time').textContent();
    await page.getByRole('button', { name: '+1 hour' }).click();
    await expect
      .poll(async () => page.getByRole('group', { name: 'Clock' }).getByRole('time').textContent())
      .not.toBe(before);
    await page.getByText('Faults', { exact: true }).click();
    await page.getByRole('combobox', { name: 'What', exact: true }).selectOption('500');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await seen(page.getByText('It will happen.'));
    await page.keyboard.press('Escape');
    await slack().getByRole('button', { name: 'Home' }).click();
    await page.getByText('Ledger', { exact: true }).click();
    await page.getByRole('tab', { name: 'Requests' }).click();
    await seen(page.getByRole('cell', { name: '500' }));
  });

  it('shows what became of each message, while it happens and with the state as a word', async () => {
    // In working hours: outside of them a message that can wait does.
    await page.getByRole('button', { name: 'Next Monday' }).click();
    await inSlack('/care refer K7T2-9 to @jon routine');
    await seen(slack().getByText(/^Referred/));
    await page.getByText('Ledger', { exact: true }).click();
    const deliveries = page.getByRole('region', { name: 'Deliveries, newest first' });
    const sent = deliveries.getByRole('listitem').filter({ hasText: 'Jon Reyes' }).first();
    await expect.poll(() => sent.textContent()).toMatch(/^Sent.*referrals.*ago.*To Jon Reyes · Slack · 1 try/i);
  });

  it('gives every control a name', async () => {
    await inSlack('/care log');
    await inTeams('log');
    await seen(slack().getByRole('dialog'));
    await seen(teams().getByRole('combobox', { name: 'Client' }));
    const controls = page.getByRole('button').or(page.getByRole('textbox')).or(page.getByRole('combobox'));
    for (const control of await controls.all()) {
      const snapshot = await control.ariaSnapshot();
      expect(snapshot, snapshot).toMatch(/^- (button|textbox|combobox) "[^"]+"/);
    }
    await slack().getByRole('button', { name: 'Cancel' }).click();
  });

  it('fits a phone: the panes stand below each other, and nothing runs off the side', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await inSlack('/care next');
    await inTeams('next');
    await seen(teams().getByRole('button', { name: /^Reached/ }));
    const [first, second] = [await slack().boundingBox(), await teams().boundingBox()];
    expect(second!.y).toBeGreaterThan(first!.y + first!.height - 1);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    const wide = await page.evaluate(
      `[...document.querySelectorAll('.log')].filter((log) => log.scrollWidth > log.clientWidth + 1).length`,
    );
    expect(wide).toBe(0);
    await page.getByText('Ledger', { exact: true }).click();
    for (const tab of ['Deliveries', 'Requests']) {
      await page.getByRole('tab', { name: tab }).click();
      const panel = await page.getByRole('tabpanel', { name: tab }).boundingBox();
      expect(panel!.x).toBeGreaterThanOrEqual(0);
      expect(panel!.x + panel!.width).toBeLessThanOrEqual(360);
    }
    const deliveries = page.getByRole('region', { name: 'Deliveries, newest first' });
    await page.getByRole('tab', { name: 'Requests' }).press('ArrowRight');
    await seen(deliveries.getByRole('listitem'));
    expect(await deliveries.evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);
  });
});
