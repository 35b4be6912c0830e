import type { OrganisationTransaction } from '../../store/transaction.ts';
import { questionPlace, wordsPlace, type Referral } from './records.ts';
import type { Service } from './referral-words.ts';
import type { ReferralState, Urgency } from './rules.ts';

export type To = { readonly person: string } | { readonly team: string } | { readonly partner: string };

export interface NewReferral {
  readonly client: string;
  readonly requester: string;
  readonly to: To;
  readonly receiver: string | undefined;
  readonly urgency: Urgency;
  readonly service: Service | undefined;
  readonly question: string | undefined;
  readonly dueAt: Date;
}

/** Adds a referral in state `requested`; returns its id. */
export async function insertReferral(tx: OrganisationTransaction, given: NewReferral, now: Date): Promise<string> {
  const id = tx.ids.uuid();
  const { to } = given;
  const question = given.question === undefined ? null : tx.seal(questionPlace(id), given.question);
  await tx.db.$executeRaw`
    insert into referral (organisation_id, id, client_id, requester_id, to_person_id, to_team_id, to_partner_id,
                          receiver_id, state, urgency, service, question, due_at, created_at)
    values (${tx.organisation}, ${id}::uuid, ${given.client}::uuid, ${given.requester},
            ${'person' in to ? to.person : null}, ${'team' in to ? to.team : null}, ${'partner' in to ? to.partner : null},
            ${given.receiver ?? null}, 'requested', ${given.urgency}, ${given.service ?? null}, ${question}::bytea,
            ${given.dueAt}, ${now})`;
  return id;
}

/** What a step changes on a locked referral; the version always moves. */
export async function updateReferral(
  tx: OrganisationTransaction,
  id: string,
  change: {
    readonly state: ReferralState;
    readonly reason: string | undefined;
    readonly dueAt: Date | undefined;
    readonly receiver: string | undefined;
  },
): Promise<void> {
  await tx.db.$executeRaw`
    update referral set state = ${change.state}, reason = ${change.reason ?? null}, due_at = ${change.dueAt ?? null},
           receiver_id = ${change.receiver ?? null}, version = version + 1
    where organisation_id = ${tx.organisation} and id = ${id}::uuid`;
}

export interface NewEvent {
  readonly referral: string;
  readonly by: string;
  readonly step: string;
  readonly from: ReferralState | undefined;
  readonly to: ReferralState;
  readonly reason?: string | undefined;
  readonly words?: string | undefined;
}

/** Appends one step. Steps of one referral never share an instant, so that their order can be read from the times. */
export async function insertEvent(
  tx: OrganisationTransaction,
  event: NewEvent,
  now: Date,
  last: Referral['events'][number] | undefined,
): Promise<void> {
  const id = tx.ids.uuid();
  const at = last === undefined || now > last.at ? now : new Date(last.at.getTime() + 1);
  const words = event.words === undefined ? null : tx.seal(wordsPlace(id), event.words);
  await tx.db.$executeRaw`
    insert into referral_event (organisation_id, id, referral_id, at, actor, step, from_state, to_state, reason, words)
    values (${tx.organisation}, ${id}::uuid, ${event.referral}::uuid, ${at}, ${event.by}, ${event.step},
            ${event.from ?? null}, ${event.to}, ${event.reason ?? null}, ${words}::bytea)`;
}
