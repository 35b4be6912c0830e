// A program that uses the private PostgreSQL of a state folder until it is killed. Run by embedded-kill.test.ts.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vite = await createServer({
  root,
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, ws: false, watch: null },
});
const { startEmbeddedPostgres } = await vite.ssrLoadModule('/src/store/embedded/start-embedded-postgres.ts');
process.stdout.write('loaded\n');
const log = { info: () => undefined, warn: () => undefined };
const server = await startEmbeddedPostgres({ stateDir: process.argv[2], log });
process.stdout.write(`${server.url}\n`);
process.stdin.resume().on('end', async () => {
  await server.stop();
  process.exit(0);
});
