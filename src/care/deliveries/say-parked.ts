import { allows } from '../../access/policy.ts';
import type { Work, Contribution } from '../../feature/feature.ts';
import { countParkedPages } from './page-records.ts';
import { countParked } from './records.ts';

/** Opens the list of what could not be delivered. */
export const parkedAction = 'deliveries.parked';

/** On the home of who settles it: how many messages wait for a decision, and the way to them. Nothing when there are none. */
export async function sayParked(work: Work): Promise<Contribution> {
  if (!allows(work.actor, 'delivery.settle', 'organisation')) return {};
  const count = (await countParked(work.tx)) + (await countParkedPages(work.tx));
  if (count === 0) return {};
  return {
    nodes: [
      {
        kind: 'rows',
        rows: [
          {
            id: parkedAction,
            text: [{ bold: `Parked: ${count}` }, count === 1 ? ' message did not arrive' : ' messages did not arrive'],
            buttons: [{ action: parkedAction, label: 'Open' }],
          },
        ],
      },
    ],
  };
}
