import { z } from 'zod';
import { endpoint } from './setting-kinds.ts';

/** The settings of an organisation's own pager gateway (docs/operations.md, "The pager"): both or neither. */
export const pagerVariables = {
  PAGER_URL: endpoint
    .refine((url) => !URL.canParse(url) || new URL(url).username + new URL(url).password === '', {
      error: 'must not carry a name or a password: the signature says who calls',
    })
    .optional(),
  PAGER_SECRET: z
    .string()
    .trim()
    .min(32, 'signs every page: at least 32 characters (openssl rand -base64 32)')
    .optional(),
};

/** Whom pages go to, and what signs them. */
export interface PagerSettings {
  readonly url: string;
  readonly secret: string;
}

/** Undefined where none is set; a half of it is a problem, in words. */
export function readPager(
  {
    PAGER_URL: url,
    PAGER_SECRET: secret,
  }: { readonly PAGER_URL?: string | undefined; readonly PAGER_SECRET?: string | undefined },
  problems: string[],
): PagerSettings | undefined {
  if (url !== undefined && secret !== undefined) return { url, secret };
  if (url !== undefined) problems.push('PAGER_SECRET is needed beside PAGER_URL: set both or neither');
  if (secret !== undefined) problems.push('PAGER_URL is needed beside PAGER_SECRET: set both or neither');
  return undefined;
}
