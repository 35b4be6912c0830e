import { z } from 'zod';

/** Kinds of values that settings have, each with what is said of a wrong one. */
export const text = z.string().trim().min(1, 'is blank: leave it out, or fill it in');
/** https, or plain http to this machine: tokens and keys never travel in clear. */
export const endpoint = z
  .url('is a URL')
  .refine(
    (url) => !URL.canParse(url) || /^https:/i.test(url) || (/^http:/i.test(url) && isLoopbackHost(new URL(url).host)),
    'begins with https:// (http:// only for this machine)',
  );
export const database = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'begins with postgresql://')
  // It would override the runtime role that every pool takes, and row security would not hold.
  .refine((url) => !/[?&]options=/i.test(url), 'must not carry options=: Baton sets them itself');
export const list = z.string().transform((value) =>
  value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== ''),
);

export const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'is a port number')
  .transform(Number)
  .refine((port) => port <= 65_535, 'is a port number');

/** Of one replica. With fewer than three none could be kept free for escalations. */
export const connections = z
  .string()
  .regex(/^\d{1,3}$/, 'is a number of connections, 3 or more')
  .transform(Number)
  .refine((count) => count >= 3, 'is a number of connections, 3 or more');

/** `127.0.0.1:4000`, `localhost`, `[::1]`: this machine, whatever the port. */
export function isLoopbackHost(host: string): boolean {
  const name = host.startsWith('[') || /^[^:]*:\d+$/.test(host) ? host.replace(/:\d+$/, '') : host;
  const bare = name.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(bare);
}

export function isBase64(value: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(value);
}
