import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platforms } from '../helpers/world.ts';
import { badChoices, badValues } from './bad-input-forms.ts';
import { openForm, prepareSubmission, sentencesOf, sessionOf, type Submit } from './bad-input-forgery.ts';
import { canaries, openScene, type Outcome, type Scene } from './bad-input-scene.ts';

const expired = 'This form was already sent or is no longer open. Please open it again.';

describe.each(platforms)('bad forms on %s', (platform) => {
  let scene: Scene;
  let submit: Submit;
  const right = (): Record<string, string> => ({
    client: scene.clients.own,
    mode: 'phone',
    outcome: 'reached',
    minutes: '15',
    on: '2026-11-23',
    next: '',
    note: 'Talked about the eviction notice.',
  });
  beforeAll(async () => {
    scene = await openScene(platform);
    submit = await openForm(scene, 'maya', 'log K7T2-9');
  });
  afterAll(() => scene.close());

  function expectNothingHappened(outcome: Outcome, denied?: string): void {
    expect(outcome.changed).toEqual([]);
    expect(outcome.audited).toEqual(denied === undefined ? [] : [`access.denied ${denied}`]);
    // The form itself keeps what was typed into it; whatever else is written does not.
    for (const canary of canaries) expect(outcome.written).not.toMatch(canary);
  }

  describe.each(badValues)('$id', ({ field, value, expects, denied }) => {
    it('stays open with its exact sentence, and nothing is saved', async () => {
      const outcome = await scene.watch('maya', () => submit({ ...right(), [field]: value }));
      expect(sentencesOf(scene, 'maya', outcome)).toEqual([expects]);
      expectNothingHappened(outcome, denied);
    });
  });

  describe.each(badChoices)('$id', ({ client, expects, denied }) => {
    it('stays open with its exact sentence, and nothing is saved', async () => {
      const outcome = await scene.watch('maya', () => submit({ ...right(), client: scene.clients[client] }));
      expect(sentencesOf(scene, 'maya', outcome)).toEqual([expects]);
      expectNothingHappened(outcome, denied);
    });
  });

  it('B61 every field that is missing is named at once', async () => {
    const outcome = await scene.watch('maya', () => submit({ client: '', mode: '', outcome: '', on: '' }));
    expect(sentencesOf(scene, 'maya', outcome)).toEqual(Array(4).fill('Please fill this in.'));
    expectNothingHappened(outcome);
  });

  it('B64 a note of exactly 3,000 characters, put right at last, is taken; sent again it is not', async () => {
    const values = { ...right(), note: 'n'.repeat(3_000) };
    const [first, again] = await Promise.all([submit(values), submit(values)]).then(async (sent) => {
      await scene.world.settled();
      return sent;
    });
    expect([first, again]).toHaveLength(2);
    const contacts = await scene.world.store.inOrganisation('riverside', (tx) => tx.db.contact.count());
    expect(contacts).toBe(1);
    const said = scene
      .hand('maya')
      .sees()
      .map((message) => message.pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('\n'))
      .join('\n');
    expect(said.match(/Logged: K7T2-9/g)).toHaveLength(1);
    expect(said).toContain(expired);
  });

  describe('B62 a form whose hidden part was changed', () => {
    let danas = '';
    let mayas = '';
    beforeAll(async () => {
      await scene.closeForms('maya');
      const opened = await scene.hand('dana').types('log');
      danas = sessionOf(scene, 'dana', opened.messages.at(-1)?.id);
      expect(danas).not.toBe('');
    });
    const rows = [
      { id: 'the form of another person', tampering: () => ({ session: danas }) },
      { id: 'a session of nobody', tampering: () => ({ session: '3f1d1c9e-7f0a-4b61-9d0a-1c2b3d4e5f60' }) },
      { id: 'no id at all', tampering: () => ({ session: "x' or true --" }) },
      { id: 'one’s own session, under another form', tampering: () => ({ session: mayas, form: 'contacts.amend' }) },
      { id: 'one’s own session, under a form of nobody', tampering: () => ({ session: mayas, form: 'nobody.knows' }) },
      {
        id: 'one’s own session, under a word of JavaScript',
        tampering: () => ({ session: mayas, form: 'constructor' }),
      },
    ];
    it.each(rows)('$id: is not taken', async ({ tampering }) => {
      const opened = await scene.hand('maya').types('log K7T2-9');
      mayas = sessionOf(scene, 'maya', opened.messages.at(-1)?.id);
      const send = prepareSubmission(scene, 'maya', opened.messages.at(-1)?.id);
      const outcome = await scene.watch('maya', () => send(right(), tampering()));
      expect(sentencesOf(scene, 'maya', outcome)).toEqual([expired]);
      expectNothingHappened(outcome);
      await scene.closeForms('maya');
    });
  });

  describe('other forms', () => {
    async function pressed(label: string, command: string, row?: string): Promise<Submit> {
      await scene.closeForms('maya');
      await scene.hand('maya').types(command);
      await scene.hand('maya').presses(label, row);
      return prepareSubmission(scene, 'maya', undefined);
    }
    async function expectSentence(send: Submit, values: Record<string, string>, sentence: string): Promise<void> {
      const outcome = await scene.watch('maya', () => send(values));
      expect(sentencesOf(scene, 'maya', outcome)).toEqual([sentence]);
      expectNothingHappened(outcome);
    }

    it('an entry is not moved to the client it stands at', async () => {
      await scene.hand('maya').types('log M4XR-1 phone reached 15m');
      await scene.hand('maya').presses('Wrong client');
      const send = prepareSubmission(scene, 'maya', undefined);
      await expectSentence(send, { client: scene.clients.other }, 'That is the client the entry stands at already.');
    });

    it('a follow-up is not snoozed to today, to the past, beyond a year or without a day', async () => {
      await scene.hand('maya').types('log TWN1-Y phone no-answer fu today');
      const send = await pressed('Snooze', 'next', 'TWN1-Y');
      const wrong = 'Please choose a day after today, within a year.';
      for (const until of ['2026-11-23', '2026-11-20', '2027-11-24']) {
        await expectSentence(send, { until, reason: 'away' }, wrong);
      }
      await expectSentence(send, { until: '2026-11-31', reason: 'away' }, 'Please choose a day of the calendar.');
      await expectSentence(send, { until: '2026-11-25', reason: 'lazy' }, 'Please choose one of the answers offered.');
    });

    it('B58 a form about something that changed meanwhile says so', async () => {
      const send = await pressed('Snooze', 'next', 'TWN1-Y');
      const { id } = await scene.followUpOf('TWN1-Y');
      await scene.world.store.inOrganisation('riverside', (tx) =>
        tx.db.followUp.update({
          where: { organisationId_id: { organisationId: 'riverside', id } },
          data: { version: { increment: 1 } },
        }),
      );
      const outcome = await scene.watch('maya', () => send({ until: '2026-11-25', reason: 'away' }));
      expect(sentencesOf(scene, 'maya', outcome)).toEqual([
        'Somebody changed the follow-up for TWN1-Y meanwhile. Nothing was changed by you.',
      ]);
      expectNothingHappened(outcome);
    });
  });
});
