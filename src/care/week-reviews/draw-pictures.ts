import type { Node } from '../../chat/card.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import type { Figures } from './figures.ts';
import { loopAges, overdueAges } from './rules.ts';

type PictureNode = Extract<Node, { kind: 'picture' }>;

/** Load against ceiling. Colleagues by name, nobody first but by the alphabet. */
export function loadPicture(load: Figures['load']): PictureNode {
  const over = load.filter(({ points, ceiling }) => points > ceiling).length;
  return {
    kind: 'picture',
    alt: `Load of ${load.length === 1 ? 'one coordinator' : `${load.length} coordinators`} against the ceiling, with the last weeks. ${over === 0 ? 'Nobody is over it.' : `${over} over it.`}`,
    draw: {
      kind: 'bars',
      title: 'Load against ceiling',
      unit: 'points',
      rows: load.map(({ name, points, ceiling, trend }) => ({ label: name, value: points, limit: ceiling, trend })),
    },
  };
}

const partsOf = (ages: readonly { readonly label: string }[], counts: readonly number[]) =>
  ages.map(({ label }, index) => ({ label, value: counts[index] ?? 0 }));

/** What waits, by its age. */
export function agesPicture({ overdue, loops }: Pick<Figures, 'overdue' | 'loops'>): PictureNode {
  return {
    kind: 'picture',
    alt: 'Overdue follow-ups and open referral loops, each divided by age.',
    draw: {
      kind: 'stacks',
      title: 'What waits, by age',
      rows: [
        { label: 'Overdue follow-ups', parts: partsOf(overdueAges, overdue) },
        { label: 'Open referral loops', parts: partsOf(loopAges, loops) },
      ],
    },
  };
}

/** Attempts and who was reached, week by week. */
export function reachPicture(weeks: Figures['weeks']): PictureNode {
  return {
    kind: 'picture',
    alt: `Attempts to reach clients and how many reached somebody, in each of the last ${weeks.length} weeks.`,
    draw: {
      kind: 'timeline',
      title: 'Reached, week by week',
      whole: 'attempts',
      part: 'reached',
      points: weeks.map(({ from, attempts, reached }) => ({
        label: formatDay(from, from).slice(4),
        whole: attempts,
        part: reached,
      })),
    },
  };
}
