import { readPayload } from './payloads.ts';
import { readInbound } from './read-inbound.ts';

/** Deepest JSON of Slack's own is below 20; a deeper one is somebody's attempt to exhaust us. */
const MOST_DEPTH = 64;

/** What to do with a body whose signature is good. */
export type BodyReading =
  | { readonly is: 'ours' }
  /** Answered at once: Slack's checks of the address, and notices that need no work. */
  | { readonly is: 'challenge'; readonly challenge: string }
  | { readonly is: 'acknowledge' }
  | { readonly is: 'malformed' };

function isTooDeep(json: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json.charAt(index);
    if (quoted) {
      if (character === '\\') index += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > MOST_DEPTH) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}

/** JSON.parse that refuses depth bombs and keys that mean something to JavaScript itself. Throws on all of them. */
function parseSafely(json: string): unknown {
  if (isTooDeep(json)) throw new SyntaxError('nested too deeply');
  return JSON.parse(json, (key: string, value: unknown) => {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') throw new SyntaxError('forbidden key');
    return value;
  });
}

function parseForm(text: string): unknown {
  // Throws on broken percent-encoding and on bytes that are no UTF-8; the lenient parser would replace them.
  decodeURIComponent(text.replaceAll('+', ' '));
  const fields = new URLSearchParams(text);
  if (new Set(fields.keys()).size !== fields.size) throw new SyntaxError('repeated field');
  const payload = fields.get('payload');
  return payload === null ? Object.fromEntries(fields) : parseSafely(payload);
}

/** Reads a signed body. Pure; never throws. */
export function readBody(type: 'form' | 'json', body: Uint8Array): BodyReading {
  let parsed: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    parsed = type === 'form' ? parseForm(text) : parseSafely(text);
  } catch {
    return { is: 'malformed' };
  }
  if (typeof parsed !== 'object' || parsed === null) return { is: 'malformed' };
  if ('type' in parsed && parsed.type === 'url_verification') {
    const sent = 'challenge' in parsed ? parsed.challenge : undefined;
    return typeof sent === 'string' ? { is: 'challenge', challenge: sent } : { is: 'malformed' };
  }
  if ('type' in parsed && parsed.type === 'app_rate_limited') return { is: 'acknowledge' };
  if (type === 'form' && 'ssl_check' in parsed && parsed.ssl_check === '1') return { is: 'acknowledge' };
  const payload = readPayload(parsed);
  if (payload === undefined || readInbound(payload, 'unread').is === 'malformed') return { is: 'malformed' };
  return { is: 'ours' };
}
