import { runBuilt } from './run-built.mjs';

// Under `npm start` a shell may stand between npm and this process: it dies of npm's SIGTERM and passes nothing on. So a
// service whose shell is gone asks itself to drain, instead of holding the port and the database for nobody. `exec` in
// package.json would spare the shell, and is no command on Windows.
if (process.env.npm_lifecycle_event === 'start') {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 200);
  watch.unref();
}

await runBuilt('main.js');
