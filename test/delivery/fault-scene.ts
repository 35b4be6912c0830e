import type { Post } from '../../src/feature/feature.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, slackChannel, teamsChannel, type World } from '../helpers/world.ts';
import { brief, createNotes, postNote, readDeliveries, type Notes } from './posting.ts';

export const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * One world for all faults of a file. Each test posts notes of its own under names of its own, and reads what became
 * of exactly these; `rest` heals everything and forgets what the last test left open.
 */
export interface FaultScene {
  readonly world: World;
  readonly notes: Notes;
  /**
   * Posts a note that says its own name, and lets the engine work until nothing is due. It waits for no courtesy:
   * these tests are about platforms.
   */
  send(name: string, post?: Partial<Post>): Promise<void>;
  /** The same without waiting for anything. */
  post(name: string, post?: Partial<Post>): Promise<void>;
  pass(milliseconds: number): Promise<void>;
  /** What became of a note's copies, one line each: who, state, platform, tries, reason. */
  rows(name: string): Promise<string[]>;
  /** How often a note stands in the team's place, or with a person. */
  inChannel(name: string, platform: 'slack' | 'teams'): number;
  withPerson(name: string, person: 'maya' | 'jon' | 'dana', platform?: 'slack' | 'teams'): number;
  /** All that the supervisor reads, on that platform. */
  supervisorReads(platform?: 'slack' | 'teams'): string;
  /** As if what is open of a note had been tried so often already. */
  triedBefore(name: string, attempts: number): Promise<void>;
  rest(): Promise<void>;
}

const slackUsers = { maya: 'U0MAYA', jon: 'U0JON', dana: 'U0DANA' } as const;
export const teamsUsers = {
  maya: '0a000000-0000-4000-8000-0000000000a1',
  jon: '0a000000-0000-4000-8000-0000000000a2',
  dana: '0a000000-0000-4000-8000-00000000b004',
} as const;

export const toEast = { to: { team: 'east' } } as const;

export async function openFaultScene(options: Parameters<typeof openWorld>[0] = {}): Promise<FaultScene> {
  const notes = createNotes();
  const world = await openWorld({ cards: notes.cards, ...options });
  const says = (name: string, shown: readonly unknown[]): number =>
    shown.filter((one) => JSON.stringify(one).includes(`note ${name}.`)).length;
  const post = async (name: string, more: Partial<Post> = {}): Promise<void> => {
    notes.texts.set(name, `note ${name}.`);
    await postNote(world, name, { atOnce: true, ...more });
  };
  const inSlack = (channel: string): unknown[] => world.slack.messages(channel).map(({ blocks }) => blocks);
  const inTeams = (conversation: string | undefined): unknown[] =>
    conversation === undefined
      ? []
      : world.teams
          .messages(conversation)
          .filter(({ deleted }) => !deleted)
          .map(({ card, text }) => card ?? text);
  const send = async (name: string, more: Partial<Post> = {}): Promise<void> => {
    await post(name, more);
    await world.delivered();
  };
  /** Half past nine of the next working morning in New York: nobody's quiet hours. */
  const untilMorning = (): number => {
    const now = world.clock.now().getTime();
    const next = new Date(now + day);
    next.setUTCHours(14, 30, 0, 0);
    while ([0, 6].includes(next.getUTCDay())) next.setTime(next.getTime() + day);
    return next.getTime() - now;
  };
  let mornings = 0;
  // What is known of a place is asked for anew from time to time: done here, so that faults meet what is sent.
  await send('morning-0', toEast);
  return {
    world,
    notes,
    post,
    send,
    async pass(milliseconds) {
      world.clock.advance(milliseconds);
      await world.delivered();
    },
    rows: async (name) => (await readDeliveries(world.store)).filter(({ subject }) => subject === name).map(brief),
    inChannel: (name, platform) => says(name, platform === 'slack' ? inSlack(slackChannel) : inTeams(teamsChannel)),
    withPerson: (name, person, platform = 'slack') =>
      says(
        name,
        platform === 'slack'
          ? inSlack(world.slack.direct(slackUsers[person]))
          : inTeams(world.teams.chatOf(teamsUsers[person])),
      ),
    supervisorReads: (platform = 'slack') => handOf(world, platform, 'dana').sees().map(textOf).join('\n'),
    async triedBefore(name, attempts) {
      await world.store.inOrganisation(
        'riverside',
        (tx) => tx.db.$executeRaw`
          update delivery d set attempts = ${attempts}::int from post p
          where p.organisation_id = d.organisation_id and p.id = d.post_id and p.organisation_id = 'riverside'
            and p.subject = ${name} and d.state in ('pending', 'unknown')`,
      );
    },
    async rest() {
      world.slack.faults.set([]);
      world.teams.faults.clear();
      await world.store.asWorker(
        (db) => db.$executeRaw`
          update delivery set state = 'cancelled', holder = null, lease_until = null, stale = false
          where state in ('pending', 'unknown', 'parked', 'sending')`,
      );
      await world.store.asWorker((db) => db.$executeRaw`delete from hold`);
      world.clock.advance(untilMorning());
      mornings += 1;
      await send(`morning-${mornings}`, toEast);
    },
  };
}
