import { allows, type Reach } from '../../access/policy.ts';
import type { Button } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { nameItem } from './describe-item.ts';
import { findHuddle, lockHuddle, type Huddle, type Item } from './records.ts';
import { can, type HuddleAct } from './rules.ts';
import { findHuddleTeam, type HuddleTeam } from './team-records.ts';

export const showButton: Button = { action: 'huddles.show', label: 'Show the huddle' };
export const openButton = (huddle: string): Button => ({ action: 'huddles.open', label: 'Open', subject: huddle });

export interface WhichHuddle {
  readonly id: string;
  /** The version the person saw; absent where it does not matter who was first. */
  readonly version?: number | undefined;
}

const reachTo = (work: Work, team: string): Reach => (work.actor.team === team ? 'team' : 'organisation');
export const runs = (work: Work, team: string): boolean => allows(work.actor, 'huddle.run', reachTo(work, team));

/** A team whose huddle this person takes part in. Refuses others, and a team that is not there. */
export async function findRunTeam(work: Work, id: string): Promise<HuddleTeam> {
  const team = await findHuddleTeam(work.tx, id);
  if (team === undefined) throw new Refusal('invalid-value', 'I do not know a team of that name here.');
  if (!runs(work, id)) throw notYours(team.name);
  return team;
}

const notYours = (team: string): Refusal =>
  new Refusal('not-allowed', `The huddle of ${team} is its care team’s. Nothing was changed.`, { denial: true });

const unknownHuddle = (): Refusal =>
  new Refusal('unknown-button', 'I cannot find that huddle. Type huddle to see the next one.', {
    offers: [showButton],
    denial: true,
  });

/** A huddle as one may read it: a person who takes part, or the team's own place. */
export async function findSeenHuddle(work: Work, id: string): Promise<Huddle> {
  const huddle = await findHuddle(work.tx, id, work.audience === 'person');
  if (huddle === undefined) throw unknownHuddle();
  const mine = work.audience === 'place' ? work.actor.team === huddle.team : runs(work, huddle.team);
  if (!mine) throw notYours(huddle.teamName);
  return huddle;
}

/**
 * The huddle, locked, when this person may do this with it now. Of two who press at once the second is told where it
 * stands; a huddle that is over changes no more.
 */
export async function takeHuddle(work: Work, which: WhichHuddle, act: HuddleAct): Promise<Huddle> {
  const huddle = await lockHuddle(work.tx, which.id);
  if (huddle === undefined) throw unknownHuddle();
  if (!runs(work, huddle.team)) throw notYours(huddle.teamName);
  if (!can(act, huddle.state)) throw new Refusal('already-done', tooLate(huddle), { offers: [openButton(huddle.id)] });
  if (which.version !== undefined && which.version !== huddle.version) {
    throw new Refusal('changed-meanwhile', `Somebody was first. ${standsAt(huddle)} Nothing was changed by you.`);
  }
  return huddle;
}

const tooLate = ({ state }: Huddle): string =>
  ({
    planned: 'This huddle has not begun yet. Nothing was changed.',
    open: 'This huddle is under way already.',
    ended: 'This huddle has ended. Nothing was changed.',
    skipped: 'This huddle was skipped. Type huddle start to begin one now.',
  })[state];

/** `The huddle is at 4 of 12 now, K7T2-9.` */
function standsAt(huddle: Huddle): string {
  const current = currentOf(huddle);
  return current === undefined
    ? 'Everybody on the agenda has been spoken about.'
    : `The huddle is at ${huddle.position + 1} of ${huddle.items.length} now, ${nameItem(current)}.`;
}

/** What is spoken about; undefined when the agenda is through. */
export const currentOf = (huddle: Huddle): Item | undefined => huddle.items[huddle.position];

/** One line of a huddle's agenda, from what a button or a form carries. */
export function findItem(huddle: Huddle, id: string): Item {
  const item = huddle.items.find((one) => one.id === id);
  if (item === undefined) {
    throw new Refusal('unknown-button', 'That does not stand on this agenda. Please open the huddle again.', {
      offers: [openButton(huddle.id)],
      denial: true,
    });
  }
  return item;
}
