import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient } from '../helpers/organisation.ts';
import { textOf } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { flat } from './refer-scene.ts';
import {
  channelCardOf,
  copiesOf,
  everythingOf,
  exported,
  follow,
  openScene,
  theOne,
  usualCrisis,
  type Row,
  type Scene,
} from './escalate-scene.ts';

const crisis = usualCrisis.replace(' }', ', fallback: bea }');
const outOfHours = '{ staffed: "08:00-18:00", route: not-staffed, call: "+1 555 010 0199" }';

describe.each(platforms)(
  'a peer who raises a crisis at 21:10 about a client whose code she does not know, nobody on the rota, on %s',
  (platform) => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await openScene(platform, {
        at: '2026-11-24T02:10:00Z',
        said: { duty: '', crisis, outOfHours },
        // In treatment for substance use; no consent is on file for anybody here.
        clients: [aClient({ code: 'P0Q8-7', name: 'Fay Fox', born: '1990-05-05', programme: 'sud-outpatient' })],
      });
      await scene.world.store.inOrganisation(
        'riverside',
        (tx) => tx.db.$executeRaw`update person set roles = array['peer-specialist'] where id = 'jon'`,
      );
    });
    afterAll(() => scene.world.close());

    it('needs two taps, and reads whom to call before anything else', async () => {
      const opened = await follow(scene, scene.hands.jon.types('escalate'));
      expect(opened.form?.title).toBe('Escalate');
      expect(flat(opened.form?.text ?? '')).toContain(
        'If life is at risk, call 988 (call or text) · 911 · +1 555 010 0188',
      );
      expect(opened.form?.initial).toMatchObject({ severity: 'crisis' });
      const screen = await follow(scene, scene.hands.jon.fills({ severity: 'crisis', client: 'search:Fox' }));
      const answer = screen.messages.find((message) => textOf(message).includes('Escalated:'));
      const said = flat(answer === undefined ? '' : textOf(answer));
      expect(
        said.startsWith(
          'Call 988 (call or text) · 911 · +1 555 010 0199 (at this hour) · +1 555 010 0188 (crisis line)',
        ),
      ).toBe(true);
      expect(said).toContain('Nobody is on duty in East team at this hour. Please call one of these numbers, now.');
      expect(said).toContain(
        'Escalated P0Q8-7 · F.F. born 1990 · crisis. Maya Torres (coordinator), Dana Whitfield (nobody is on the rota) and ' +
          'Bea Novak (named for this) have been told · if none of them takes it by 21:15, Dana Whitfield is called again, then Sara Lindqvist at 21:20.',
      );
      expect(said).not.toMatch(/\bsent\b/i);
    });

    it('has told the fallback human, who may take it although no role of theirs answers escalations', async () => {
      expect(copiesOf(scene.hands, 'maya', 'dana', 'bea', 'sara')).toEqual([1, 1, 1, 0]);
      // Billing sees the code, not who that is.
      expect(everythingOf(scene.hands.bea)).toContain('Escalation P0Q8-7 · crisis');
      expect(everythingOf(scene.hands.bea)).not.toContain('F.F.');
      await follow(scene, scene.hands.bea.presses('Acknowledge', 'Waits on'));
      expect(await theOne(scene.world)).toMatchObject({ state: 'acknowledged', owner: 'bea', late: false });
    });

    it('is all on record', async () => {
      expect(await theOne(scene.world)).toMatchObject({
        client: 'P0Q8-7',
        severity: 'crisis',
        raisedBy: 'jon',
        raisedAt: '2026-11-24T02:10:00.000Z',
        reason: 'not-said',
      });
      const verbs = (await exported(scene.world, 'audit'))
        .filter(({ subjectKind }) => subjectKind === 'escalation')
        .map(({ actor, verb, client }: Row) => [actor, verb, client].join(' '));
      expect(verbs).toEqual([
        'jon escalation.raise P0Q8-7',
        'baton escalation.step P0Q8-7',
        'bea escalation.acknowledge P0Q8-7',
      ]);
      expect(channelCardOf(scene.hands.maya).text).toContain('Escalation P0Q8-7 · crisis');
    });
  },
);

describe.each(platforms)('out of hours, on %s', (platform) => {
  it('the crisis line comes first where the team sends callers there; its ladder runs all the same', async () => {
    const route = '{ staffed: "08:00-18:00", route: crisis-line, call: "+1 555 010 0199" }';
    const scene = await openScene(platform, { at: '2026-11-24T02:10:00Z', said: { outOfHours: route } });
    const screen = await follow(scene, scene.hands.maya.types('escalate K7T2-9 crisis'));
    const said = flat(screen.text);
    expect(said.startsWith('At this hour, call the crisis line first +1 555 010 0199 Call 988')).toBe(true);
    expect(said).toContain(
      'Jon Reyes (on duty) has been told · if they do not take it by 21:15, Dana Whitfield is next.',
    );
    expect(copiesOf(scene.hands, 'jon')).toEqual([1]);
    await scene.world.close();
  });

  it('a rota that has somebody answers as by day', async () => {
    const route = '{ staffed: "08:00-18:00", route: duty }';
    const scene = await openScene(platform, { at: '2026-11-24T02:10:00Z', said: { outOfHours: route } });
    const said = flat((await follow(scene, scene.hands.maya.types('escalate K7T2-9 crisis'))).text);
    expect(said).toContain('Jon Reyes (on duty) has been told');
    expect(said).not.toContain('Nobody is on duty');
    await scene.world.close();
  });
});
