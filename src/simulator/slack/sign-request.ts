import { createHmac } from 'node:crypto';

/** A request as Slack signs it; each part can be made wrong, for tests of what must be refused. */
export interface SignedRequest {
  readonly method: 'POST';
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

const types = { form: 'application/x-www-form-urlencoded', json: 'application/json' } as const;

export function signedRequest(
  body: string | Uint8Array,
  options: {
    readonly secret: string;
    /** When it was signed, in seconds since 1970 (wall time). */
    readonly at: number;
    /** `form`, `json`, or a content type as it is. */
    readonly type: string;
    /** The version in front of the signature; Slack knows `v0` only. */
    readonly version?: string;
    /** More headers, or other values for the usual ones. */
    readonly headers?: Readonly<Record<string, string>>;
  },
): SignedRequest {
  const bytes = Uint8Array.from(typeof body === 'string' ? Buffer.from(body) : body);
  const { secret, at, type, version = 'v0' } = options;
  const signature = createHmac('sha256', secret).update(`${version}:${at}:`).update(bytes).digest('hex');
  return {
    method: 'POST',
    headers: {
      'content-type': type === 'form' || type === 'json' ? types[type] : type,
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': `${version}=${signature}`,
      ...options.headers,
    },
    body: bytes,
  };
}
