import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signedRequest } from '../../src/simulator/slack/sign-request.ts';
import { platforms, signingSecret, slackChannel, slackTenant } from '../helpers/world.ts';
import { forge, openForm } from './bad-input-forgery.ts';
import { canaries, openScene, type Outcome, type Scene } from './bad-input-scene.ts';

/** People who may not act (any more), with what they are told and the denial on record. */
const gone = [
  {
    who: 'a leaver',
    code: 'leaver',
    says: 'Your access to Baton has ended, so I did nothing. Your supervisor can help.',
    person: { active: false },
    identity: {},
  },
  {
    who: 'a user whom the platform deactivated',
    code: 'leaver',
    says: 'Your access to Baton has ended, so I did nothing. Your supervisor can help.',
    person: {},
    identity: { active: false },
  },
  {
    who: 'B66 a guest whose time is over',
    code: 'guest',
    says: 'Your guest access has ended, so I did nothing. Your administrator can renew it.',
    person: {},
    identity: { guestUntil: new Date('2026-11-22T00:00:00Z') },
  },
] as const;

describe.each(platforms)('people who may not act, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform);
  });
  afterAll(() => scene.close());

  const change = (
    person: { active?: boolean },
    identity: { active?: boolean; guestUntil?: Date | null },
  ): Promise<unknown> =>
    scene.world.store.inOrganisation('riverside', async (tx) => {
      await tx.db.person.updateMany({ where: { id: 'sara' }, data: person });
      await tx.db.identity.updateMany({ where: { personId: 'sara' }, data: identity });
    });
  function expectNothingHappened(outcome: Outcome, denied: readonly string[]): void {
    expect(outcome.changed).toEqual([]);
    expect(outcome.audited).toEqual(denied.map((code) => `access.denied ${code}`));
    for (const canary of canaries) expect(outcome.written).not.toMatch(canary);
  }

  describe.each(gone)('$who', ({ code, says, person, identity }) => {
    beforeEach(() => change({ active: true }, { active: true, guestUntil: null }));
    afterEach(() => change({ active: true }, { active: true, guestUntil: null }));

    it('types a command', async () => {
      await change(person, identity);
      const outcome = await scene.watch('sara', () => scene.hand('sara').types('log K7T2-9 phone reached'));
      expect(outcome.said).toBe(says);
      expectNothingHappened(outcome, [code]);
    });

    it('presses a button shown before', async () => {
      await scene.hand('sara').types('client K7T2-9');
      await change(person, identity);
      const outcome = await scene.watch('sara', () => scene.hand('sara').presses('Show name and phone'));
      expect(outcome.said).toBe(says);
      expectNothingHappened(outcome, [code]);
    });

    it('sends a form opened before', async () => {
      const submit = await openForm(scene, 'sara', 'log K7T2-9');
      await change(person, identity);
      const values = { client: scene.clients.own, mode: 'phone', outcome: 'reached', on: '2026-11-23' };
      const outcome = await scene.watch('sara', () => submit(values));
      expect(outcome.said).toBe(says);
      expectNothingHappened(outcome, [code]);
    });

    it('searches for a client in a form opened before: nobody is offered, and the try is on record', async () => {
      await scene.hand('sara').types('log');
      expect(await scene.hand('sara').searches('dee')).toHaveLength(1);
      await change(person, identity);
      let offered: readonly string[] = ['never asked'];
      const outcome = await scene.watch('sara', async () => {
        offered = await scene.hand('sara').searches('dee');
      });
      expect(offered).toEqual([]);
      expectNothingHappened(outcome, [code]);
      await scene.closeForms('sara');
    });

    it('opens the way home', async () => {
      await change(person, identity);
      let shown = '';
      const outcome = await scene.watch('sara', async () => {
        const home = await scene.hand('sara').opensHome();
        shown = home.text;
      });
      expect(shown).toBe(says);
      expect(outcome.changed).toEqual([]);
    });
  });

  it('B66 a linked guest within their time acts as their role allows', async () => {
    await change({}, { guestUntil: new Date('2026-11-23T00:00:00Z') });
    const outcome = await scene.watch('sara', () => scene.hand('sara').types('client K7T2-9'));
    expect(outcome.said).toContain('K7T2-9 · D.D. born 1974');
    await change({}, { guestUntil: null });
  });

  it('a stranger presses a forged button', async () => {
    const press = (): Promise<Outcome> =>
      forge(scene, 'stranger', { action: 'clients.reveal', subject: scene.clients.own });
    // Once a day: what they typed to get a button was on record already.
    expectNothingHappened(await press(), []);
    scene.world.clock.advance(24 * 60 * 60_000);
    const outcome = await press();
    expect(outcome.said).toBe(
      'I do not know you here yet, so I did nothing. Please ask your Baton administrator to link your account.',
    );
    expectNothingHappened(outcome, ['stranger']);
  });
});

describe('people of another company in a shared channel of Slack', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene('slack');
  });
  afterAll(() => scene.close());

  it('B65 press a button: nothing is told, nothing is done, and the try is on record', async () => {
    const payload = JSON.stringify({
      type: 'block_actions',
      team: { id: slackTenant },
      // The same user id in another workspace is another person.
      user: { id: 'U0MAYA', team_id: 'T0ELSEWHERE' },
      channel: { id: slackChannel, name: 'east-team' },
      actions: [{ action_id: 'clients.reveal', value: scene.clients.own }],
    });
    const outcome = await scene.watch('maya', async () => {
      const at = Math.floor(scene.world.clock.wallNow().getTime() / 1_000);
      const body = new URLSearchParams({ payload }).toString();
      const request = signedRequest(body, { secret: signingSecret, at, type: 'form' });
      expect((await fetch(`${scene.world.service.url}/slack/events`, request)).status).toBe(200);
    });
    expect(outcome.changed).toEqual([]);
    for (const canary of canaries) expect(outcome.written).not.toMatch(canary);
    expect(outcome.audited).toEqual(['access.denied stranger']);
    expect(outcome.said).toBe(
      'This channel belongs to two organisations, so I did nothing. Please press in your own workspace.',
    );
  });

  it('B65 and one of us presses where another company is at home: nothing is done, and it is on record', async () => {
    const payload = JSON.stringify({
      type: 'block_actions',
      team: { id: 'T0ELSEWHERE' },
      user: { id: 'U0MAYA', team_id: slackTenant },
      channel: { id: 'C0THEIRS', name: 'shared' },
      actions: [{ action_id: 'clients.reveal', value: scene.clients.own }],
    });
    const outcome = await scene.watch('maya', async () => {
      const at = Math.floor(scene.world.clock.wallNow().getTime() / 1_000);
      const body = new URLSearchParams({ payload }).toString();
      const request = signedRequest(body, { secret: signingSecret, at, type: 'form' });
      expect((await fetch(`${scene.world.service.url}/slack/events`, request)).status).toBe(200);
    });
    expect(outcome.changed).toEqual([]);
    for (const canary of canaries) expect(outcome.written).not.toMatch(canary);
    expect(outcome.audited).toEqual(['access.denied not-allowed']);
  });
});
