import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Inbound } from '../../src/chat/inbound.ts';
import { copiesOf, exported, minute, openScene, type Exported, type Scene } from '../behaviour/escalate-scene.ts';
import { slackTenant } from '../helpers/world.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const users: Readonly<Record<string, string>> = {
  maya: 'U0MAYA',
  jon: 'U0JON',
  dana: 'U0DANA',
  sara: 'U0SARA',
  bea: 'U0BEA',
  keisha: 'U0KEISHA',
};
const presses = ['acknowledge', 'take-over', 'keep', 'further'] as const;

/** Random hands on real buttons and a pushed clock, on the real database. */
describe('whatever people do with an escalation, and whenever', () => {
  let scene: Scene;
  let deliveries = 0;
  beforeAll(async () => {
    scene = await openScene('slack', { at: '2026-11-23T19:20:00Z' });
  });
  afterAll(() => scene.world.close());

  const receive = (person: string, what: Inbound['what']): Promise<unknown> => {
    deliveries += 1;
    return scene.world.service.receive({
      ...{ platform: 'slack', tenant: slackTenant, user: users[person] ?? '', place: { id: 'D1', kind: 'direct' } },
      ...{ delivery: `random-${deliveries}`, what },
    });
  };
  const press = (person: string, action: string, subject: string): Promise<unknown> =>
    receive(person, { kind: 'button', action: `escalations.${action}`, subject });
  /** Ends it, so that the next one is alone. */
  const settle = (id: string): Promise<unknown> =>
    scene.world.store.inOrganisation('riverside', async (tx) => {
      await tx.db.$executeRaw`delete from timer where subject = ${id}`;
      await tx.db.$executeRaw`update escalation set state = 'resolved', outcome = 'safe-now', disposition = 'no-change',
        resolved_by = 'dana', resolved_at = raised_at where id = ${id}::uuid`;
    });
  const latest = async (): Promise<Exported> => {
    const row = (await exported(scene.world, 'escalations')).at(-1);
    if (row === undefined) throw new Error('none was raised');
    return row as Exported;
  };
  const timersOf = (id: string): Promise<readonly { kind: string; at: Date }[]> =>
    scene.world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$queryRaw<{ kind: string; at: Date }[]>`
        select kind, due_at as at from timer where subject = ${id} and kind <> 'escalations.age'`,
    );

  it('exactly one person answers for it, one timer watches it, and nobody who may not acts', async () => {
    const moves = fc.array(
      fc.oneof(
        fc.record({ act: fc.constantFrom(...presses), by: fc.constantFrom(...Object.keys(users)) }),
        fc.record({ minutes: fc.integer({ min: 1, max: 50 }) }),
      ),
      { minLength: 3, maxLength: 10 },
    );
    await fc.assert(
      fc.asyncProperty(moves, async (steps) => {
        scene.world.clock.advance(1_000);
        await receive('keisha', { kind: 'command', text: 'escalate K7T2-9 crisis' });
        const { id } = await latest();
        for (const step of steps) {
          if ('act' in step) await press(step.by, step.act, id);
          else {
            scene.world.clock.advance(step.minutes * minute);
            await scene.world.service.tick();
          }
          const one = await latest();
          expect(Object.keys(users)).toContain(one.owner);
          expect(one.owner).not.toBe('bea');
          const timers = await timersOf(id);
          expect(timers.map(({ kind }) => kind)).toEqual([
            one.state === 'raised' ? 'escalations.step' : 'escalations.expiry',
          ]);
          expect(timers[0]?.at.getTime()).toBeGreaterThan(scene.world.clock.now().getTime());
          if (one.state === 'acknowledged') expect(one.owner).toBe(one['acknowledgedBy']);
          expect(one.timeline.map(({ by }) => by)).not.toContain('bea');
          const taken = one.timeline
            .filter(({ act }) => act === 'step')
            .map(({ detail }) => [detail['run'], detail['step']]);
          expect(new Set(taken.map(String)).size).toBe(taken.length);
        }
        await settle(id);
      }),
      { numRuns: propertyRuns.longNights },
    );
    await scene.world.delivered();
    expect(copiesOf(scene.hands, 'bea')).toEqual([0]);
  });
});
