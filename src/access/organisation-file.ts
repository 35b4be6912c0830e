import { platforms } from '../platform.ts';
import { z } from 'zod';
import { isValidZone } from '../calendar/zones.ts';
import { roleSchema } from './roles.ts';
import type { FileSettings, NamedPerson } from './file-settings.ts';
import { hoursSchema, idSchema, phoneSchema, weekdaySchema } from './file-values.ts';

/**
 * The organisation as an administrator writes it (data shape: README, "The organisation file"). Unknown keys are
 * refused: a misspelt key must never be silently ignored.
 */
const nameSchema = z.string().trim().min(1, 'a name is needed').max(120);
const zoneSchema = z.string().refine(isValidZone, 'not an IANA time zone, for example America/New_York');
const dateSchema = z.iso.date('a date is written 2026-11-26');
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

const organisationShape = {
  id: idSchema,
  name: nameSchema,
  privacy: z.enum(['minimal', 'full']).default('minimal'),
  label: z.enum(['initials-and-birth-year', 'nothing']).default('initials-and-birth-year'),
  /** True records that the organisation's agreement with the platform covers names in forms, home and type-ahead. */
  namesInForms: z.boolean().optional(),
  dateOrder: z.enum(['dmy', 'mdy']).optional(),
};
const teamShape = {
  id: idSchema,
  name: nameSchema,
  zone: zoneSchema,
  workingDays: z.array(weekdaySchema).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']),
  closures: z.array(dateSchema).default([]),
  places: z.array(placeSchema).default([]),
};

/** The settings of nouns as parts of a shape. As types they are unknown here: each noun reads its own. */
const shapeOf = (settings: FileSettings[keyof FileSettings]): object =>
  Object.fromEntries(Object.entries(settings).map(([key, { schema }]) => [key, schema.optional()]));
/** What of an object read by such a shape is a noun's. */
const pick = (from: object, settings: FileSettings[keyof FileSettings]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(from).filter(([key, value]) => key in settings && value !== undefined));

const createTeamSchema = (settings: FileSettings) =>
  z
    .strictObject({
      ...teamShape,
      schedules: z.strictObject({ ...shapeOf(settings.schedules) }).default({}),
      ...shapeOf(settings.team),
    })
    .transform((team) => {
      const { id, name, zone, workingDays, closures, places, schedules } = team;
      const own = { id, name, zone, workingDays, closures, places };
      return { ...own, schedules: pick(schedules, settings.schedules), policies: pick(team, settings.team) };
    });

const createOrganisationSchema = (settings: FileSettings) =>
  z.strictObject({ ...organisationShape, ...shapeOf(settings.organisation) }).transform((given) => {
    const { id, name, privacy, label, namesInForms, dateOrder } = given;
    const own = { id, name, privacy, label, namesInForms, dateOrder };
    // What the file says nothing of is empty, not as it was.
    const empty = Object.fromEntries(Object.keys(settings.organisation).map((key) => [key, {}]));
    return { ...own, settings: { ...empty, ...pick(given, settings.organisation) } };
  });

const createFileSchema = (settings: FileSettings) =>
  z.strictObject({
    organisation: createOrganisationSchema(settings),
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
    teams: z.array(createTeamSchema(settings)).min(1, 'at least one team is needed'),
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
          works: z.partialRecord(weekdaySchema, hoursSchema).optional(),
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
export type OrganisationFile = z.output<ReturnType<typeof createFileSchema>>;

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
  settings: FileSettings,
): { ok: true; file: OrganisationFile } | { ok: false; problems: readonly FileProblem[] } {
  const parsed = createFileSchema(settings).safeParse(raw);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: formatPath([...issue.path, key]), problem: 'not a known setting' }))
        : [{ path: formatPath(issue.path), problem: issue.message }],
    );
    return { ok: false, problems };
  }
  const problems = checkReferences(parsed.data, settings);
  return problems.length === 0 ? { ok: true, file: parsed.data } : { ok: false, problems };
}

/** What one file can get wrong between its parts: repeated ids, names of things that are not there. */
function checkReferences(file: OrganisationFile, settings: FileSettings): FileProblem[] {
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
  for (const { path, person } of namedInSettings(file, settings)) {
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

/** Every place in what nouns read that names a person. */
function namedInSettings(file: OrganisationFile, settings: FileSettings): readonly NamedPerson[] {
  const namedIn = (at: string, values: Readonly<Record<string, unknown>>, where: keyof FileSettings): NamedPerson[] =>
    Object.entries(values).flatMap(([key, value]) =>
      (settings[where][key]?.names(value) ?? []).map(({ path, person }) => ({ path: `${at}.${key}${path}`, person })),
    );
  return [
    ...namedIn('organisation', file.organisation.settings, 'organisation'),
    ...file.teams.flatMap((team, index) => [
      ...namedIn(`teams[${index}]`, team.policies, 'team'),
      ...namedIn(`teams[${index}].schedules`, team.schedules, 'schedules'),
    ]),
  ];
}
