import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { textOf, type Screen } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { badCommands, codesOnly, oddButClear, unknownClient } from './bad-input-commands.ts';
import { canaries, openScene, typedWords, type Outcome, type Scene } from './bad-input-scene.ts';

const deletePlease = 'Please delete your message in the channel; next time type it here.';

describe.each(platforms)('bad commands on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform);
  });
  afterAll(() => scene.close());
  afterEach(async () => {
    // Nobody but the person reads an answer, whatever was typed and where.
    expect(scene.hand('maya').channel().map(textOf)).toEqual([]);
    await scene.closeForms('maya');
  });

  async function types(by: string, text: string, where: 'types' | 'typesInChannel' = 'types') {
    let screen: Screen | undefined;
    const outcome = await scene.watch(by, async () => {
      screen = await scene.hand(by)[where](text);
    });
    return { ...outcome, form: screen?.form };
  }

  /** Nothing of what was typed, and no client's name, is anywhere: answer, fallback, form, audit row or log line. */
  function expectNoEcho(outcome: Outcome, typed: string, said: string): void {
    for (const canary of canaries) expect(outcome.written).not.toMatch(canary);
    for (const word of typedWords(typed)) if (!said.includes(word)) expect(outcome.written).not.toContain(word);
  }

  describe.each(badCommands)('$id', ({ says, by = 'maya', expects, offers, form, denied }) => {
    it('gets its exact answer, changes nothing and is not repeated', async () => {
      const text = typeof says === 'string' ? says : says[platform];
      const outcome = await types(by, text);
      expect(outcome.changed).toEqual([]);
      expect(outcome.audited).toEqual(denied === undefined ? [] : [`access.denied ${denied}`]);
      if (form === undefined) {
        expect(outcome.said).toBe(expects);
        expect(outcome.form).toBeUndefined();
      } else {
        expect(outcome.form?.title).toBe(form.title);
        expect(outcome.form?.text ?? '').toContain(form.intro ?? '');
        expect(scene.withCodes(outcome.form?.initial ?? {})).toEqual(form.initial);
      }
      expect(outcome.screen.buttons).toEqual(expect.arrayContaining([...(offers ?? [])]));
      expectNoEcho(outcome, text, `${expects ?? ''} ${JSON.stringify(form ?? {})}`);
    });
  });

  describe.each(oddButClear)('$id', ({ says }) => {
    it('is understood as it was meant', async () => {
      const outcome = await types('maya', says);
      expect(outcome.said.split('\n')[0]).toBe(
        'Logged: K7T2-9 · D.D. born 1974 · phone, reached, 15 min · next Tue 24 Nov',
      );
      const undone = await scene.watch('maya', () => scene.hand('maya').presses('Undo'));
      expect(undone.said).toContain('Undone: K7T2-9');
    });
  });

  it('B27 nothing typed is the way home', async () => {
    const outcome = await types('maya', '');
    expect(outcome.said.split('\n')[0]).toBe('1 on your list today. Start with K7T2-9.');
    expect(outcome.changed).toEqual([]);
  });

  it('the search is offered only where it helps: where the client is in doubt', async () => {
    expect((await types('maya', 'log K7T2-9 phone reached 0m')).screen.buttons).toEqual([]);
    expect((await types('maya', 'log K7T2-9 phone reached fu 2/30')).screen.buttons).toEqual([]);
  });

  it('B73 the picker does not claim to have kept nothing, when it kept the other words', async () => {
    const { form } = await types('maya', 'log Maria Lopez phone reached 15m');
    expect(form?.text).toContain(codesOnly);
    expect(form?.text).not.toContain('I kept nothing of what you typed');
  });

  it('B75 two clients of one name are told apart, and the other team’s client is not among them', async () => {
    await scene.hand('maya').types('log Maria Lopez phone reached 15m');
    const offered = [...(await scene.hand('maya').searches('lopez'))].sort();
    expect(offered).toEqual([
      'M.L. born 1970 · TWN1-Y · same name as another client',
      'M.L. born 1985 · TWN2-Q · same name as another client',
    ]);
    expect(await scene.hand('maya').searches('west')).toEqual([]);
    expect(await scene.hand('maya').searches('foreign')).toEqual([]);
    const shown = await types('maya', 'client TWN1-Y');
    expect(shown.said).toContain('Another client has the same name. Check the birth year before you act.');
  });

  describe('in the team’s channel', () => {
    // Slack shows a command’s text to nobody; in Teams it stands there for all to read (capabilities).
    const plea = platform === 'teams' ? ` ${deletePlease}` : '';
    const rows = [
      { id: 'B50 a client of another team', says: 'log W3ST-4 phone reached', expects: unknownClient },
      {
        id: 'B28 what may be a name',
        says: 'Maria Lopez',
        expects: 'I do not know that command. Type help to see what I can do.',
      },
      {
        id: 'B43 minutes',
        says: 'log K7T2-9 phone reached -15m',
        expects: 'Minutes are whole, from 1 to 1,440: for example 15m or 1h15.',
      },
      {
        id: 'B74 a name behind a command that takes none',
        says: 'next Maria Lopez',
        expects: 'I did not understand one word. Help shows what this command takes. Nothing was saved.',
      },
      {
        id: 'B74 a name typed by somebody without the role',
        by: 'bea',
        says: 'log Maria Lopez phone reached',
        expects: 'Your role does not include log. Your administrator can change that.',
      },
    ];
    it.each(rows)('$id: answered to the person alone', async ({ by = 'maya', says, expects }) => {
      const outcome = await types(by, says, 'typesInChannel');
      expect(outcome.changed).toEqual([]);
      expect(outcome.said).toBe(`${expects}${plea}`);
      expectNoEcho(outcome, says, expects);
    });

    it('B74 a client named: the picker opens for the person alone, asking to delete the message', async () => {
      const says = 'log Maria Lopez phone reached 15m';
      const outcome = await types('maya', says, 'typesInChannel');
      expect(outcome.changed).toEqual([]);
      expect(outcome.form?.text.includes(deletePlease)).toBe(platform === 'teams');
      expect(outcome.form?.initial).toEqual({ mode: 'phone', outcome: 'reached', minutes: '15', on: '2026-11-23' });
      expectNoEcho(outcome, says, JSON.stringify(outcome.form));
    });
  });
});
