import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Screen } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { direct, openAbsenceScene, type AbsenceScene } from './absence-scene.ts';
import { audited } from './leave-scene.ts';
import { flat, follow } from './refer-scene.ts';

const hour = 3_600_000;

describe.each(platforms)('the end of a working day on %s', (platform) => {
  let scene: AbsenceScene;
  beforeAll(async () => {
    scene = await openAbsenceScene(platform);
  });
  afterAll(() => scene.world.close());
  const then = (act: Promise<Screen>): Promise<Screen> => follow(scene.world, act);
  /** What stands in the line now. */
  const line = (text: string): string => /[^|]*Have a good evening\./.exec(text)?.[0].trim() ?? '';
  const mayas = (): string => line(direct(scene.maya));

  it('is one line: what was done, what is not in the chart yet, what is open', async () => {
    await then(scene.maya.types('log K7T2-9 phone reached 15m fu fri'));
    scene.world.clock.advance(60_000);
    await then(scene.maya.types('log M4XR-1 visit reached 1h fu fri'));
    // Jon works until 16:30: his line comes within his hours.
    await scene.pass(7 * hour + 19 * 60_000);
    expect(line(direct(scene.jon))).toBe('Nothing logged today, and nothing is open. Have a good evening.');
    expect(mayas()).toBe('');
    await scene.pass(40 * 60_000);
    expect(mayas()).toBe(
      '2 contacts, 75 minutes, 2 notes not in the chart yet, nothing overdue, 1 still due today. Have a good evening.',
    );
  });

  it('follows what is done, undone and amended the same evening', async () => {
    await then(scene.maya.types('log 05Q8-W phone no-answer 5m fu fri'));
    expect(mayas()).toBe('3 contacts, 80 minutes, 3 notes not in the chart yet, nothing overdue. Have a good evening.');
    await then(scene.maya.presses('Amend'));
    await then(scene.maya.fills({ mode: 'phone', outcome: 'no-answer', minutes: '10', reason: 'wrong-minutes' }));
    expect(mayas()).toContain('3 contacts, 85 minutes');
    await then(scene.maya.presses('Undo', '05Q8-W'));
    expect(mayas()).toBe(
      '2 contacts, 75 minutes, 2 notes not in the chart yet, nothing overdue, 1 still due today. Have a good evening.',
    );
  });

  it('copies all notes at once and marks those that were shown, and no later one', async () => {
    const copied = flat((await then(scene.maya.presses('Copy all'))).text);
    expect(copied).toContain('2 notes to copy. For the chart of K7T2-9 · D.D. born 1974');
    expect(copied).toContain('Client M4XR-1 By Maya Torres Mode visit. Outcome reached. Minutes 60');
    scene.world.clock.advance(60_000);
    await then(scene.maya.types('log 05Q8-W phone reached 5m fu fri'));
    expect((await then(scene.maya.presses('Mark charted'))).text).toContain('Marked: 2 notes in the chart.');
    expect(mayas()).toBe('3 contacts, 80 minutes, 1 note not in the chart yet, nothing overdue. Have a good evening.');
    expect(await audited(scene.world, ['contact.chart'])).toHaveLength(2);
    // Once more finds the one that is left.
    expect((await then(scene.maya.presses('Copy all'))).text).toContain('1 note to copy.');
  });

  it('a quiet day is told once a week, and nothing comes late or on a day off', async () => {
    const told = (): readonly number[] =>
      [scene.jon, scene.maya].map((hand) => (direct(hand).match(/Have a good evening\./g) ?? []).length);
    await then(scene.maya.presses('Mark charted'));
    // Tuesday: Jon’s second quiet day of the week, Maya’s first. Monday’s line of hers goes.
    await scene.pass(24 * hour);
    expect(line(direct(scene.maya))).toBe('Nothing logged today, and nothing is open. Have a good evening.');
    expect(told()).toEqual([1, 1]);
    // Nothing ran on Wednesday evening; on Thursday the team is closed.
    await scene.pass(40 * hour);
    await scene.pass(8 * hour);
    expect(told()).toEqual([1, 1]);
    // Monday: what fell on the days the team was closed is due today, as in her digest. A new week begins for Jon.
    await scene.pass(4 * 24 * hour);
    expect(mayas()).toBe('No contact logged, nothing overdue, 3 still due today. Have a good evening.');
    expect(direct(scene.jon)).toContain('Nothing logged today, and nothing is open. Have a good evening.');
  });
});
