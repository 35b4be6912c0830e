import type { Server } from 'node:http';
import express, { type Express, type Router } from 'express';
import type { MetricsSettings } from './config.ts';
import { chooseMetricsWay, guardMetrics } from './guard-metrics.ts';
import type { Log } from './log.ts';
import { secureHeaders } from './secure-headers.ts';
import { listen, serveHttp } from './serve-http.ts';

const unset: MetricsSettings = { token: undefined, port: undefined, host: '127.0.0.1' };

/** Beside everything else, at a port of their own, or nowhere; the start says so. Resolves to the server of their own. */
export async function openMetrics(
  { metrics = unset, host, log }: { readonly metrics?: MetricsSettings; readonly host: string; readonly log: Log },
  app: Express,
  routes: Router,
): Promise<Server | undefined> {
  const way = chooseMetricsWay(metrics, host);
  if (way.is === 'nowhere') {
    log.warn(way.says);
    return undefined;
  }
  if (way.is === 'beside') {
    app.use('/metrics', guardMetrics(way.token));
    app.use(routes);
    return undefined;
  }
  const apart = express().disable('x-powered-by').use(secureHeaders, guardMetrics(way.token), routes);
  const server = serveHttp(apart);
  log.info('metrics are served apart', { url: await listen(server, way.port, way.host) });
  return server;
}
