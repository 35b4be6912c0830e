// npm run migration -- NAME
// Writes prisma/migrations/<time>_<name>/migration.sql: what turns the committed migrations into prisma/schema.prisma.
// Add by hand what Prisma has no words for (row security, triggers, checks, partial indexes), then commit both.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const [words, ...rest] = process.argv.slice(2);
const name = words?.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
if (!name || rest.length > 0) {
  console.error('Usage: npm run migration -- NAME    (e.g. add_care_plan)');
  process.exit(2);
}

const load = async (path) =>
  (await runnerImport(join(root, path), { root, configFile: false, logLevel: 'error' })).module;
const { startEmbeddedPostgres } = await load('src/store/embedded/start-embedded-postgres.ts');
const { migrate } = await load('src/store/migrate.ts');
const { describeDrift } = await load('test/store/describe-drift.ts');

const directory = join(root, 'prisma', 'migrations');
await mkdir(directory, { recursive: true });
const stateDir = await mkdtemp(join(tmpdir(), 'baton-migration-'));
// Root runs PostgreSQL as another user, who has to get in.
await chmod(stateDir, 0o755);
const log = { info: () => undefined, warn: (sentence) => console.error(sentence) };
const server = await startEmbeddedPostgres({ stateDir, durable: false, log });
try {
  await migrate({ connect: server.url, directory, log });
  const sql = await describeDrift(server.url);
  if (sql === '') {
    console.log('The migrations already say what prisma/schema.prisma says. Nothing was written.');
  } else {
    const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
    const file = join(directory, `${time}_${name}`, 'migration.sql');
    await mkdir(join(directory, `${time}_${name}`));
    await writeFile(file, sql);
    console.log(`Wrote ${relative(root, file)}. Read it, add what Prisma has no words for, and commit it.`);
  }
} finally {
  await server.stop();
  await rm(stateDir, { recursive: true, force: true });
}
