import process from 'node:process';
import { performance } from 'node:perf_hooks';
import pg from 'pg';

/**
 * Loaded before a service (`--import`), so that what it asks of its database is counted without a line of its own: how
 * long connections are held, how many statements are sent, and how often somebody has to wait for the server. A wait is a
 * connection that begins to be busy: what is sent while it is busy costs none. On SIGUSR2 one line goes to standard error.
 */
const counts = { holds: 0, heldMs: 0, statements: 0, waits: 0, queuedMs: 0, queued: 0 };
const since = new WeakMap();
const busy = new WeakMap();

const pool = Object.getPrototypeOf(pg.Pool.prototype);
const { emit, connect } = pool;
pool.emit = function emitCounted(name, ...values) {
  if (name === 'acquire') since.set(values[0], performance.now());
  if (name === 'release') {
    counts.holds += 1;
    counts.heldMs += performance.now() - (since.get(values[1]) ?? performance.now());
  }
  return emit.call(this, name, ...values);
};
pool.connect = function connectCounted(callback) {
  const asked = performance.now();
  const connecting = connect.call(this, callback);
  const note = () => {
    counts.queued += 1;
    counts.queuedMs += performance.now() - asked;
  };
  connecting?.then(note, note);
  return connecting;
};

const { query } = pg.Client.prototype;
pg.Client.prototype.query = function queryCounted(...asked) {
  const under = busy.get(this) ?? 0;
  counts.statements += 1;
  if (under === 0) counts.waits += 1;
  busy.set(this, under + 1);
  const answered = query.apply(this, asked);
  const done = () => busy.set(this, (busy.get(this) ?? 1) - 1);
  if (typeof answered?.then === 'function') answered.then(done, done);
  else done();
  return answered;
};

process.on('SIGUSR2', () => process.stderr.write(`counts ${JSON.stringify(counts)}\n`));
