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
  await page.goto(service.url);
});
afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});

const slack = (): Locator => page.getByRole('region', { name: 'Slack', exact: true });
const teams = (): Locator => page.getByRole('region', { name: 'Microsoft Teams' });
const seen = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'visible' });

describe('the menus on the page', () => {
  it('hold the shortcuts of the Slack app, which open its forms', async () => {
    await slack().getByRole('button', { name: 'Escalate a concern' }).click();
    const form = slack().getByRole('dialog');
    await seen(form.getByRole('combobox').or(form.getByRole('textbox')));
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  it('hold the message extension of the Teams app, which opens dialogs', async () => {
    await teams().getByRole('button', { name: 'Log a contact' }).click();
    const dialog = teams().getByRole('dialog', { name: 'Log a contact' });
    await seen(dialog.getByRole('combobox', { name: 'Client' }));
    await dialog.getByRole('button', { name: 'Close the form' }).click();
    await dialog.waitFor({ state: 'detached' });
  });
});

describe('an emoji on the page', () => {
  it('on an escalation is answered: seen is not taken', async () => {
    await type(slack(), 'Message or command in Slack', '/care escalate K7T2-9 crisis');
    await seen(slack().getByText(/^Escalated/));
    await slack().getByRole('button', { name: 'east-team' }).click();
    const card = slack().getByRole('article').filter({ hasText: 'Escalation: K7T2-9' }).last();
    const emoji = card.getByRole('button', { name: 'React with eyes' });
    await emoji.click();
    await seen(slack().getByText('Seen is not taken. K7T2-9 still needs somebody.'));
    // Whoever raised it is offered to hold it; taking it is for others.
    await seen(slack().getByRole('button', { name: 'I have it myself' }));
    expect(await emoji.getAttribute('aria-pressed')).toBe('true');
    await emoji.click();
    await expect.poll(() => emoji.getAttribute('aria-pressed')).toBe('false');
  });

  it('stands below what others see too, and below nothing that only one person sees', async () => {
    await type(slack(), 'Message or command in Slack', '/care next');
    const own = slack().getByRole('article').filter({ hasText: 'Only visible to you' }).last();
    await seen(own);
    expect(await own.getByRole('button', { name: 'React with eyes' }).count()).toBe(0);
    await type(teams(), 'Message in Teams', 'help');
    await seen(teams().getByRole('article').last().getByRole('button', { name: 'React with thumbs up' }));
  });
});
