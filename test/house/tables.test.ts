import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTableUses, readTables, type TableUse } from './table-uses.ts';

/** Whose a table is. */
const owners: Readonly<Record<string, string>> = {
  absence: 'care/absences',
  absence_item: 'care/absences',
  audit_event: 'audit',
  break_glass: 'care/escalations',
  caseload_import: 'care/caseloads',
  client: 'care/clients',
  client_token: 'care/clients',
  contact: 'care/contacts',
  conversation_reference: 'store',
  coordinator_assignment: 'care/clients',
  delivery: 'delivery',
  departure: 'access',
  discussion_request: 'care/huddles',
  duty_check: 'care/duty',
  duty_cover: 'care/duty',
  duty_override: 'care/duty',
  escalation: 'care/escalations',
  escalation_event: 'care/escalations',
  escalation_notice: 'care/escalations',
  follow_up: 'care/follow-ups',
  form_session: 'feature',
  hold: 'delivery',
  huddle: 'care/huddles',
  huddle_attendance: 'care/huddles',
  huddle_decision: 'care/huddles',
  huddle_item: 'care/huddles',
  huddle_recommendation: 'care/huddles',
  identity: 'access',
  imported_row: 'care/caseloads',
  inbound_delivery: 'dispatch',
  occurrence: 'schedule',
  organisation: 'access',
  organisation_key: 'store',
  page: 'paging',
  partner: 'access',
  person: 'access',
  post: 'delivery',
  referral: 'care/referrals',
  referral_event: 'care/referrals',
  schedule: 'schedule',
  stranger_day: 'dispatch',
  team: 'access',
  team_place: 'access',
  timer: 'schedule',
  week_review: 'care/week-reviews',
  workspace: 'access',
};

/** Who somebody is, whose they are, and where: read by everybody, in the columns that stand in clear. */
const readByAll: readonly string[] = [
  'client',
  'coordinator_assignment',
  'identity',
  'organisation',
  'person',
  'team',
  'workspace',
];

/** What else is read or written by a room whose it is not, and why. It may only become shorter. */
const foreign: readonly (readonly [table: string, room: string, does: TableUse['does'], why: string])[] = [
  ['absence', 'access', 'reads', 'whether somebody is away'],
  ['absence', 'care/duty', 'reads', 'whether somebody is away'],
  ['absence', 'feature', 'reads', 'whether somebody is away'],
  ['absence', 'retention', 'reads', 'what is past its time'],
  ['audit_event', 'care/evidence', 'reads', 'evidence is what is on record'],
  ['audit_event', 'dispatch', 'reads', 'whether it is on record already that a token was refused'],
  ['audit_event', 'require-demo.ts', 'reads', 'whether this is the demonstration'],
  ['break_glass', 'retention', 'reads', 'what is past its time'],
  ['client', 'care/contacts', 'writes', 'when somebody was last spoken to stands beside the client'],
  ['contact', 'care/absences', 'reads', 'what happened while somebody was away'],
  ['contact', 'care/days', 'reads', 'the entries of a day'],
  ['contact', 'care/week-reviews', 'reads', 'the figures of a period, until nouns bring theirs'],
  ['conversation_reference', 'delivery', 'reads', 'where a message goes'],
  ['conversation_reference', 'access', 'writes', 'where a Teams person can be reached'],
  ['conversation_reference', 'retention', 'writes', 'what is past its time'],
  ['delivery', 'care/escalations', 'reads', 'whether who was told was reached'],
  ['delivery', 'care/deliveries', 'writes', 'a person settles what was parked'],
  ['delivery', 'dispatch', 'writes', 'that a button of a message was pressed'],
  ['delivery', 'retention', 'writes', 'what is past its time'],
  ['duty_cover', 'retention', 'reads', 'what is past its time'],
  ['escalation', 'care/absences', 'reads', 'what happened while somebody was away'],
  ['escalation', 'care/week-reviews', 'reads', 'the figures of a period, until nouns bring theirs'],
  ['escalation', 'retention', 'reads', 'what is past its time'],
  ['escalation_event', 'care/week-reviews', 'reads', 'the figures of a period, until nouns bring theirs'],
  ['follow_up', 'care/clients', 'reads', 'the next contact on a client’s line'],
  ['follow_up', 'care/huddles', 'reads', 'how a decision stands'],
  ['follow_up', 'care/week-reviews', 'reads', 'the figures of a period, until nouns bring theirs'],
  ['follow_up', 'retention', 'reads', 'what is past its time'],
  ['form_session', 'retention', 'writes', 'what is past its time'],
  ['huddle', 'retention', 'reads', 'what is past its time'],
  ['huddle_decision', 'retention', 'reads', 'what is past its time'],
  ['huddle_recommendation', 'retention', 'reads', 'what is past its time'],
  ['inbound_delivery', 'access', 'reads', 'how much somebody typed at a stroke, asked along with who they are'],
  ['inbound_delivery', 'care/week-reviews', 'reads', 'the figures of a period, until nouns bring theirs'],
  ['inbound_delivery', 'delivery', 'writes', 'answers that come late'],
  ['inbound_delivery', 'retention', 'writes', 'what is past its time'],
  ['inbound_delivery', 'store', 'writes', 'an installation is finished once'],
  ['organisation', 'require-demo.ts', 'writes', 'whether this is the demonstration'],
  ['organisation', 'store', 'writes', 'an organisation comes with its keys'],
  ['page', 'care/duty', 'reads', 'whether who was called was reached'],
  ['page', 'care/escalations', 'reads', 'whether who was called was reached'],
  ['page', 'cli', 'reads', 'doctor looks at what is parked'],
  ['page', 'care/deliveries', 'writes', 'a person settles what was parked'],
  ['page', 'retention', 'writes', 'what is past its time'],
  ['partner', 'care/referrals', 'reads', 'to whom a referral goes'],
  ['partner', 'care/week-reviews', 'reads', 'the figures of a period, until nouns bring theirs'],
  ['person', 'care/digests', 'writes', 'when and how somebody wants their digest'],
  ['post', 'care/deliveries', 'reads', 'what a message was about'],
  ['post', 'care/escalations', 'reads', 'whether who was told was reached'],
  ['post', 'dispatch', 'reads', 'which card a press stood on'],
  ['post', 'paging', 'reads', 'whether who was called was reached'],
  ['post', 'retention', 'writes', 'what is past its time'],
  ['referral', 'care/week-reviews', 'reads', 'the figures of a period, until nouns bring theirs'],
  ['referral', 'retention', 'reads', 'what is past its time'],
  ['referral_event', 'care/week-reviews', 'reads', 'the figures of a period, until nouns bring theirs'],
  ['schedule', 'care/digests', 'reads', 'when the next digest comes'],
  ['schedule', 'delivery', 'reads', 'when the next digest comes'],
  ['stranger_day', 'retention', 'writes', 'what is past its time'],
  ['team', 'care/digests', 'writes', 'when and where a team wants its digest'],
  ['team_place', 'care/escalations', 'reads', 'whether a team has a place'],
  ['team_place', 'delivery', 'writes', 'what the platform says of a place'],
  ['workspace', 'store', 'writes', 'an installation'],
];

const checkout = path.resolve(import.meta.dirname, '../..');
const tables = readTables(readFileSync(path.join(checkout, 'prisma/schema.prisma'), 'utf8'));

/** Uses by rooms whose the table is not. Who writes one may read it. */
function findForeign(uses: readonly TableUse[]): readonly string[] {
  const writers = new Set(uses.filter(({ does }) => does === 'writes').map(({ table, room }) => `${table} ${room}`));
  return uses
    .filter(({ table, room }) => owners[table] !== room)
    .filter(
      ({ table, room, does }) => does === 'writes' || !(readByAll.includes(table) || writers.has(`${table} ${room}`)),
    )
    .map(({ table, room, does }) => `${table} ${room} ${does}`);
}

describe('tables', () => {
  it('each have one owner', () => {
    expect(Object.keys(owners)).toEqual([...tables.values()].sort());
  });

  it('are used by their owners, and by others as listed: no more, and no longer', () => {
    const sources = readdirSync(path.join(checkout, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
      .map((file) => ({ file: `src/${file}`, text: readFileSync(path.join(checkout, 'src', file), 'utf8') }));
    expect([...findForeign(findTableUses(sources, tables))].sort()).toEqual(
      foreign.map(([table, room, does]) => `${table} ${room} ${does}`).sort(),
    );
  });

  it('are noticed in statements and calls', () => {
    const text =
      'tx.db.$queryRaw<{ id: string }[]>`select id from contact k join referral r on true for update of k`;' +
      'tx.db.$writeRaw`delete from hold`; tx.db.escalation.updateMany({})';
    expect(findTableUses([{ file: 'src/care/days/records.ts', text }], tables)).toEqual([
      { table: 'contact', room: 'care/days', does: 'reads' },
      { table: 'escalation', room: 'care/days', does: 'writes' },
      { table: 'hold', room: 'care/days', does: 'writes' },
      { table: 'referral', room: 'care/days', does: 'reads' },
    ]);
  });
});
