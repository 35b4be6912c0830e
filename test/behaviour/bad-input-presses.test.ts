import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { generatedPlatforms } from '../helpers/generated-platforms.ts';
import { platforms } from '../helpers/world.ts';
import { forge, prepareForgery, type ForgedButton } from './bad-input-forgery.ts';
import { canaries, openScene, scene as codes, type Outcome, type Scene } from './bad-input-scene.ts';
import { unknownClient } from './bad-input-commands.ts';

const nobody = '3f1d1c9e-7f0a-4b61-9d0a-1c2b3d4e5f60';
const oldButton = 'That button belongs to an older card. Please open the list again.';
const unknownEntry = 'I cannot find that entry among those you work with. Please open the list again.';
const unknownFollowUp = 'I cannot find that follow-up. Please open your list again.';

/** What each button is about, and what it says when that is not there. Buttons about nothing are not listed. */
const about: Readonly<Record<string, { of: 'client' | 'contact' | 'follow-up'; choice?: string }>> = {
  'clients.show': { of: 'client' },
  'clients.reveal': { of: 'client' },
  'contacts.log': { of: 'client' },
  'contacts.reached': { of: 'follow-up' },
  'contacts.kept': { of: 'follow-up', choice: '15' },
  'contacts.missed': { of: 'follow-up', choice: 'no-answer' },
  'contacts.reached-aside': { of: 'follow-up' },
  'contacts.kept-aside': { of: 'follow-up', choice: '15' },
  'contacts.missed-aside': { of: 'follow-up', choice: 'no-answer' },
  'contacts.move': { of: 'contact' },
  'contacts.amend': { of: 'contact' },
  'contacts.undo': { of: 'contact' },
  'contacts.minutes': { of: 'contact', choice: '15' },
  'contacts.note': { of: 'contact' },
  'contacts.chart': { of: 'contact' },
  'follow-ups.more': { of: 'follow-up' },
  'follow-ups.snooze': { of: 'follow-up' },
  'follow-ups.replan': { of: 'follow-up' },
  'follow-ups.complete': { of: 'follow-up' },
  'follow-ups.reassign': { of: 'follow-up' },
};
const unknown = {
  client: { says: unknownClient, denied: 'unknown-client' },
  contact: { says: unknownEntry, denied: 'unknown-button' },
  'follow-up': { says: unknownFollowUp, denied: 'unknown-button' },
} as const;

describe.each(platforms)('bad presses on %s', (platform) => {
  let scene: Scene;
  /** Ids that exist: Maya's own, the west team's, another organisation's. */
  let ids: Record<'own' | 'west' | 'foreign', { client: string; contact: string; 'follow-up': string }>;
  const contactOf = async (code: string): Promise<string> =>
    (
      await scene.world.store.inOrganisation('riverside', (tx) =>
        tx.db.contact.findFirstOrThrow({ where: { client: { code } }, orderBy: { loggedAt: 'desc' } }),
      )
    ).id;
  const versionOf = async (id: string): Promise<number> =>
    scene.world.store.inOrganisation('riverside', async (tx) => {
      const row = await tx.db.followUp.findFirstOrThrow({ where: { id } });
      return row.version;
    });
  beforeAll(async () => {
    scene = await openScene(platform);
    await scene.hand('maya').types('log M4XR-1 phone reached 15m');
    await scene.hand('keisha').types('log W3ST-4 phone no-answer fu tue');
    const { own, west, foreign } = scene.clients;
    ids = {
      own: { client: own, contact: await contactOf(codes.other), 'follow-up': (await scene.followUpOf(codes.own)).id },
      west: {
        client: west,
        contact: await contactOf(codes.west),
        'follow-up': (await scene.followUpOf(codes.west)).id,
      },
      foreign: { client: foreign, contact: nobody, 'follow-up': (await scene.followUpOf(codes.foreign)).id },
    };
  });
  afterAll(() => scene.close());

  function expectRefused(outcome: Outcome, says: string, denied?: string): void {
    expect(outcome.said).toBe(says);
    expect(outcome.changed).toEqual([]);
    expect(outcome.audited).toEqual(denied === undefined ? [] : [`access.denied ${denied}`]);
    for (const canary of canaries) expect(outcome.written).not.toMatch(canary);
  }

  // A new noun's buttons need no line here to be tried, only to have their exact words checked.
  // One tap on home is about oneself and takes no id: what it does stands in off-sick.test.ts.
  const aboutOneself = new Set(['absences.sick']);
  const others = [...collectedFeatures.buttons.keys()].filter((name) => !(name in about || aboutOneself.has(name)));
  const generated = generatedPlatforms.includes(platform);
  it.each(generated ? others : others.slice(0, 1))(
    '%s with forged ids changes nothing of anybody and does not stumble',
    async (action) => {
      // Whoever works here may raise an escalation about anybody of the organisation: of west's client, that is no forgery.
      const elsewhere = action === 'escalations.raise-another' ? [] : [scene.clients.west];
      for (const subject of [nobody, "x' or true --", ...elsewhere, scene.clients.foreign]) {
        const outcome = await forge(scene, 'maya', { action, subject, choice: '__proto__' });
        // What a button shows to oneself without being about anything may come as a post.
        expect(outcome.changed.filter((table) => table !== 'post')).toEqual([]);
        expect(outcome.said).not.toContain('Something went wrong');
        for (const canary of canaries) expect(outcome.written).not.toMatch(canary);
        await scene.closeForms('maya');
      }
    },
  );

  const known = Object.entries(about).map(([action, more]) => ({ action, ...more }));
  // One of each kind of thing everywhere: client, contact, follow-up.
  const oneOfEach = known.filter(({ of }, at) => known.findIndex((one) => one.of === of) === at);
  describe.each(generated ? known : oneOfEach)('$action', ({ action, of, choice }) => {
    const button = (subject: string): ForgedButton => ({
      action,
      subject,
      ...(choice === undefined ? {} : { choice }),
    });

    it('B56/B57 an id of nobody or of another organisation: refused in words and on record', async () => {
      for (const subject of [nobody, "x' or true --", nobody.toUpperCase(), 'a\u0000b', ids.foreign[of]]) {
        expectRefused(await forge(scene, 'maya', button(subject)), unknown[of].says, unknown[of].denied);
      }
    });
    it('B59 an id of another team: refused in words and on record', async () => {
      expectRefused(await forge(scene, 'maya', button(ids.west[of])), unknownClient, 'unknown-client');
    });
    it('pressed by a colleague of another team: refused in words and on record', async () => {
      expectRefused(await forge(scene, 'keisha', button(ids.own[of])), unknownClient, 'unknown-client');
    });
  });

  describe('what no card of ours has', () => {
    it('B56 a button of an unknown action', async () => {
      expectRefused(
        await forge(scene, 'maya', { action: 'nobody.knows', subject: nobody }),
        oldButton,
        'unknown-button',
      );
    });

    const answers = [
      ['contacts.kept', '7', 'follow-up', 'Please choose one of the minutes offered.'],
      ['contacts.kept', undefined, 'follow-up', 'Please choose one of the minutes offered.'],
      ['contacts.missed', 'reached', 'follow-up', 'Please choose one of the answers offered.'],
      ['contacts.missed', '__proto__', 'follow-up', 'Please choose one of the answers offered.'],
      ['contacts.minutes', '1441', 'contact', 'Please choose one of the minutes offered.'],
    ] as const;
    it.each(answers)('B63 %s with the answer %s', async (action, choice, of, says) => {
      const button = { action, subject: ids.own[of], ...(choice === undefined ? {} : { choice }) };
      expectRefused(await forge(scene, 'maya', button), says);
    });

    it('B63 an undo that asks for a card nobody draws', async () => {
      const button = { action: 'contacts.undo', subject: ids.own.contact, choice: 'nothing' };
      expectRefused(await forge(scene, 'maya', button), oldButton, 'unknown-button');
    });

    it.each([
      ['nothing/', 0],
      ['follow-ups.next/', -1],
    ])('a page of %s, number %i', async (subject, version) => {
      const outcome = await forge(scene, 'maya', { action: 'card.page', subject, version });
      expectRefused(outcome, 'That list has moved on. Please open it again.');
    });
    it('a page of somebody else’s entry', async () => {
      const subject = `contacts.logged/${ids.west.contact}`;
      const outcome = await forge(scene, 'maya', { action: 'card.page', subject, version: 0 });
      expectRefused(outcome, unknownClient, 'unknown-client');
    });
    it('a page far beyond the last shows the last', async () => {
      const press = await prepareForgery(scene, 'maya');
      const page = { action: 'card.page', subject: 'follow-ups.next/', version: 99_999 };
      const outcome = await scene.watch('maya', () => press(page));
      expect(outcome.changed).toEqual([]);
      expect(outcome.said).toContain('K7T2-9');
    });
  });

  describe('two hands on one thing', () => {
    it('B58 a stale version', async () => {
      const subject = ids.own['follow-up'];
      const version = (await versionOf(subject)) + 1;
      expectRefused(
        await forge(scene, 'maya', { action: 'contacts.missed', subject, version, choice: 'no-answer' }),
        'Somebody changed the follow-up for K7T2-9 meanwhile. Nothing was changed by you.',
      );
    });

    it('B58 a double click counts once, and the second is told so', async () => {
      const { id: subject, version } = await scene.followUpOf(codes.own);
      const button = { action: 'contacts.missed', subject, version, choice: 'no-answer' };
      const press = await prepareForgery(scene, 'maya');
      const outcome = await scene.watch('maya', () => Promise.all([press(button), press(button)]));
      expect(outcome.audited.filter((row) => row.startsWith('contact.log'))).toHaveLength(1);
      expect(outcome.said).toContain('The follow-up for K7T2-9 is already done. Nothing was changed.');
      expect(outcome.screen.buttons).toContain('Show my list');
    });

    it('B60 a click after that is told so, and changes nothing', async () => {
      const outcome = await forge(scene, 'maya', {
        action: 'contacts.kept',
        subject: ids.own['follow-up'],
        choice: '15',
      });
      expectRefused(outcome, 'The follow-up for K7T2-9 is already done. Nothing was changed.');
    });

    it('B58 two people at once: exactly one contact, and the other is told', async () => {
      const { id: subject, version } = await scene.followUpOf(codes.own);
      const button = { action: 'contacts.kept', subject, version, choice: '15' };
      const presses = [await prepareForgery(scene, 'maya'), await prepareForgery(scene, 'dana')];
      let danas = '';
      const outcome = await scene.watch('maya', async () => {
        const dana = await scene.watch('dana', () => Promise.all(presses.map((press) => press(button))));
        danas = dana.said;
        expect(dana.audited.filter((row) => row.startsWith('contact.log'))).toHaveLength(1);
      });
      const told = [outcome.said, danas].map((said) => ({
        logged: said.includes('Logged: K7T2-9'),
        late: said.includes('The follow-up for K7T2-9 is already done. Nothing was changed.'),
      }));
      expect(told).toContainEqual({ logged: true, late: false });
      expect(told).toContainEqual({ logged: false, late: true });
    });

    it('B59 a colleague of the team does not undo, amend or move what another logged', async () => {
      for (const action of ['contacts.undo', 'contacts.amend', 'contacts.move']) {
        const outcome = await forge(scene, 'jon', { action, subject: ids.own.contact });
        expectRefused(outcome, 'Only Maya Torres or a supervisor can correct this entry.', 'not-allowed');
      }
    });

    it('B60 an undone entry is neither undone again, amended, charted nor given minutes', async () => {
      const subject = ids.own.contact;
      await forge(scene, 'maya', { action: 'contacts.undo', subject });
      const corrected = 'This entry was already corrected. Nothing more was changed.';
      for (const action of ['contacts.undo', 'contacts.amend', 'contacts.move']) {
        expectRefused(await forge(scene, 'maya', { action, subject }), corrected);
      }
      const entered = 'This entry was entered in error, so there is nothing to chart.';
      for (const action of ['contacts.note', 'contacts.chart']) {
        expectRefused(await forge(scene, 'maya', { action, subject }), entered);
      }
    });

    it('B60 an undone entry takes no minutes, and says so without speaking of the chart', async () => {
      const subject = ids.own.contact;
      const outcome = await forge(scene, 'maya', { action: 'contacts.minutes', subject, choice: '15' });
      expectRefused(outcome, 'This entry was entered in error, so its minutes count nowhere.');
    });
  });
});
