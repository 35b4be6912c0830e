import { Router } from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { askInTime } from './ask-in-time.ts';
import type { Clock } from './clock.ts';
import type { Store } from './store/store.ts';

/** What sends messages, as far as readiness asks. */
export interface SenderHealth {
  /** Why nothing is sent, in words; undefined while it works. */
  problem(): string | undefined;
  /** Undefined while the database does not say. */
  backlog(): Promise<{ readonly oldestSeconds: number } | undefined>;
  /** When each platform last accepted something from this process. */
  lastSent(): Readonly<Partial<Record<string, Date>>>;
}

/** What platforms say of our tokens, as far as this process heard. */
export interface TokenHealth {
  refused(): readonly { readonly platform: string; readonly reason: string; readonly since: Date }[];
}

/** Slack's Socket Mode connection; `problem` says in words why there is none. */
export interface SocketHealth {
  readonly connected: boolean;
  readonly problem?: string;
}

export interface Health {
  readonly router: Router;
  readonly registry: Registry;
  /** `/metrics` alone, for whoever may read it. */
  readonly metrics: Router;
  /** From now on the sender is asked too, and which tokens are refused; before, the service is not ready. */
  watch(sender: SenderHealth, tokens?: TokenHealth): void;
  /** From now on Slack's socket is told of too. */
  watchSocket(state: () => SocketHealth): void;
}

let measured: Registry | undefined;

/** Memory, collections and the loop's delay are watched once a process: whoever watches them never lets go. */
function measureProcess(): Registry {
  if (measured !== undefined) return measured;
  measured = new Registry();
  collectDefaultMetrics({ register: measured });
  return measured;
}

/**
 * `/healthz`: the process is up. `/readyz`: the database answers at the right schema and the sender is alive; the
 * backlog's age and the last send each platform accepted from this process stand beside it and fail nothing, because a
 * platform that is down would take the inbound side with it. A platform that refuses our token, or a lost Slack socket, makes
 * it `degraded`, with 200 still: people can be served. `/metrics`: Prometheus.
 */
export function createHealth(ports: { readonly store: Store; readonly clock: Clock }): Health {
  const registry = new Registry();
  const ofProcess = measureProcess();
  let sender: SenderHealth | undefined;
  let tokens: TokenHealth | undefined;
  let socket: (() => SocketHealth) | undefined;
  // A load balancer asks every few seconds: a frozen database must not pile its questions up.
  const look = askInTime(ports.clock, async () => ({ problem: await ports.store.problem() }));
  const findProblem = async (): Promise<string | undefined> => {
    const seen = await look();
    return seen === undefined ? 'the database does not answer in time' : seen.problem;
  };
  new Gauge({
    name: 'baton_database_up',
    help: 'Whether the database answers, at the schema of this version',
    registers: [registry],
    async collect() {
      this.set((await findProblem()) === undefined ? 1 : 0);
    },
  });
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'up' });
  });
  router.get('/readyz', async (_request, response) => {
    const problem = (await findProblem()) ?? (sender === undefined ? 'the sender has not started' : sender.problem());
    if (problem !== undefined) return void response.status(503).json({ status: 'not ready', reason: problem });
    const backlog = await sender?.backlog().catch(() => undefined);
    const refused = tokens?.refused() ?? [];
    const slack = socket?.();
    response.json({
      status: refused.length === 0 && slack?.connected !== false ? 'ready' : 'degraded',
      ...(refused.length === 0 ? {} : { tokensRefused: refused }),
      ...(slack === undefined ? {} : { slackSocket: slack.connected ? 'connected' : slack.problem }),
      ...(backlog === undefined ? {} : { backlogSeconds: backlog.oldestSeconds }),
      lastSent: sender?.lastSent() ?? {},
    });
  });
  const metrics = Router();
  metrics.get('/metrics', async (_request, response) => {
    const pages = [await ofProcess.metrics(), await registry.metrics()];
    response.type(registry.contentType).send(pages.join('\n'));
  });
  return {
    router,
    registry,
    metrics,
    watch(given, givenTokens) {
      sender = given;
      tokens = givenTokens;
    },
    watchSocket(state) {
      socket = state;
      new Gauge({
        name: 'baton_slack_socket_connected',
        help: '1 while the Socket Mode connection to Slack stands',
        registers: [registry],
        collect() {
          this.set(state().connected ? 1 : 0);
        },
      });
    },
  };
}
