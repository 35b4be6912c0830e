import { platforms } from '../platform.ts';
import { z } from 'zod';
import { isValidZone } from '../calendar/zones.ts';
import { roleSchema } from './roles.ts';
import {
  crisisSchema,
  lookingSchema,
  phoneSchema,
  pushBudgetSchema,
  teamPoliciesSchema,
  timeSchema,
  weekdaySchema,
} from './team-policies.ts';
import { huddleSchedulesSchema } from './team-schedules.ts';

/**
 * The organisation as an administrator writes it (data shape: README, "The organisation file"). Unknown keys are
 * refused: a misspelt key must never be silently ignored.
 */
const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'an id is lower-case letters, digits and dashes');
const nameSchema = z.string().trim().min(1, 'a name is needed').max(120);
const zoneSchema = z.string().refine(isValidZone, 'not an IANA time zone, for example America/New_York');
const dateSchema = z.iso.date('a date is written 2026-11-26');
const rangeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'hours are written 08:00-16:30')
  .refine((range) => range.slice(0, 5) < range.slice(6), 'the end comes after the start');

const placeSchema = z.union(
  [
    z.strictObject({ workspace: idSchema, channel: z.string().min(1).max(255) }),
    z.strictObject({ workspace: idSchema, conversation: z.string().min(1).max(255), serviceUrl: z.url().optional() }),
  ],
  'a place names its workspace and a channel (Slack) or a conversation (Teams)',
);

/** What others could read along, and an administrator accepts in one place: cards there show codes only. */
const acceptedSchema = z
  .array(z.enum(['public', 'shared', 'guests'], 'what is accepted is public, shared or guests'))
  .min(1);
const acceptedPlaceSchema = z.union(
  [
    z.strictObject({ workspace: idSchema, channel: z.string().min(1).max(255), allow: acceptedSchema }),
    z.strictObject({ workspace: idSchema, conversation: z.string().min(1).max(255), allow: acceptedSchema }),
  ],
  'it names its workspace, a channel (Slack) or a conversation (Teams), and what is accepted there: public, shared, guests',
);

export const organisationFileSchema = z.strictObject({
  organisation: z.strictObject({
    id: idSchema,
    name: nameSchema,
    privacy: z.enum(['minimal', 'full']).default('minimal'),
    label: z.enum(['initials-and-birth-year', 'nothing']).default('initials-and-birth-year'),
    /** True records that the organisation's agreement with the platform covers names in forms, home and type-ahead. */
    namesInForms: z.boolean().optional(),
    dateOrder: z.enum(['dmy', 'mdy']).optional(),
    crisis: crisisSchema.default({}),
    attention: pushBudgetSchema.default({}),
    looking: lookingSchema.default({}),
  }),
  workspaces: z
    .array(
      z.strictObject({
        id: idSchema,
        platform: z.enum(platforms),
        externalId: z.string().min(1).max(255),
        serviceUrl: z.url().optional(),
      }),
    )
    .default([]),
  partners: z
    .array(
      z.strictObject({
        id: idSchema,
        name: nameSchema,
        kind: z.string().min(1).max(60),
        routes: z
          .array(
            z.union([
              z.strictObject({ phone: z.string().min(1).max(40) }),
              z.strictObject({ fax: z.string().min(1).max(40) }),
              z.strictObject({ email: z.email() }),
            ]),
          )
          .default([]),
      }),
    )
    .default([]),
  teams: z
    .array(
      z.strictObject({
        id: idSchema,
        name: nameSchema,
        zone: zoneSchema,
        workingDays: z.array(weekdaySchema).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']),
        closures: z.array(dateSchema).default([]),
        places: z.array(placeSchema).default([]),
        schedules: z
          .strictObject({
            /** `in: thread`: the counts in the place, the list in their thread. In the place itself when left out. */
            dailyDigest: z.strictObject({ at: timeSchema, in: z.enum(['channel', 'thread']).optional() }).optional(),
            /** A line in each person's evening; 17:00 when left out, in a team with a daily digest. */
            endOfDay: z.strictObject({ at: timeSchema }).optional(),
            /** False: nobody of the rota is asked each month whether a message reaches them. */
            dutyCheck: z.boolean().optional(),
            ...huddleSchedulesSchema.shape,
            /** `place`: the team's place reads it too, beside its supervisors. */
            weeklyDigest: z
              .strictObject({ weekday: weekdaySchema, at: timeSchema, place: z.boolean().optional() })
              .optional(),
          })
          .default({}),
        ...teamPoliciesSchema.shape,
      }),
    )
    .min(1, 'at least one team is needed'),
  /** Places that may be written to although they are public, shared with others or hold guests. */
  places: z.array(acceptedPlaceSchema).default([]),
  people: z
    .array(
      z.strictObject({
        id: idSchema,
        name: nameSchema,
        roles: z.array(roleSchema).min(1, 'at least one role is needed'),
        team: idSchema,
        /** A number to call them by in a crisis, when chat wakes nobody. Kept encrypted. */
        phone: phoneSchema.optional(),
        fte: z.number().positive().max(1.5).optional(),
        works: z.partialRecord(weekdaySchema, rangeSchema).optional(),
        zone: zoneSchema.optional(),
        languages: z.array(z.string().regex(/^[a-z]{2,3}$/, 'a language is written as en or es')).default([]),
        qualifications: z
          .array(z.strictObject({ kind: z.string().min(1).max(60), from: dateSchema, to: dateSchema.optional() }))
          .default([]),
        identities: z
          .array(
            z.strictObject({
              workspace: idSchema,
              user: z.string().min(1).max(255),
              guestUntil: dateSchema.optional(),
            }),
          )
          .default([]),
        active: z.boolean().default(true),
      }),
    )
    .min(1, 'at least one person is needed'),
});
export type OrganisationFile = z.infer<typeof organisationFileSchema>;

/** One problem of the file: where (`people[2].team`) and what, in words. */
export interface FileProblem {
  readonly path: string;
  readonly problem: string;
}

const formatPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    '',
  );

/** Reads a parsed file: either the whole of it is right, or every problem is named by its path. */
export function readOrganisationFile(
  raw: unknown,
): { ok: true; file: OrganisationFile } | { ok: false; problems: readonly FileProblem[] } {
  const parsed = organisationFileSchema.safeParse(raw);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: formatPath([...issue.path, key]), problem: 'not a known setting' }))
        : [{ path: formatPath(issue.path), problem: issue.message }],
    );
    return { ok: false, problems };
  }
  const problems = checkReferences(parsed.data);
  return problems.length === 0 ? { ok: true, file: parsed.data } : { ok: false, problems };
}

/** What one file can get wrong between its parts: repeated ids, names of things that are not there. */
function checkReferences(file: OrganisationFile): FileProblem[] {
  const problems: FileProblem[] = [];
  const collect = (list: readonly { id: string }[], name: string): Set<string> => {
    const seen = new Set<string>();
    list.forEach(({ id }, index) => {
      if (seen.has(id)) problems.push({ path: `${name}[${index}].id`, problem: `the id ${id} is used twice` });
      seen.add(id);
    });
    return seen;
  };
  const workspaces = collect(file.workspaces, 'workspaces');
  collect(file.partners, 'partners');
  const teams = collect(file.teams, 'teams');
  const people = collect(file.people, 'people');

  const externals = new Set<string>();
  file.workspaces.forEach((workspace, index) => {
    const key = `${workspace.platform} ${workspace.externalId}`;
    if (externals.has(key)) problems.push({ path: `workspaces[${index}].externalId`, problem: 'used twice' });
    externals.add(key);
  });
  const platformOf = new Map(file.workspaces.map((workspace) => [workspace.id, workspace.platform]));
  file.teams.forEach((team, t) => {
    team.places.forEach((place, p) => {
      const path = `teams[${t}].places[${p}]`;
      const platform = platformOf.get(place.workspace);
      if (platform === undefined) problems.push({ path: `${path}.workspace`, problem: 'no such workspace' });
      else if (platform === 'slack' && !('channel' in place))
        problems.push({ path, problem: 'a place in Slack names a channel' });
      else if (platform === 'teams' && !('conversation' in place))
        problems.push({ path, problem: 'a place in Teams names a conversation' });
    });
  });
  const written = new Set(file.teams.flatMap((team) => team.places.map(placeKey)));
  file.places.forEach((place, p) => {
    if (!written.has(placeKey(place)))
      problems.push({ path: `places[${p}]`, problem: 'no team of this file writes there' });
  });
  const left = new Set(file.people.filter((person) => !person.active).map(({ id }) => id));
  for (const { path, person } of namedInPolicies(file)) {
    if (!people.has(person)) problems.push({ path, problem: 'no such person' });
    else if (left.has(person)) problems.push({ path, problem: 'this person has left: name somebody who works here' });
  }
  const users = new Set<string>();
  file.people.forEach((person, p) => {
    if (!teams.has(person.team)) problems.push({ path: `people[${p}].team`, problem: 'no such team' });
    person.identities.forEach((identity, i) => {
      const path = `people[${p}].identities[${i}]`;
      if (!workspaces.has(identity.workspace))
        problems.push({ path: `${path}.workspace`, problem: 'no such workspace' });
      const key = `${identity.workspace} ${identity.user}`;
      if (users.has(key)) problems.push({ path: `${path}.user`, problem: 'this user is linked twice' });
      users.add(key);
    });
  });
  return problems;
}

const placeKey = (place: { workspace: string } & ({ channel: string } | { conversation: string })): string =>
  `${place.workspace} ${'channel' in place ? place.channel : place.conversation}`;

/** Every place in ladders and rotas that names a person. */
function namedInPolicies(file: OrganisationFile): { readonly path: string; readonly person: string }[] {
  const { fallback } = file.organisation.crisis;
  const named = file.teams.flatMap(({ escalation = {}, duty }, t) => [
    ...(duty?.pattern ?? []).map(({ person }, s) => ({ path: `teams[${t}].duty.pattern[${s}].person`, person })),
    ...Object.entries(escalation).flatMap(([severity, ladder]) =>
      (ladder?.steps ?? []).flatMap(({ tell }, s) =>
        tell.flatMap((rung, r) =>
          typeof rung === 'string'
            ? []
            : [{ path: `teams[${t}].escalation.${severity}.steps[${s}].tell[${r}].person`, person: rung.person }],
        ),
      ),
    ),
  ]);
  return fallback === undefined ? named : [{ path: 'organisation.crisis.fallback', person: fallback }, ...named];
}
