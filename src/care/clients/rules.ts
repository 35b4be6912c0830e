import { z } from 'zod';

/** Where a client is in their life with the organisation (design §5). */
export const statusSchema = z.enum(['active', 'relapse-prevention', 'paused', 'inactive', 'discharged', 'deceased']);
export type Status = z.infer<typeof statusSchema>;
/** Statuses in which a client is served: they have one accountable coordinator, contacts can be logged. */
export const servedStatuses: readonly Status[] = ['active', 'relapse-prevention', 'paused'];

/** How closely a client is followed. */
export const tierSchema = z.enum(['high', 'medium', 'low', 'maintenance']);
export type Tier = z.infer<typeof tierSchema>;
/** For sorting: high first. */
export const tierOrder: Readonly<Record<Tier, number>> = { high: 0, medium: 1, low: 2, maintenance: 3 };
/** No client goes without a contact for longer than this, in days: the programme's own limits (docs/authorities.md, "Contacts"). */
export const noContactDays: Readonly<Record<Tier, number>> = { high: 3, medium: 7, low: 14, maintenance: 30 };

/** What is sealed of a client. */
export const identitySchema = z.object({
  fullName: z.string(),
  /** `YYYY-MM-DD` */
  birthDate: z.string(),
  phone: z.string().optional(),
  address: z.string().optional(),
  /** Whom to call when the client cannot be reached. */
  emergencyContact: z.object({ name: z.string(), relation: z.string().optional(), phone: z.string() }).optional(),
  recordNumber: z.string().optional(),
});
export type ClientIdentity = z.infer<typeof identitySchema>;

/** How a client may be reached: part of the caseload, not of the identity. */
export const preferencesSchema = z.object({
  mode: z.enum(['phone', 'video', 'visit', 'text', 'email', 'letter']).optional(),
  /** Local hours in which calls are welcome, `10:00`–`12:00`. */
  from: z.string().optional(),
  to: z.string().optional(),
  language: z.string().optional(),
  /** The client's own zone, when it is not the team's. */
  zone: z.string().optional(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** `Dan Dee` → `D.D.`; particles and double names count as they are written, at most four letters. */
export function initials(fullName: string): string {
  const letters = fullName
    .normalize('NFC')
    .split(/[\s-]+/u)
    .map((word) => [...word].find((character) => /\p{L}/u.test(character)))
    .filter((letter) => letter !== undefined);
  return letters
    .slice(0, 4)
    .map((letter) => `${letter.toLocaleUpperCase('en')}.`)
    .join('');
}

/** What a personal message may show beside the code, where the organisation chose it: `D.D. born 1974`. */
export function privateLabel(identity: ClientIdentity): string {
  return `${initials(identity.fullName)} born ${identity.birthDate.slice(0, 4)}`;
}

/** Words of a name as the blind index knows them: no case, no accents, no punctuation. */
export function nameWords(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase('en')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The shortest prefix that can be searched: a single letter would find half the caseload. */
export const shortestPrefix = 2;
const longestPrefix = 12;

/** Every prefix under which a client is found by type-ahead. */
export function searchPrefixes(name: string): string[] {
  const prefixes = new Set<string>();
  for (const word of nameWords(name)) {
    const letters = [...word];
    for (let length = shortestPrefix; length <= Math.min(letters.length, longestPrefix); length += 1) {
      prefixes.add(letters.slice(0, length).join(''));
    }
  }
  return [...prefixes];
}

/** What is looked up for typed words: one prefix a word, cut to what the index holds. */
export function searchTerms(query: string): string[] {
  return nameWords(query.slice(0, 200))
    .filter((word) => [...word].length >= shortestPrefix)
    .map((word) => [...word].slice(0, longestPrefix).join(''))
    .slice(0, 4);
}

/** Same people, same key: for the same-name badge and for finding a person again. */
export const nameKey = (fullName: string): string => nameWords(fullName).join(' ');
export const nameAndBirthKey = (identity: Pick<ClientIdentity, 'fullName' | 'birthDate'>): string =>
  `${nameKey(identity.fullName)}|${identity.birthDate}`;

/** Relation of a person to a client, closest first: what the policy table asks for. */
export type Relation = 'coordinator' | 'team' | 'organisation';
export function relationTo(
  who: { readonly person?: string; readonly team: string },
  client: { readonly coordinator: string | undefined; readonly team: string },
): Relation {
  if (who.person !== undefined && client.coordinator === who.person) return 'coordinator';
  return client.team === who.team ? 'team' : 'organisation';
}
