import fc from 'fast-check';
import { modeSchema, outcomeSchema } from '../../src/care/contacts/rules.ts';
import { statusSchema, tierSchema } from '../../src/care/clients/rules.ts';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';

/** A random team's months, as plain rows: what the statements and the plain reference both count. */
export const now = new Date('2026-11-23T12:45:00Z');
export const zones = ['America/New_York', 'Pacific/Apia', 'Australia/Lord_Howe', 'Asia/Kolkata'] as const;
const minute = 60_000;
const DAY = 24 * 60;

/** Minutes before now: mostly the last two weeks, where the edges are. */
const ago = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 16 * DAY }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 120 * DAY }) },
);
const index = fc.nat({ max: 1_000 });
const team = fc.constantFrom('east', 'east', 'east', 'west');

export const weekData = fc.record({
  zone: fc.constantFrom(...zones),
  staffed: fc.constantFrom('09:00-17:00', undefined),
  people: fc.array(
    fc.record({
      team,
      name: fc.constantFrom('Ana', 'Bo', 'Cy', 'Di', 'Ed'),
      fte: fc.constantFrom(undefined, 0.5, 0.8, 1),
      active: fc.constantFrom(true, true, true, false),
      coordinator: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
  clients: fc.array(
    fc.record({
      team,
      tier: fc.constantFrom(...tierSchema.options),
      status: fc.oneof(fc.constant('active' as const), fc.constantFrom(...statusSchema.options)),
      cuts: fc.array(fc.record({ ago, person: index }), { maxLength: 3 }),
      open: fc.boolean(),
    }),
    { maxLength: 8 },
  ),
  contacts: fc.array(
    fc.record({
      client: index,
      person: index,
      ago,
      mode: fc.constantFrom(...modeSchema.options),
      outcome: fc.constantFrom(...outcomeSchema.options),
      minutes: fc.option(fc.integer({ min: 1, max: 90 })),
      source: fc.constantFrom('slack', 'teams', 'import', 'whatsapp'),
      error: fc.constantFrom(false, false, false, false, true),
      loggedAfter: fc.constantFrom(0, 0, 5, 2 * DAY),
    }),
    { maxLength: 40 },
  ),
  followUps: fc.array(
    fc.record({
      client: index,
      person: index,
      due: fc.integer({ min: -20, max: 3 }),
      ago,
      openFor: fc.option(fc.integer({ min: 0, max: 30 * DAY })),
    }),
    { maxLength: 20 },
  ),
  referrals: fc.array(
    fc.record({
      client: index,
      requester: index,
      receiver: fc.option(index),
      partner: fc.constantFrom('anne', 'home', undefined),
      service: fc.constantFrom('housing', 'therapy', undefined),
      urgency: fc.constantFrom('crisis', 'urgent', 'routine'),
      ago,
      steps: fc.array(
        fc.record({
          after: fc.integer({ min: 1, max: 12 * DAY }),
          to: fc.constantFrom(
            ...['requested', 'accepted', 'rejected', 'failed', 'in-progress', 'completed', 'closed', 'cancelled'],
          ),
          reason: fc.constantFrom('no-capacity', 'insurance', 'not-said', 'client-declined', undefined),
        }),
        { maxLength: 4 },
      ),
    }),
    { maxLength: 14 },
  ),
  escalations: fc.array(
    fc.record({
      team,
      person: index,
      severity: fc.constantFrom('crisis', 'urgent', 'concern'),
      ago,
      taken: fc.option(
        fc.record({
          after: fc.integer({ min: 0, max: 600 }),
          act: fc.constantFrom('acknowledge', 'take-over', 'resolve', 'add-note'),
        }),
      ),
      late: fc.boolean(),
      /** How it stands when the figures are read, whatever happened to it before. */
      stands: fc.constantFrom('nobody', 'held', 'run-out', 'resolved'),
    }),
    { maxLength: 8 },
  ),
  acts: fc.array(
    fc.record({
      person: fc.option(index),
      ago,
      kind: fc.constantFrom('command', 'button', 'form-submitted', 'installed'),
    }),
    { maxLength: 25 },
  ),
});
export type WeekData = typeof weekData extends fc.Arbitrary<infer T> ? T : never;

export const before = (minutes: number, shift = 0): Date => new Date(now.getTime() - minutes * minute + shift);
export const pick = <T>(list: readonly T[], at: number): T => {
  const found = list[at % Math.max(1, list.length)];
  if (found === undefined) throw new Error('nothing to pick');
  return found;
};
/** Local date and time by the platform's own calendar, apart from the product's arithmetic. */
export function local(at: Date, zone: string): { date: string; time: string } {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { date: `${parts['year']}-${parts['month']}-${parts['day']}`, time: `${parts['hour']}:${parts['minute']}` };
}
export const shiftDate = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY * minute).toISOString().slice(0, 10);

/** Who was accountable from when to when, from the cuts of a client. */
export function assignmentsOf(data: WeekData, client: WeekData['clients'][number]) {
  const cuts = [...client.cuts].sort((a, b) => b.ago - a.ago);
  return cuts.flatMap((cut, at) => {
    const next = cuts[at + 1];
    const person = cut.person % data.people.length;
    const open = next === undefined && client.open;
    const end = next === undefined ? (open ? undefined : before(Math.floor(cut.ago / 2))) : before(next.ago);
    return [{ person, from: before(cut.ago), to: end }];
  });
}

export const code = (at: number): string => `000${at}-0`;
export const personId = (at: number): string => `p${at}`;

/** Writes the rows into an organisation, inside a transaction that is taken back afterwards. */
export async function insertWeek(tx: OrganisationTransaction, data: WeekData): Promise<void> {
  await insertTeam(tx, data);
  if (data.people.length > 0) await insertWork(tx, data);
  if (data.people.length > 0 && data.clients.length > 0) await insertClients(tx, data);
  // Nothing can be given to somebody who left, so they leave last.
  const left = data.people.flatMap(({ active }, at) => (active ? [] : [personId(at)]));
  await tx.db.person.updateMany({
    where: { organisationId: tx.organisation, id: { in: left } },
    data: { active: false },
  });
}

async function insertTeam(
  { db, organisation: organisationId }: OrganisationTransaction,
  data: WeekData,
): Promise<void> {
  const policies = data.staffed === undefined ? {} : { outOfHours: { staffed: data.staffed, route: 'duty' } };
  const days = { workingDays: ['mon', 'tue', 'wed', 'thu', 'fri'], closures: [new Date('2026-11-11')] };
  for (const id of ['east', 'west']) {
    await db.team.create({ data: { organisationId, id, name: id, zone: data.zone, ...days, schedules: {}, policies } });
  }
  for (const [id, name] of [
    ['anne', 'St Anne'],
    ['home', 'Home Start'],
  ] as const) {
    await db.partner.create({ data: { organisationId, id, name, kind: 'housing', routes: [] } });
  }
}

const byte = new Uint8Array([1]);

async function insertWork(
  { db, ids, organisation: organisationId }: OrganisationTransaction,
  data: WeekData,
): Promise<void> {
  await db.person.createMany({
    data: data.people.map(({ team: teamId, name, fte, coordinator }, at) => ({
      ...{ organisationId, id: personId(at), name, teamId, qualifications: [], languages: [] },
      roles: coordinator ? ['coordinator'] : ['clinician'],
      fte: fte ?? null,
    })),
  });
  await db.workspace.create({ data: { organisationId, id: 'w', platform: 'slack', externalId: ids.uuid() } });
  await db.inboundDelivery.createMany({
    data: data.acts.map(({ person, ago: minutes, kind }) => ({
      ...{ organisationId, workspaceId: 'w', delivery: ids.uuid(), receivedAt: before(minutes), kind },
      personId: person === null ? null : personId(person % data.people.length),
    })),
  });
  const escalations = data.escalations.map((one) => ({ ...one, id: ids.uuid() }));
  await db.escalation.createMany({
    data: escalations.map(({ id, team: teamId, person, severity, ago: minutes, late, stands }) => {
      const who = personId(person % data.people.length);
      const raised = { raisedBy: who, raisedAt: before(minutes), ownerId: who };
      const taken = { acknowledgedBy: who, acknowledgedAt: before(minutes) };
      const standing = {
        nobody: { state: 'raised' },
        held: { state: 'acknowledged', ...taken, expiresAt: before(-1) },
        'run-out': { state: 'acknowledged', ...taken, expiresAt: before(0) },
        resolved: {
          ...{ state: 'resolved', outcome: 'safe-now', disposition: 'no-change' },
          ...{ resolvedBy: who, resolvedAt: before(0) },
        },
      }[stands];
      const plain = { organisationId, id, about: byte, teamId, severity, reason: 'other', policy: {}, late };
      return { ...plain, ...raised, ...standing };
    }),
  });
  await db.escalationEvent.createMany({
    data: escalations.flatMap(({ id, ago: minutes, taken }) =>
      taken === null
        ? []
        : [
            {
              ...{ organisationId, id: ids.uuid(), escalationId: id, at: before(minutes - taken.after) },
              ...{ actor: 'baton', act: taken.act, detail: {} },
            },
          ],
    ),
  });
}

async function insertClients(
  { db, ids, organisation: organisationId }: OrganisationTransaction,
  data: WeekData,
): Promise<void> {
  const clients = data.clients.map((client) => ({ ...client, id: ids.uuid() }));
  await db.client.createMany({
    data: clients.map(({ id, team: teamId, tier, status }, at) => ({
      ...{
        organisationId,
        id,
        code: code(at),
        teamId,
        tier,
        status,
        identity: byte,
        preferences: {},
        createdAt: before(200 * DAY),
      },
    })),
  });
  await db.coordinatorAssignment.createMany({
    data: clients.flatMap((client) =>
      assignmentsOf(data, client).map(({ person, from, to }) => ({
        ...{ organisationId, id: ids.uuid(), clientId: client.id, personId: personId(person) },
        startedAt: from,
        endedAt: to ?? null,
      })),
    ),
  });
  await db.contact.createMany({
    data: data.contacts.map((contact, at) => {
      const occurredAt = before(contact.ago, at);
      return {
        ...{ organisationId, id: ids.uuid(), clientId: pick(clients, contact.client).id, occurredAt, zone: data.zone },
        personId: personId(contact.person % data.people.length),
        occurredOn: new Date(local(occurredAt, data.zone).date),
        loggedAt: before(contact.ago - contact.loggedAfter, at),
        ...{ mode: contact.mode, outcome: contact.outcome, minutes: contact.minutes, source: contact.source },
        ...(contact.error ? { state: 'entered-in-error', retraction: 'undone' } : {}),
      };
    }),
  });
  await db.followUp.createMany({
    data: data.followUps.map((one) => ({
      ...{
        organisationId,
        id: ids.uuid(),
        clientId: pick(clients, one.client).id,
        kind: 'huddle-decision',
        zone: data.zone,
      },
      ownerId: personId(one.person % data.people.length),
      dueOn: new Date(shiftDate('2026-11-23', one.due)),
      createdAt: before(one.ago),
      ...(one.openFor === null ? {} : { state: 'done', closedAt: before(one.ago - one.openFor) }),
    })),
  });
  for (const one of data.referrals) {
    const id = ids.uuid();
    const requesterId = personId(one.requester % data.people.length);
    await db.referral.create({
      data: {
        ...{ organisationId, id, clientId: pick(clients, one.client).id, requesterId, urgency: one.urgency },
        receiverId: one.receiver === null ? null : personId(one.receiver % data.people.length),
        ...(one.partner === undefined ? { toTeamId: 'west' } : { toPartnerId: one.partner }),
        ...{ state: 'requested', createdAt: before(one.ago), service: one.service ?? null },
      },
    });
    let at = one.ago;
    let fromState = '(start)';
    const steps = [
      { after: 0, to: 'requested', step: 'request', reason: undefined },
      ...one.steps.map((each) => ({ ...each, step: 'other' })),
    ];
    for (const { after, to, step, reason } of steps) {
      at -= after;
      await db.referralEvent.create({
        data: {
          organisationId,
          id: ids.uuid(),
          referralId: id,
          at: before(at),
          actor: requesterId,
          step,
          fromState,
          toState: to,
          reason: reason ?? null,
        },
      });
      fromState = to;
    }
  }
}
