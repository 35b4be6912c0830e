import type { RequestHandler } from 'express';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { Inbound } from './chat/inbound.ts';
import type { Receive } from './chat/reply.ts';
import type { NoteEnding } from './dispatch/request-ending.ts';
import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import { currentTrail, follow, newCorrelation, type BeginRequest, type Trail } from './trail.ts';

type Platform = Inbound['platform'];

/** Slack shows an error after three seconds; we answer after two at the latest. */
const buckets = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 5, 10];

export interface RequestMetrics {
  /** Stands before everything that answers this platform. */
  readonly door: (platform: Platform) => RequestHandler;
  /** For a way in that is no HTTP. */
  readonly begin: (platform: Platform) => BeginRequest;
  /** Notes what a request asks for before it is handed on. */
  readonly watching: (receive: Receive) => Receive;
  readonly ended: NoteEnding;
}

/**
 * Requests of the platforms: how many, what they asked for, how they ended, and how soon the platform had its
 * acknowledgement. Labels are words of ours: never a person, a place, a client, or anything that was typed.
 */
export function measureRequests(
  registry: Registry,
  ports: { readonly clock: Pick<Clock, 'wallNow'>; readonly ids: Ids },
): RequestMetrics {
  const { clock, ids } = ports;
  const requests = new Counter({
    name: 'baton_requests_total',
    help: 'Requests of the platforms, by what they asked for and how they ended; rejected: not signed, or not readable',
    labelNames: ['platform', 'kind', 'outcome'],
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'baton_refusals_total',
    help: 'Requests that were refused in words, by the code of the refusal',
    labelNames: ['platform', 'code'],
    registers: [registry],
  });
  const late = new Counter({
    name: 'baton_working_on_it_total',
    help: 'Requests that were acknowledged before there was an answer',
    labelNames: ['platform', 'kind'],
    registers: [registry],
  });
  const acknowledgement = new Histogram({
    name: 'baton_acknowledgement_seconds',
    help: 'From the arrival of a request to its acknowledgement',
    labelNames: ['platform', 'kind'],
    buckets,
    registers: [registry],
  });

  const begin =
    (platform: Platform): BeginRequest =>
    (work) => {
      const trail: Trail = { correlation: newCorrelation(ids) };
      const since = clock.wallNow().getTime();
      const acknowledged = (status = 200): void => {
        const { kind } = trail;
        if (kind === undefined) {
          if (status >= 400) requests.inc({ platform, kind: 'none', outcome: 'rejected' });
          return;
        }
        acknowledgement.observe({ platform, kind }, Math.max(0, clock.wallNow().getTime() - since) / 1_000);
        if (trail.late === true) late.inc({ platform, kind });
      };
      return follow(trail, () => work(acknowledged));
    };
  return {
    begin,
    door: (platform) => (_request, response, next) =>
      begin(platform)((acknowledged) => {
        response.once('finish', () => acknowledged(response.statusCode));
        next();
      }),
    watching: (receive) => async (inbound) => {
      const trail = currentTrail() ?? { correlation: newCorrelation(ids) };
      // What an adapter asks on its own account afterwards (the home tab again) is part of the same request.
      trail.kind ??= inbound.what.kind;
      return follow(trail, () => receive(inbound));
    },
    ended({ platform, what: { kind } }, ending) {
      requests.inc({ platform, kind, outcome: ending.is });
      if (ending.is === 'refused') refusals.inc({ platform, code: ending.code });
    },
  };
}
