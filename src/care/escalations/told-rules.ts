import type { Escalation } from './records.ts';

/**
 * Who was told of an escalation, as far as it opens anything. Pure. Taking one is never gated, so nothing that a person
 * can bring about for themselves may count: not that they raised it, not that they took it and were called again when
 * that ran out (`held-before`), not that they were away with it and are back (`returned`), not that there was nobody
 * else (`nobody-else`). Authority: docs/authorities.md, "Reach": name and number follow from being told, being on duty for
 * it, or seeing the client. Disclosure to who can lessen a serious threat: 45 CFR 164.512(j).
 */
const toldByLadder: readonly string[] = [
  'owner',
  'duty',
  'duty-gap',
  'supervisor',
  'director',
  'named',
  'fallback',
  'admin',
  // The next of the ladder, rung because who raised it has it in hand: chosen by the ladder, never the raiser.
  'held',
  // In place of somebody who left. Whom that is the house decides: it is always somebody who oversees.
  'heir',
];

type ToldEscalation = Pick<Escalation, 'notices' | 'events'>;

const runOf = (detail: Readonly<Record<string, unknown>>): number =>
  typeof detail['run'] === 'number' ? detail['run'] : 1;

/** The run of the ladder with which it was last opened: what was before it ended with it. */
export const openedInRun = ({ events }: Pick<Escalation, 'events'>): number =>
  events.reduce((run, { act, detail }) => (act === 'reopen' ? Math.max(run, runOf(detail)) : run), 1);

/** Told by the ladder since it was last opened, or in place of somebody who was and who is away. */
export function wasToldByLadder(escalation: ToldEscalation, person: string): boolean {
  return toldOf(escalation, person, new Set());
}

function toldOf(escalation: ToldEscalation, person: string, asked: ReadonlySet<string>): boolean {
  const since = openedInRun(escalation);
  const { notices, events } = escalation;
  const told = notices.filter((notice) => notice.person?.id === person && notice.run >= since);
  if (told.some(({ reason }) => toldByLadder.includes(reason))) return true;
  // A cover gets what the one who is away had, and no more: who took it from a list hands on nothing.
  const covering = told.filter(({ reason }) => reason === 'cover').map(({ at }) => at.getTime());
  const before = new Set([...asked, person]);
  return events.some(
    ({ act, at, detail }) =>
      act === 'hand-over' &&
      detail['to'] === person &&
      covering.includes(at.getTime()) &&
      typeof detail['from'] === 'string' &&
      !before.has(detail['from']) &&
      toldOf(escalation, detail['from'], before),
  );
}
