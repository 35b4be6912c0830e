import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { openWorld, type World } from '../helpers/world.ts';
import { staffed } from './escalate-scene.ts';
import { flat, onlyOn } from './refer-scene.ts';

export const day = 24 * 3_600_000;

export interface AbsenceScene {
  readonly world: World;
  readonly maya: Hand;
  readonly jon: Hand;
  readonly dana: Hand;
  readonly keisha: Hand;
  /** Time passes, what is due happens, and everything that follows has arrived. */
  pass(milliseconds: number): Promise<void>;
}

/**
 * Monday, 23 November, 09:00. Jon has the duty at every hour. Maya has Dan (high, due today), Eve (medium, two days
 * over), Fay (low, due today), and Gus (high, due on Thursday).
 */
export async function openAbsenceScene(platform: 'slack' | 'teams', duty?: string): Promise<AbsenceScene> {
  const world = await openWorld({ organisation: staffed(duty === undefined ? {} : { duty }) });
  const hands = {
    maya: await onlyOn(world, platform, 'maya'),
    jon: await onlyOn(world, platform, 'jon'),
    dana: await onlyOn(world, platform, 'dana'),
    keisha: await onlyOn(world, platform, 'keisha'),
  };
  await enrol(world.store, world.clock, [
    { ...aClient({ code: 'K7T2-9', name: 'Dan Dee', tier: 'high' }), dueOn: '2026-11-23' },
    { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-21' },
    { ...aClient({ code: '05Q8-W', name: 'Fay Fox', born: '1990-01-02', tier: 'low' }), dueOn: '2026-11-23' },
    { ...aClient({ code: '0BEH-8', name: 'Gus Gray', born: '1966-06-06', tier: 'high' }), dueOn: '2026-12-03' },
  ]);
  return {
    world,
    ...hands,
    async pass(milliseconds) {
      world.clock.advance(milliseconds);
      await world.service.tick();
      await world.settled();
      await world.delivered();
    },
  };
}

/** What Baton wrote to somebody privately, on one line. */
export const direct = (hand: Hand): string => {
  const shared = new Set(hand.channel().map(({ id }) => id));
  return flat(
    hand
      .sees()
      .filter(({ id }) => !shared.has(id))
      .map(textOf)
      .join(' | '),
  );
};

/** `K7T2-9 jon 2026-11-23` of every open follow-up. */
export async function followUps(world: World): Promise<readonly string[]> {
  return world.store.inOrganisation('riverside', async (tx) => {
    const rows = await tx.db.$queryRaw<{ line: string }[]>`
      select c.code || ' ' || f.owner_id || ' ' || f.due_on as line from follow_up f
      join client c on c.organisation_id = f.organisation_id and c.id = f.client_id
      where f.state = 'open' order by c.code`;
    return rows.map(({ line }) => line);
  });
}

/** `keisha asks jon` of every open referral, and who answers for each escalation. */
export async function held(world: World): Promise<readonly string[]> {
  return world.store.inOrganisation('riverside', async (tx) => {
    const rows = await tx.db.$queryRaw<{ line: string }[]>`
      select requester_id || ' asks ' || coalesce(receiver_id, '-') as line from referral
      where state not in ('closed', 'entered-in-error')
      union all select 'escalation of ' || owner_id from escalation where state <> 'resolved' order by line`;
    return rows.map(({ line }) => line);
  });
}
