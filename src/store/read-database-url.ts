import type { LoginUrls } from './require-logins.ts';

/** How what is sent to the database is protected on its way. */
export type Protection =
  /** Never leaves this machine. */
  | 'local'
  /** Encrypted, and the server's certificate is checked. */
  | 'checked'
  /** Encrypted at most, for whoever answers: somebody chose so. */
  | 'unprotected';

const isLocalHost = (host: string): boolean => {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    name === '' || name.startsWith('/') || name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  );
};

/**
 * The address of a database as it is connected to. To another machine the way is encrypted and the certificate is
 * checked, unless somebody writes otherwise into the address; then that is what `doctor` and the start report.
 */
export function readDatabaseUrl(url: string): { readonly url: string; readonly protection: Protection } {
  if (!URL.canParse(url)) return { url, protection: 'unprotected' };
  const { hostname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  if (host.split(',').every(isLocalHost)) return { url, protection: 'local' };
  const mode = searchParams.get('sslmode');
  const ssl = searchParams.get('ssl');
  const lax = searchParams.get('uselibpqcompat') === 'true' && mode !== 'verify-full' && mode !== 'verify-ca';
  if (mode === 'disable' || mode === 'no-verify' || lax || (mode === null && (ssl === 'false' || ssl === '0')))
    return { url, protection: 'unprotected' };
  if (mode !== null) return { url, protection: 'checked' };
  return { url: `${url}${url.includes('?') ? '&' : '?'}sslmode=verify-full`, protection: 'checked' };
}

export const unprotectedSentence =
  'what is sent to the database can be read and changed on its way: DATABASE_URL says so by sslmode or ssl. Use sslmode=verify-full';

/** The same of all the ways the service was given: the worst of them is what is told. */
export function protectWays(given: { readonly url: string | undefined; readonly logins: LoginUrls | undefined }): {
  readonly url: string | undefined;
  readonly logins: LoginUrls | undefined;
  readonly protection: Protection;
} {
  const { logins } = given;
  const url = given.url === undefined ? undefined : readDatabaseUrl(given.url);
  const app = logins === undefined ? undefined : readDatabaseUrl(logins.app);
  const worker = logins === undefined ? undefined : readDatabaseUrl(logins.worker);
  const found = [url, app, worker].map((way) => way?.protection);
  return {
    url: url?.url,
    logins: app === undefined || worker === undefined ? undefined : { app: app.url, worker: worker.url },
    protection: (['unprotected', 'checked'] as const).find((one) => found.includes(one)) ?? 'local',
  };
}
