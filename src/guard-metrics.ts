import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { isLoopbackHost, type MetricsSettings } from './config.ts';

/** Where the metrics are shown, and to whom. They name no client, but how much happens here is nobody else's business. */
export type MetricsWay =
  /** Beside everything else: to this machine only, or behind the token. */
  | { readonly is: 'beside'; readonly token: string | undefined }
  | { readonly is: 'apart'; readonly port: number; readonly host: string; readonly token: string | undefined }
  | { readonly is: 'nowhere'; readonly says: string };

export function chooseMetricsWay(metrics: MetricsSettings, host: string): MetricsWay {
  const { token, port } = metrics;
  const open =
    'anybody who reaches this address could read the metrics, so they are not shown: set METRICS_TOKEN, or METRICS_PORT';
  if (port !== undefined) {
    const apart = { is: 'apart', port, host: metrics.host, token } as const;
    return token !== undefined || isLoopbackHost(metrics.host) ? apart : { is: 'nowhere', says: open };
  }
  return token !== undefined || isLoopbackHost(host) ? { is: 'beside', token } : { is: 'nowhere', says: open };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets whoever brings the token pass, told in the same time whatever was brought. Without a token everybody passes. */
export function guardMetrics(token: string | undefined): RequestHandler {
  const wanted = token === undefined ? undefined : digest(`Bearer ${token}`);
  return (request, response, next) => {
    if (wanted === undefined || timingSafeEqual(wanted, digest(request.headers.authorization ?? ''))) return next();
    response.status(401).set('www-authenticate', 'Bearer').type('text/plain').send('Unauthorized');
  };
}
