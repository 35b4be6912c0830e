import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DepartureReason } from '../../src/access/departures.ts';
import { weekdays } from '../../src/calendar/local-dates.ts';
import { absenceKinds, absenceStates } from '../../src/care/absences/rules.ts';
import type { ItemKind } from '../../src/care/absences/item-records.ts';
import { statusSchema, tierSchema } from '../../src/care/clients/rules.ts';
import { modeSchema, outcomeSchema } from '../../src/care/contacts/rules.ts';
import { digestStyles, type DigestPlace } from '../../src/care/digests/rules.ts';
import type { Cover } from '../../src/care/duty/records.ts';
import { escalationStates, severitySchema } from '../../src/care/escalations/rules.ts';
import { huddleStates, itemStates, recommendationStates, rhythmSchema } from '../../src/care/huddles/rules.ts';
import { referralStates, urgencySchema } from '../../src/care/referrals/rules.ts';
import type { AnswerPart } from '../../src/chat/reply.ts';
import { deliveryStates } from '../../src/delivery/states.ts';
import { agendaSections } from '../../src/feature/agenda.ts';
import { pagePriorities } from '../../src/paging/page-rules.ts';
import { platforms } from '../../src/platform.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';

/** All members of a type that has no list in the code; the compiler asks for each. */
const codesOf = <T extends string>(every: Readonly<Record<T, true>>): readonly string[] => Object.keys(every);

/** What the code knows of each column whose values the database lists. Widening one is a migration. */
const codes: Readonly<Record<string, readonly string[]>> = {
  'absence.kind': absenceKinds,
  'absence.state': absenceStates,
  'absence_item.kind': codesOf<ItemKind>({ 'follow-up': true, referral: true, escalation: true, duty: true }),
  'break_glass.what': ['reach', 'words'],
  'client.status': statusSchema.options,
  'client.tier': tierSchema.options,
  'contact.mode': modeSchema.options,
  'contact.outcome': outcomeSchema.options,
  'contact.source': [...platforms, 'import', 'whatsapp'],
  'delivery.platform': platforms,
  'delivery.state': deliveryStates,
  'departure.reason': codesOf<DepartureReason>({
    ...{ deactivated: true, guest: true, 'organisation-file': true, unreachable: true },
  }),
  'duty_cover.state': codesOf<Cover['state']>({ open: true, taken: true, withdrawn: true }),
  'duty_override.origin': ['set', 'cover'],
  'escalation.severity': severitySchema.options,
  'escalation.state': escalationStates,
  'huddle.rhythm': rhythmSchema.options,
  'huddle.state': huddleStates,
  'huddle_item.section': agendaSections,
  'huddle_item.state': itemStates,
  'huddle_recommendation.state': recommendationStates,
  'inbound_delivery.answer_left': codesOf<AnswerPart>({ card: true, replace: true }),
  'organisation.date_order': ['dmy', 'mdy'],
  'organisation.label': ['initials-and-birth-year', 'nothing'],
  'organisation.privacy': ['minimal', 'full'],
  'page.event': Object.keys(pagePriorities),
  'page.state': ['pending', 'sending', 'sent', 'parked', 'dropped'],
  'person.digest_style': digestStyles,
  'post.audience': ['person', 'team'],
  'referral.state': referralStates,
  'referral.urgency': urgencySchema.options,
  'schedule.weekday': weekdays,
  'team.digest_in': codesOf<DigestPlace>({ channel: true, thread: true }),
  'workspace.platform': platforms,
};

describe('coded columns', () => {
  let database: TestDatabase;
  let listed: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    database = await createDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ table: string; rule: string }>(
      `select conrelid::regclass::text as table, pg_get_constraintdef(oid) as rule
       from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`,
    );
    await client.end();
    listed = new Map(
      rows.flatMap(({ table, rule }) => {
        const [, column, values] = /^CHECK \(\((\w+) = ANY \(ARRAY\[([^[\]]*)\]\)\)\)$/.exec(rule) ?? [];
        if (column === undefined || values === undefined) return [];
        return [[`${table}.${column}`, [...values.matchAll(/'([^']*)'/g)].map(([, one = '']) => one)] as const];
      }),
    );
  });
  afterAll(() => database.drop());

  it('take what the code knows, and nothing else', () => {
    const sorted = (all: Iterable<readonly [string, readonly string[]]>): Record<string, readonly string[]> =>
      Object.fromEntries([...all].map(([column, values]) => [column, [...values].sort()]));
    expect(sorted(listed)).toEqual(sorted(Object.entries(codes)));
  });
});
