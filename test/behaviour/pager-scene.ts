import type { World } from '../helpers/world.ts';
import type { ReceivedPage } from '../helpers/pager-gateway.ts';

/** `call jon 1`, `stop maya`: who was rung, and at which step; sorted, because nobody waits for anybody. */
export const rung = (pages: readonly ReceivedPage[]): readonly string[] =>
  pages.map(({ event, person, rung: step }) => `${event} ${person}${step === undefined ? '' : ` ${step}`}`).toSorted();

export interface StoredPage {
  readonly event: string;
  readonly person: string;
  readonly state: string;
  readonly reason: string | null;
}
/** Every page that was ever written, oldest first. */
export const storedPages = (world: World): Promise<readonly StoredPage[]> =>
  world.store.inOrganisation(
    'riverside',
    (tx) => tx.db.$queryRaw<StoredPage[]>`
      select event, person_id as person, state, reason from page
      where organisation_id = 'riverside' order by sequence`,
  );

/** Calls of Maya as they stand in the database, each about something of its own. */
export async function pagesOf(
  world: World,
  pages: readonly { readonly state: 'sent' | 'parked'; readonly sentAt?: string }[],
): Promise<void> {
  await world.store.inOrganisation('riverside', async (tx) => {
    for (const { state, sentAt = null } of pages) {
      const id = tx.ids.uuid();
      await tx.db.$executeRaw`
        insert into page (organisation_id, id, key, event, priority, person_id, team_id, incident, severity, rung, at, next_at,
                          state, reason, attempts, sent_at)
        values ('riverside', ${id}::uuid, ${id}, 'call', 0, 'maya', 'east', ${id}, 'crisis', 1, ${world.clock.now()},
                ${world.clock.now()}, ${state}, ${state === 'parked' ? 'http_500' : null}, 1, ${sentAt}::timestamptz)`;
    }
  });
}
