import { isIP } from 'node:net';
import type { NextFunction, Request, Response } from 'express';

const nameOf = (host: string): string => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');

/**
 * True for a host by which this computer is reached on purpose: `localhost`, an address, or the service's own name.
 * A page elsewhere can point a name of its own at this computer, but never one of these.
 */
export function isOwnHost(host: string | undefined, origin: string): boolean {
  if (host === undefined) return false;
  const name = nameOf(host).toLowerCase();
  return name === 'localhost' || isIP(name) !== 0 || host === new URL(origin).host;
}

/** Why a request does not come from this page or a terminal on this computer; undefined when it does. */
export function strangeness(
  request: Pick<Request, 'method' | 'headers'>,
  origin: string,
): { readonly status: number; readonly sentence: string } | undefined {
  const { headers, method } = request;
  const from = headers.origin;
  const site = headers['sec-fetch-site'];
  if (!isOwnHost(headers.host, origin)) {
    return { status: 403, sentence: 'Open the simulator by localhost or by an address of this computer.' };
  }
  const same = from === undefined || (URL.canParse(from) && new URL(from).host === headers.host);
  if (!same || site === 'cross-site' || site === 'same-site') {
    return { status: 403, sentence: 'Only the page of this simulator may do that.' };
  }
  // Browsers send other kinds of bodies across origins without asking first.
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (method !== 'GET' && method !== 'HEAD' && type !== 'application/json') {
    return { status: 415, sentence: 'Send JSON, with content-type application/json.' };
  }
  return undefined;
}

/** Keeps web pages from elsewhere away from the simulator: they must neither drive nor read it. */
export function refuseStrangers(origin: () => string) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const strange = strangeness(request, origin());
    if (strange === undefined) return void next();
    response.status(strange.status).json({ error: strange.sentence });
  };
}
