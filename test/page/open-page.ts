import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Locator } from 'playwright-core';
import { expect } from 'vitest';

const checkout = path.resolve(import.meta.dirname, '../..');
const browsers = [
  process.env['CHROMIUM_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
// Nothing of the browser's own talks to the network during a test.
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser of this computer; set CHROMIUM_PATH when it stands elsewhere. */
export function openBrowser(): Promise<Browser> {
  const executablePath = browsers.find((file) => file !== '' && existsSync(file));
  if (executablePath === undefined) throw new Error('There is no Chromium here. Install one, or set CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: flags });
}

export interface RunningService {
  readonly url: string;
  stop(): Promise<void>;
}

/** The service as `npm start` starts it: compiled, in local mode, with a fresh state folder, on a free port. */
export async function startService(): Promise<RunningService> {
  const stateDir = await mkdtemp(path.join(tmpdir(), 'baton-page-'));
  // Root runs PostgreSQL as another user, who has to get in.
  await chmod(stateDir, 0o755);
  const { PATH = '', HOME = '' } = process.env;
  const service = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: checkout,
    env: { PATH, HOME, PORT: '0', BATON_STATE_DIR: stateDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    if (service.exitCode === null) {
      const ended = new Promise((resolve) => service.once('exit', resolve));
      service.kill('SIGTERM');
      await ended;
    }
    await rm(stateDir, { recursive: true, force: true });
  };
  try {
    return { url: await addressOf(service), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the service prints once it is ready. */
function addressOf(service: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    let complained = '';
    service.stderr?.on('data', (words: Buffer) => (complained += words.toString()));
    service.stdout?.on('data', (words: Buffer) => {
      said += words.toString();
      const [, url] = /Baton is ready: (http:\/\/\S+)/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    });
    service.once('exit', () => reject(new Error(`the service did not start: ${complained.slice(-2000)}`)));
  });
}

/** Types into a pane's box and sends it; again while the page is being drawn, as a person does who sees it still empty. */
export async function type(pane: Locator, box: string, text: string): Promise<void> {
  const send = pane.getByRole('button', { name: 'Send', exact: true });
  await expect
    .poll(async () => {
      await pane.getByRole('textbox', { name: box }).fill(text);
      return send.isEnabled();
    })
    .toBe(true);
  await send.click();
}
