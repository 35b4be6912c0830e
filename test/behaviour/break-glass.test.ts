import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listDueReviews } from '../../src/care/escalations/break-glass-due.ts';
import { askOf } from '../care/digest-asks.ts';
import { aClient } from '../helpers/organisation.ts';
import type { Hand, Screen } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { everythingOf, exported, follow, minute, openScene, type Exported, type Scene } from './escalate-scene.ts';
import { auditOf, forgePress, revealsOf } from './reach-scene.ts';
import { flat } from './refer-scene.ts';

const secret = /Dan Dee|555-0101|1974-03-01/;

/** Keisha is of the west team, has no duty, and may not see Dan Dee of the east team. */
describe.each(platforms)('whoever took an escalation without having been told of it, on %s', (platform) => {
  let scene: Scene;
  let keisha: Hand;
  beforeAll(async () => {
    scene = await openScene(platform, {
      said: { westDuty: false },
      clients: [aClient({ code: 'M4XR-1', name: 'Wes West', born: '1981-05-05', team: 'west', coordinator: 'keisha' })],
    });
    keisha = scene.hands.keisha;
  });
  afterAll(() => scene.world.close());
  const does = (act: Promise<Screen>): Promise<Screen> => follow(scene, act);
  const forges = (action: string, subject: string): Promise<void> =>
    forgePress(scene.world, platform, 'keisha', { action, subject });
  // So that the latest one is the latest.
  beforeEach(() => scene.world.clock.advance(1_000));
  const latest = async (): Promise<Exported> => (await exported(scene.world, 'escalations')).at(-1) as Exported;
  const verbs = async (verb: string): Promise<readonly unknown[]> =>
    (await auditOf(scene.world, verb)).map(({ actor, detail }) => [actor, detail]);

  it('does not reach the client by raising one and taking it: says why first', async () => {
    await does(keisha.types('escalate K7T2-9 concern'));
    await does(keisha.presses('Acknowledge', 'K7T2-9'));
    expect((await latest()).state).toBe('acknowledged');
    await forges('clients.reach', scene.client.id);
    const asked = await does(keisha.presses('Reach', 'K7T2-9'));
    expect(asked.buttons).toEqual(expect.arrayContaining(['Life is at risk now', 'Another reason']));
    expect(everythingOf(keisha)).not.toMatch(secret);
    expect(await verbs('client.reveal')).toEqual([]);
  });

  it('reaches the client by one tap on a reason, and a supervisor is told at once, by code', async () => {
    const reached = flat((await does(keisha.presses('The client is on the phone'))).text);
    expect(reached).toContain('Name Dan Dee');
    expect(reached).toContain('Phone 555-0101');
    expect(everythingOf(scene.hands.dana)).toContain(
      'Keisha Brown opened how to reach the client of K7T2-9, without having been called for it.',
    );
    expect(everythingOf(scene.hands.dana)).not.toMatch(secret);
    expect(await verbs('reach.break-glass')).toEqual([
      ['keisha', { client: 'K7T2-9', reason: 'client-on-the-phone', run: 1, told: 'dana' }],
    ]);
    expect(await verbs('client.reveal')).toMatchObject([['keisha', { because: 'break-glass' }]]);
  });

  it('is asked once: pressed again it shows the same, and tells nobody anew', async () => {
    expect((await does(keisha.presses('Reach', 'Escalation: K7T2-9'))).text).toContain('Dan Dee');
    expect(await verbs('reach.break-glass')).toHaveLength(1);
    expect(everythingOf(scene.hands.dana).split('without having been called')).toHaveLength(2);
  });

  it('is reviewed by a supervisor, once, and never by whoever it was', async () => {
    const [{ id = '' } = {}] = await scene.world.store.inOrganisation('riverside', (tx) =>
      tx.db.breakGlass.findMany({ select: { id: true } }),
    );
    await forges('escalations.review-glass', id);
    await forges('escalations.show-glass', id);
    expect(await verbs('break-glass.reviewed')).toEqual([]);
    // Until then it waits on one of those who oversee, in their own list; in nobody else's.
    const { dana, sara, maya } = scene.hands;
    const waits = 'opened without having been called';
    expect(flat((await does(dana.types('next'))).text)).toContain(waits);
    for (const other of [sara, maya, keisha]) expect(flat((await does(other.types('next'))).text)).not.toContain(waits);
    // A team's digest is a shared list, also where one person is all of the team.
    const found = await scene.world.store.inOrganisation('riverside', async (tx) => {
      const work = askOf(tx, scene.world.clock.now(), { person: 'dana', roles: ['supervisor'] });
      const of = { people: ['dana'], until: '2026-12-31' };
      return [await listDueReviews(work, of), await listDueReviews(work, { ...of, team: 'east' })].map(
        (one) => one.length,
      );
    });
    expect(found).toEqual([1, 0]);
    await does(dana.types('next'));
    await does(dana.presses('Review', waits));
    expect(flat((await does(dana.presses('Mark reviewed'))).text)).toContain('Reviewed by you');
    expect(flat((await does(dana.types('next'))).text)).not.toContain(waits);
    await forgePress(scene.world, platform, 'maya', { action: 'escalations.review-glass', subject: id });
    expect(await verbs('break-glass.reviewed')).toMatchObject([['dana', { by: 'keisha', what: 'reach' }]]);
  });

  it('ends with the escalation, and opening it again does not bring it back', async () => {
    await does(keisha.presses('Resolve', 'K7T2-9'));
    await does(keisha.fills({ outcome: 'safe-now', disposition: 'no-change' }));
    const shown = await auditOf(scene.world, 'client.reveal');
    await forges('clients.reach', scene.client.id);
    await forges('escalations.reach', (await latest()).id);
    scene.world.clock.advance(minute);
    await does(keisha.presses('Reopen', 'K7T2-9'));
    await does(keisha.fills({ reason: 'not-settled' }));
    await forges('clients.reach', scene.client.id);
    await does(keisha.types('escalate list'));
    await does(keisha.presses('Acknowledge', 'K7T2-9'));
    const asked = await does(keisha.presses('Reach', 'Escalation: K7T2-9'));
    expect(asked.buttons).toContain('Nobody who was told answers');
    expect(await auditOf(scene.world, 'client.reveal')).toHaveLength(shown.length);
    await does(keisha.presses('Resolve', 'Escalation: K7T2-9'));
    await does(keisha.fills({ outcome: 'safe-now', disposition: 'no-change' }));
  });

  it('reads none of another’s words by taking it out of the channel; by a reason they stand there', async () => {
    await does(scene.hands.maya.types('escalate K7T2-9'));
    await does(scene.hands.maya.fills({ severity: 'urgent', note: 'She hid the pills' }));
    const { id } = await latest();
    await forges('escalations.acknowledge', id);
    await forges('escalations.show', id);
    expect(everythingOf(keisha)).not.toContain('pills');
    const before = await revealsOf(scene.world);
    expect((await does(keisha.presses('Read the note'))).text).not.toContain('pills');
    expect(await revealsOf(scene.world)).toBe(before);
    const read = await does(keisha.presses('Who was told asked me'));
    expect(await revealsOf(scene.world)).toBe(before + 1);
    expect(flat(read.text)).toContain('Note She hid the pills');
    expect(read.text).not.toMatch(secret);
    expect(everythingOf(scene.hands.dana)).toContain('Keisha Brown read the note of K7T2-9');
    expect(await verbs('escalation.break-glass-read')).toEqual([
      ['keisha', { client: 'K7T2-9', reason: 'asked-by-who-was-told', run: 1, told: 'dana' }],
    ]);
    expect((await auditOf(scene.world, 'note.read')).at(-1)).toMatchObject({ actor: 'keisha', subjectId: id });
  });

  it('and whoever has not even taken it has no reason to give', async () => {
    await does(scene.hands.maya.types('escalate K7T2-9 crisis'));
    const { id } = await latest();
    const before = [await auditOf(scene.world, 'client.reveal'), await auditOf(scene.world, 'access.denied')] as const;
    for (const action of ['clients.reach', 'escalations.reach', 'escalations.break-glass-reach', 'escalations.read']) {
      await forges(action, action === 'clients.reach' ? scene.client.id : id);
    }
    expect(await auditOf(scene.world, 'access.denied')).toHaveLength(before[1].length + 3);
    expect(await verbs('reach.break-glass')).toHaveLength(1);
  });

  it('finds by a typed code only whom they may see', async () => {
    await does(keisha.types('escalate'));
    expect(await keisha.searches('K7T2-9')).toEqual([]);
    expect(await keisha.searches('M4XR-1')).toHaveLength(1);
  });
});

describe.each(platforms)('whoever is on duty, on %s', (platform) => {
  it('raises it about a client of another team and has name and phone by the next tap', async () => {
    const scene = await openScene(platform);
    const { keisha } = scene.hands;
    const raised = await follow(scene, keisha.types('escalate K7T2-9 concern'));
    expect(raised.text).not.toMatch(secret);
    const reached = flat((await follow(scene, keisha.presses('Reach', 'Escalated'))).text);
    expect(reached).toContain('Phone 555-0101');
    expect(await auditOf(scene.world, 'client.reveal')).toMatchObject([{ detail: { because: 'duty' } }]);
    expect(await auditOf(scene.world, 'reach.break-glass')).toEqual([]);
    await scene.world.close();
  });
});
