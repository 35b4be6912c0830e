import { nameRecorded } from '../../access/say-doer.ts';
import { isUuid } from '../../ids.ts';
import { sayWords } from '../../feature/say-sealed.ts';
import type { Sealed } from '../../store/seal.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { serviceSchema, type Service } from './referral-words.ts';
import { referralStates, urgencySchema, type Loop, type ReferralState, type Side } from './rules.ts';

/** One step, or one thing said, in a referral's loop. */
export interface ReferralEvent {
  readonly at: Date;
  readonly by: string;
  readonly byName: string;
  readonly step: string;
  readonly from: ReferralState | undefined;
  readonly to: ReferralState;
  readonly reason: string | undefined;
  /** Read only where one referral is opened; lists leave it sealed. */
  readonly words: string | undefined;
}

export interface Referral extends Loop {
  readonly id: string;
  readonly client: string;
  readonly requesterName: string;
  readonly requesterActive: boolean;
  readonly to: string;
  readonly toName: string;
  readonly toTeam: string | undefined;
  /** Routes of a partner, in order of preference: `{phone}`, `{fax}`, `{email}`. */
  readonly routes: readonly Readonly<Record<string, string>>[];
  readonly receiverName: string | undefined;
  readonly receiverActive: boolean;
  readonly service: Service | undefined;
  readonly question: Sealed<string> | undefined;
  readonly reason: string | undefined;
  readonly createdAt: Date;
  readonly version: number;
  /** Oldest first. */
  readonly events: readonly ReferralEvent[];
}

interface ReferralRow {
  id: string;
  client: string;
  requester: string;
  requester_name: string;
  requester_active: boolean;
  to_person: string | null;
  to_team: string | null;
  to_partner: string | null;
  to_name: string;
  routes: Readonly<Record<string, string>>[] | null;
  receiver: string | null;
  receiver_name: string | null;
  receiver_active: boolean | null;
  state: string;
  urgency: string;
  service: string | null;
  question: Uint8Array | null;
  reason: string | null;
  due_at: Date | null;
  created_at: Date;
  version: number;
}

interface EventRow {
  id: string;
  referral: string;
  at: Date;
  by: string;
  by_name: string | null;
  step: string;
  from_state: string | null;
  to_state: string;
  reason: string | null;
  words: Uint8Array | null;
}

const stateOf = (text: string): ReferralState => referralStates.find((state) => state === text) ?? 'entered-in-error';
export const questionPlace = (id: string): { table: string; column: string; row: string } => ({
  table: 'referral',
  column: 'question',
  row: id,
});
export const wordsPlace = (id: string): { table: string; column: string; row: string } => ({
  table: 'referral_event',
  column: 'words',
  row: id,
});

/** A question waits when it was asked after the last change of state and after the requester's last words. */
function standing(row: ReferralRow, events: readonly ReferralEvent[]): { questionWaits: boolean; lastSide?: Side } {
  const changed = events.findLast((event) => event.from !== event.to);
  const spoken = events.findLast((event) => event.from !== event.to || event.step === 'ask' || event.step === 'tell');
  return {
    questionWaits: spoken?.step === 'ask',
    ...(changed === undefined ? {} : { lastSide: changed.by === row.requester ? 'requester' : 'target' }),
  };
}

function readReferral(tx: OrganisationTransaction, row: ReferralRow, events: readonly ReferralEvent[]): Referral {
  const { questionWaits, lastSide } = standing(row, events);
  return {
    id: row.id,
    client: row.client,
    requester: row.requester,
    requesterName: row.requester_name,
    requesterActive: row.requester_active,
    toKind: row.to_person !== null ? 'person' : row.to_team !== null ? 'team' : 'partner',
    to: row.to_person ?? row.to_team ?? row.to_partner ?? '',
    toName: row.to_name,
    toTeam: row.to_team ?? undefined,
    routes: row.routes ?? [],
    receiver: row.receiver ?? undefined,
    receiverName: row.receiver_name ?? undefined,
    receiverActive: row.receiver_active ?? true,
    state: stateOf(row.state),
    urgency: urgencySchema.parse(row.urgency),
    service: serviceSchema.safeParse(row.service).data,
    question: row.question === null ? undefined : tx.open(questionPlace(row.id), row.question),
    reason: row.reason ?? undefined,
    dueAt: row.due_at ?? undefined,
    createdAt: row.created_at,
    version: row.version,
    questionWaits,
    lastSide,
    events,
  };
}

async function readEvents(
  tx: OrganisationTransaction,
  ids: readonly string[],
  withWords: boolean,
): Promise<ReadonlyMap<string, readonly ReferralEvent[]>> {
  const rows = await tx.db.$queryRaw<EventRow[]>`
    select e.id::text as id, e.referral_id::text as referral, e.at, e.actor as by, p.name as by_name, e.step,
           e.from_state, e.to_state, e.reason, case when ${withWords} then e.words end as words
    from referral_event e
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor
    where e.organisation_id = ${tx.organisation} and e.referral_id = any(${[...ids]}::uuid[])
    order by e.at, e.id`;
  const found = new Map<string, ReferralEvent[]>();
  for (const row of rows) {
    const list = found.get(row.referral) ?? [];
    found.set(row.referral, list);
    list.push({
      at: row.at,
      by: row.by,
      byName: nameRecorded(row.by, row.by_name),
      step: row.step,
      from: row.from_state === null ? undefined : stateOf(row.from_state),
      to: stateOf(row.to_state),
      reason: row.reason ?? undefined,
      words: row.words === null ? undefined : sayWords(tx.open(wordsPlace(row.id), row.words)),
    });
  }
  return found;
}

/** Referrals by id, oldest first; words only when asked for. */
export async function findReferrals(
  tx: OrganisationTransaction,
  ids: readonly string[],
  withWords = false,
): Promise<readonly Referral[]> {
  if (ids.length === 0 || !ids.every(isUuid)) return [];
  const rows = await tx.db.$queryRaw<ReferralRow[]>`
    select r.id::text as id, r.client_id::text as client, r.requester_id as requester, asks.name as requester_name,
           asks.active as requester_active, r.to_person_id as to_person, r.to_team_id as to_team,
           r.to_partner_id as to_partner, coalesce(person.name, team.name, partner.name) as to_name, partner.routes,
           r.receiver_id as receiver, serves.name as receiver_name, serves.active as receiver_active, r.state,
           r.urgency, r.service, case when ${withWords} then r.question end as question, r.reason, r.due_at,
           r.created_at, r.version
    from referral r
    join person asks on asks.organisation_id = r.organisation_id and asks.id = r.requester_id
    left join person on person.organisation_id = r.organisation_id and person.id = r.to_person_id
    left join team on team.organisation_id = r.organisation_id and team.id = r.to_team_id
    left join partner on partner.organisation_id = r.organisation_id and partner.id = r.to_partner_id
    left join person serves on serves.organisation_id = r.organisation_id and serves.id = r.receiver_id
    where r.organisation_id = ${tx.organisation} and r.id = any(${[...ids]}::uuid[])
    order by r.created_at, r.id`;
  const events = await readEvents(tx, ids, withWords);
  return rows.map((row) => readReferral(tx, row, events.get(row.id) ?? []));
}

/** One referral with its words. */
export async function findReferral(tx: OrganisationTransaction, id: string): Promise<Referral | undefined> {
  return (await findReferrals(tx, [id], true))[0];
}

/** The same, locked until the transaction ends: whoever comes second reads what the first one did. */
export async function lockReferral(tx: OrganisationTransaction, id: string): Promise<Referral | undefined> {
  if (!isUuid(id)) return undefined;
  await tx.db.$queryRaw`
    select 1 as locked from referral where organisation_id = ${tx.organisation} and id = ${id}::uuid for update`;
  return findReferral(tx, id);
}

/** Referrals whose loop is not closed, in which one of these people asked, serves, or may take it for a team. */
export async function listUnclosed(
  tx: OrganisationTransaction,
  people: readonly string[],
): Promise<readonly Referral[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select r.id::text as id from referral r
    where r.organisation_id = ${tx.organisation} and r.state not in ('draft', 'closed', 'entered-in-error')
      and (r.requester_id = any(${[...people]}::text[]) or r.receiver_id = any(${[...people]}::text[])
           or (r.receiver_id is null and r.to_team_id in (
                 select p.team_id from person p
                 where p.organisation_id = r.organisation_id and p.id = any(${[...people]}::text[]))))`;
  return findReferrals(
    tx,
    rows.map((row) => row.id),
  );
}

/** A client's referrals whose loop is not closed. */
export async function listUnclosedOf(tx: OrganisationTransaction, client: string): Promise<readonly Referral[]> {
  if (!isUuid(client)) return [];
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id::text as id from referral
    where organisation_id = ${tx.organisation} and client_id = ${client}::uuid
      and state not in ('draft', 'closed', 'entered-in-error')`;
  return findReferrals(
    tx,
    rows.map((row) => row.id),
  );
}

/** For lists over many people: who they are to a referral that a team has not taken yet. */
export async function teamsOf(
  tx: OrganisationTransaction,
  people: readonly string[],
): Promise<ReadonlyMap<string, { readonly team: string; readonly roles: readonly string[] }>> {
  const rows = await tx.db.$queryRaw<{ id: string; team: string; roles: string[] }[]>`
    select id, team_id as team, roles from person
    where organisation_id = ${tx.organisation} and id = any(${[...people]}::text[])`;
  return new Map(rows.map(({ id, team, roles }) => [id, { team, roles }]));
}

/** Who works in a team now. */
export async function listMembers(tx: OrganisationTransaction, team: string): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id from person where organisation_id = ${tx.organisation} and team_id = ${team} and active`;
  return rows.map((row) => row.id);
}

/** Where a team or a partner is looked up by id, and listed for a form. */
export async function listTeamsAndPartners(
  tx: OrganisationTransaction,
): Promise<{ teams: readonly { id: string; name: string }[]; partners: readonly { id: string; name: string }[] }> {
  const which = {
    where: { organisationId: tx.organisation },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  } as const;
  return { teams: await tx.db.team.findMany(which), partners: await tx.db.partner.findMany(which) };
}
