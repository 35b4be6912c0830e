import { createHash } from 'node:crypto';

/** A number of our own under which keys become message ids (RFC 9562, version 5). */
const namespace = Buffer.from('5f0b7c1e94d84a0f8e6a3d2c1b0a9f8e', 'hex');

/** The same key gives the same `client_msg_id` at every try, on every replica. */
export function messageKey(key: string): string {
  const hash = createHash('sha1').update(namespace).update(key).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
