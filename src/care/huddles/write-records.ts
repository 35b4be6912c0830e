import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { AgendaLine } from './arrange-agenda.ts';
import { decisionWords, recommendationWords } from './outcome-records.ts';
import type { HuddleState, ItemState, RecommendationState, Rhythm } from './rules.ts';

export interface NewHuddle {
  readonly team: string;
  readonly rhythm: Rhythm;
  /** Local date of the turn it stands for; undefined for one begun besides. */
  readonly heldFor: string | undefined;
  readonly movedFrom: string | undefined;
  readonly startsAt: Date;
  readonly minutes: number;
}

/** Plans a huddle; undefined when its turn stands written already. */
export async function insertHuddle(tx: OrganisationTransaction, given: NewHuddle): Promise<string | undefined> {
  const id = tx.ids.uuid();
  const made = await tx.db.$executeRaw`
    insert into huddle (organisation_id, id, team_id, rhythm, held_for, moved_from, starts_at, minutes, state)
    values (${tx.organisation}, ${id}::uuid, ${given.team}, ${given.rhythm}, ${given.heldFor ?? null}::date,
            ${given.movedFrom ?? null}::date, ${given.startsAt}, ${given.minutes}::int, 'planned')
    on conflict do nothing`;
  return made === 1 ? id : undefined;
}

/** What an act changes on a locked huddle. `by` is empty where it happened by itself. */
export interface HuddleChange {
  readonly state?: HuddleState;
  readonly started?: { readonly at: Date; readonly by: string | undefined };
  readonly ended?: { readonly at: Date; readonly by: string | undefined };
  readonly position?: number;
  readonly itemSince?: Date;
  /** Others who saw it before must look again. */
  readonly moves?: true;
}

export async function updateHuddle(tx: OrganisationTransaction, id: string, change: HuddleChange): Promise<void> {
  const { state, started, ended, position, itemSince, moves } = change;
  await tx.db.huddle.update({
    where: { organisationId_id: { organisationId: tx.organisation, id } },
    data: {
      ...(state === undefined ? {} : { state }),
      ...(started === undefined ? {} : { startedAt: started.at, startedBy: started.by ?? null }),
      ...(ended === undefined ? {} : { endedAt: ended.at, endedBy: ended.by ?? null }),
      ...(position === undefined ? {} : { position }),
      ...(itemSince === undefined ? {} : { itemSince }),
      ...(moves === undefined ? {} : { version: { increment: 1 } }),
    },
  });
}

/** Freezes an agenda: what it was when the huddle began. */
export async function insertItems(
  tx: OrganisationTransaction,
  huddle: string,
  lines: readonly AgendaLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await tx.db.$executeRaw`
    insert into huddle_item (organisation_id, id, huddle_id, position, source, section, client_id, person_id, reason,
                             since, others, tier)
    select ${tx.organisation}, id::uuid, ${huddle}::uuid, position, source, section, client::uuid, person, reason,
           since::date, others::jsonb, tier
    from unnest(${lines.map(() => tx.ids.uuid())}::text[], ${lines.map((_line, index) => index)}::int[],
                ${lines.map(({ id }) => id)}::text[], ${lines.map(({ section }) => section)}::text[],
                ${lines.map(({ client }) => client?.id ?? null)}::text[],
                ${lines.map(({ client, person }) => (client === undefined ? (person ?? null) : null))}::text[],
                ${lines.map(({ reason }) => reason)}::text[], ${lines.map(({ since }) => since)}::text[],
                ${lines.map(({ others }) => JSON.stringify(others))}::text[],
                ${lines.map(({ tier }) => tier ?? null)}::text[])
         as given (id, position, source, section, client, person, reason, since, others, tier)`;
}

/** Adds what the clock counted, and says how the item stands. */
export async function updateItem(
  tx: OrganisationTransaction,
  id: string,
  change: { readonly addSeconds?: number; readonly state?: ItemState; readonly at: Date },
): Promise<void> {
  await tx.db.$executeRaw`
    update huddle_item set seconds = seconds + ${change.addSeconds ?? 0}::int,
           state = coalesce(${change.state ?? null}::text, state), reviewed_at = ${change.at}
    where organisation_id = ${tx.organisation} and id = ${id}::uuid`;
}

/** How every item stands when the huddle is over, with its share of the time. */
export async function settleItems(
  tx: OrganisationTransaction,
  settled: readonly { readonly id: string; readonly state: ItemState; readonly minutes: number }[],
): Promise<void> {
  if (settled.length === 0) return;
  await tx.db.$executeRaw`
    update huddle_item i set state = given.state, minutes = given.minutes
    from unnest(${settled.map(({ id }) => id)}::uuid[], ${settled.map(({ state }) => state)}::text[],
                ${settled.map(({ minutes }) => minutes)}::int[]) as given (id, state, minutes)
    where i.organisation_id = ${tx.organisation} and i.id = given.id`;
}

/** Somebody is there; who was already only changes how they take part. True when they came just now. */
export async function upsertAttendance(
  tx: OrganisationTransaction,
  given: {
    readonly huddle: string;
    readonly person: string;
    readonly joinedAt: Date;
    readonly late: boolean;
    readonly remote: boolean;
    readonly roles: readonly string[];
    readonly qualifications: readonly string[];
  },
): Promise<boolean> {
  const rows = await tx.db.$queryRaw<{ fresh: boolean }[]>`
    insert into huddle_attendance (organisation_id, huddle_id, person_id, joined_at, late, remote, roles, qualifications)
    values (${tx.organisation}, ${given.huddle}::uuid, ${given.person}, ${given.joinedAt}, ${given.late}, ${given.remote},
            ${[...given.roles]}::text[], ${[...given.qualifications]}::text[])
    on conflict (organisation_id, huddle_id, person_id) do update set remote = excluded.remote
    returning xmax = 0 as fresh`;
  return rows[0]?.fresh ?? false;
}

export async function insertRecommendation(
  tx: OrganisationTransaction,
  given: {
    readonly huddle: string;
    readonly item: string;
    readonly kind: string;
    readonly words: string | undefined;
    readonly by: string;
    readonly at: Date;
    readonly to: string | undefined;
    readonly dueOn: string | undefined;
    readonly state: RecommendationState;
  },
): Promise<string> {
  const id = tx.ids.uuid();
  const words = given.words === undefined ? null : tx.seal(recommendationWords(id), given.words);
  const answered = given.state === 'accepted' || given.state === 'declined';
  await tx.db.$executeRaw`
    insert into huddle_recommendation (organisation_id, id, huddle_id, item_id, kind, words, made_by, made_at, to_id,
                                       due_on, state, answered_by, answered_at)
    values (${tx.organisation}, ${id}::uuid, ${given.huddle}::uuid, ${given.item}::uuid, ${given.kind}, ${words}::bytea,
            ${given.by}, ${given.at}, ${given.to ?? null}, ${given.dueOn ?? null}::date, ${given.state},
            ${answered ? given.by : null}, ${answered ? given.at : null}::timestamptz)`;
  return id;
}

export async function updateRecommendation(
  tx: OrganisationTransaction,
  id: string,
  change:
    | { readonly to: string }
    | {
        readonly state: 'accepted' | 'declined';
        readonly reason: string | undefined;
        readonly by: string;
        readonly at: Date;
      },
): Promise<void> {
  await tx.db.huddleRecommendation.update({
    where: { organisationId_id: { organisationId: tx.organisation, id } },
    data: {
      ...('to' in change
        ? { toId: change.to }
        : { state: change.state, reason: change.reason ?? null, answeredBy: change.by, answeredAt: change.at }),
      version: { increment: 1 },
    },
  });
}

export async function insertDecision(
  tx: OrganisationTransaction,
  given: {
    readonly huddle: string;
    readonly item: string;
    readonly what: string;
    readonly words: string | undefined;
    readonly followUp: string;
    readonly by: string;
    readonly at: Date;
  },
): Promise<string> {
  const id = tx.ids.uuid();
  const words = given.words === undefined ? null : tx.seal(decisionWords(id), given.words);
  await tx.db.$executeRaw`
    insert into huddle_decision (organisation_id, id, huddle_id, item_id, what, words, follow_up_id, made_by, made_at)
    values (${tx.organisation}, ${id}::uuid, ${given.huddle}::uuid, ${given.item}::uuid, ${given.what}, ${words}::bytea,
            ${given.followUp}::uuid, ${given.by}, ${given.at})`;
  return id;
}
