import { requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { listUse, type KindUse } from './use-records.ts';

export type { KindUse };

/** How far back the table looks, in days. */
const days = 30;
/** A kind is doubted when fewer than one in ten is acted on, of at least so many. */
const doubted = { least: 50, share: 0.1 } as const;
const day = 24 * 60 * 60_000;

/** Escalations are told whether anybody presses a button or not: they are never up for removal. */
const isDoubted = ({ kind, pushed, acted }: KindUse): boolean =>
  !kind.startsWith('escalations.') && pushed >= doubted.least && acted < pushed * doubted.share;

/** Kinds of messages that few act on: each proposes its own removal, e.g. where a supervisor reads the week. */
export async function listDoubted(work: Pick<Work, 'tx' | 'now'>): Promise<readonly KindUse[]> {
  return (await listUse(work.tx, since(work.now))).filter(isDoubted);
}

/** `referrals.sent` → `referrals, sent` */
const nameOf = (kind: string): string => kind.replace('.', ', ').replaceAll('-', ' ');

/** `referrals, sent: 1 of 62 were acted on. Consider doing without it.` */
export const describeDoubted = ({ kind, pushed, acted }: KindUse): string =>
  `${nameOf(kind)}: ${acted} of ${pushed} were acted on. Consider doing without it.`;

const since = (now: Date): Date => new Date(now.getTime() - days * day);

/** For supervisors: what people are pushed, and how much of it they act on. Facts by kind, nobody's name. */
export async function viewUse(work: Work): Promise<Card> {
  if (!allows(work.actor, 'delivery.settle', 'organisation')) {
    throw new Refusal('not-allowed', 'Only a supervisor or an administrator sees how messages are used.', {
      denial: true,
    });
  }
  const { person } = requirePerson(work.actor);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'use.see',
    subjectKind: 'person',
    subjectId: person,
    at: work.now,
  });
  const use = await listUse(work.tx, since(work.now));
  const doubts = use.filter(isDoubted);
  const summary = `Messages to people in the last ${days} days: ${use.reduce((sum, { pushed }) => sum + pushed, 0)}.`;
  return {
    kind: 'deliveries.use',
    summary,
    nodes: [
      { kind: 'text', text: [{ bold: summary }] },
      ...(use.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: ['Kind', 'Pushed', 'Acted on', 'In a digest instead'],
              rows: use.map((one) => [nameOf(one.kind), String(one.pushed), String(one.acted), String(one.folded)]),
            },
          ]),
      ...doubts.map((one) => ({ kind: 'text' as const, text: describeDoubted(one) })),
    ],
  };
}
