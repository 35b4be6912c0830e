// npm run manifests
// Writes manifests/ and docs/commands.md from the command table; commit what changed.
//
// npm run manifests -- --to FOLDER --address https://baton.clinic.example --app-id GUID
// Writes the manifests of one installation into FOLDER instead, ready to be given to Slack and to Teams.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const inRoot = (...parts) => path.join(root, ...parts);

const load = async (file) => (await runnerImport(inRoot(file), { root, configFile: false, logLevel: 'error' })).module;

function readArguments() {
  const { values } = parseArgs({
    options: { to: { type: 'string' }, address: { type: 'string' }, 'app-id': { type: 'string' } },
  });
  const { to, address, 'app-id': appId } = values;
  if (to === undefined && (address !== undefined || appId !== undefined)) {
    throw new Error('An address or an app id belongs to one installation. Say where its manifests go: --to FOLDER');
  }
  if (address !== undefined && !/^https:\/\/[^/\s]+$/.test(address)) {
    throw new Error('The address is https:// and a host, without a slash at the end.');
  }
  if (appId !== undefined && !/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(appId)) {
    throw new Error('The app id is a GUID, as Microsoft shows it.');
  }
  return { to, given: { ...(address && { address }), ...(appId && { appId }) } };
}

async function write(file, content) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`);
  console.log(`Wrote ${path.relative(process.cwd(), file)}`);
}

async function run() {
  const { to, given } = readArguments();
  const { version } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const { commands } = (await load('src/app.ts')).collectedFeatures;
  const { slackManifest } = await load('src/slack/manifest.ts');
  const { teamsManifest, teamsSlashManifest } = await load('src/teams/manifest.ts');
  const folder = to === undefined ? inRoot('manifests') : path.resolve(to);
  await write(path.join(folder, 'slack.json'), slackManifest(commands, given));
  await write(path.join(folder, 'slack-socket.json'), slackManifest(commands, { socketMode: true }));
  await write(path.join(folder, 'teams/manifest.json'), teamsManifest(commands, { version, ...given }));
  await write(path.join(folder, 'teams/manifest-slash.json'), teamsSlashManifest(commands, { version, ...given }));
  if (to === undefined) {
    const { commandsPage } = await load('src/feature/commands-page.ts');
    await write(inRoot('docs/commands.md'), commandsPage(commands));
  } else {
    for (const icon of ['color.png', 'outline.png']) {
      await copyFile(inRoot('manifests/teams', icon), path.join(folder, 'teams', icon));
    }
  }
}

try {
  await run();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
