import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { Frozen } from './ladder.ts';
import { aboutPlace, notePlace, wordsPlace, type Escalation } from './records.ts';
import type { Severity } from './rules.ts';

export interface NewEscalation {
  readonly id: string;
  readonly client: string | undefined;
  /** Words for who it is about, when that is nobody of the list. */
  readonly about: string | undefined;
  /** A well-formed code that no client has. */
  readonly unknownCode?: string | undefined;
  readonly team: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly note: string | undefined;
  readonly raisedBy: string;
  readonly frozen: Frozen;
  readonly owner: string;
}

export async function insertEscalation(tx: OrganisationTransaction, given: NewEscalation, now: Date): Promise<void> {
  const { id } = given;
  const about = given.about === undefined ? null : tx.seal(aboutPlace(id), given.about);
  const note = given.note === undefined ? null : tx.seal(notePlace(id), given.note);
  await tx.db.$executeRaw`
    insert into escalation (organisation_id, id, client_id, about, team_id, severity, reason, note, raised_by, raised_at,
                            state, policy, owner_id, unknown_code)
    values (${tx.organisation}, ${id}::uuid, ${given.client ?? null}::uuid, ${about}::bytea, ${given.team},
            ${given.severity}, ${given.reason}, ${note}::bytea, ${given.raisedBy}, ${now}, 'raised',
            ${JSON.stringify(given.frozen)}::jsonb, ${given.owner}, ${given.unknownCode ?? null})`;
}

/** What can change of a locked escalation. */
export type Changed = Pick<
  Escalation,
  'state' | 'frozen' | 'step' | 'owner' | 'acknowledged' | 'second' | 'remindAt' | 'expiresAt' | 'late' | 'resolved'
>;

/** Writes a locked escalation; the version always moves. False when somebody else changed it all the same. */
export async function updateEscalation(
  tx: OrganisationTransaction,
  { id, version }: Pick<Escalation, 'id' | 'version'>,
  to: Changed,
): Promise<boolean> {
  const written = await tx.db.$executeRaw`
    update escalation
    set state = ${to.state}, policy = ${JSON.stringify(to.frozen)}::jsonb, step = ${to.step}, owner_id = ${to.owner.id},
        acknowledged_by = ${to.acknowledged?.by.id ?? null}, acknowledged_at = ${to.acknowledged?.at ?? null},
        second_by = ${to.second?.by.id ?? null}, second_at = ${to.second?.at ?? null},
        remind_at = ${to.remindAt ?? null}, expires_at = ${to.expiresAt ?? null}, late = ${to.late},
        outcome = ${to.resolved?.outcome ?? null}, disposition = ${to.resolved?.disposition ?? null},
        resolved_by = ${to.resolved?.by.id ?? null}, resolved_at = ${to.resolved?.at ?? null}, version = version + 1
    where organisation_id = ${tx.organisation} and id = ${id}::uuid and version = ${version}`;
  return written === 1;
}

export async function insertEvent(
  tx: OrganisationTransaction,
  event: {
    readonly escalation: string;
    readonly by: string;
    readonly act: string;
    readonly detail: Readonly<Record<string, string | number | boolean | null>>;
    readonly words: string | undefined;
  },
  now: Date,
): Promise<void> {
  const id = tx.ids.uuid();
  const words = event.words === undefined ? null : tx.seal(wordsPlace(id), event.words);
  await tx.db.$executeRaw`
    insert into escalation_event (organisation_id, id, escalation_id, at, actor, act, detail, words)
    values (${tx.organisation}, ${id}::uuid, ${event.escalation}::uuid, ${now}, ${event.by}, ${event.act},
            ${JSON.stringify(event.detail)}::jsonb, ${words}::bytea)`;
}

export interface NewNotice {
  readonly escalation: string;
  readonly to: { readonly person: string } | { readonly team: string };
  readonly step: number;
  readonly reason: string;
  readonly postKey: string;
}

export async function insertNotice(tx: OrganisationTransaction, notice: NewNotice, now: Date): Promise<void> {
  const { to } = notice;
  await tx.db.$executeRaw`
    insert into escalation_notice (organisation_id, id, escalation_id, at, person_id, team_id, step, reason, post_key)
    values (${tx.organisation}, ${tx.ids.uuid()}::uuid, ${notice.escalation}::uuid, ${now},
            ${'person' in to ? to.person : null}, ${'team' in to ? to.team : null}, ${notice.step}, ${notice.reason},
            ${notice.postKey})`;
}
