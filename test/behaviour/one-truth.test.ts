import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lineText, type Card } from '../../src/chat/card.ts';
import { askOf } from '../care/digest-asks.ts';
import { aClient } from '../helpers/organisation.ts';
import { platforms } from '../helpers/world.ts';
import { cardOf, follow, minute, openScene, type Person, type Scene } from './escalate-scene.ts';
import { weeksOf } from './weekly-scene.ts';

const [crisis, urgent, overdue] = ['K7T2-9', 'M4XR-1', 'P0Q8-7'];
/** Whom the crisis rings, one after the other. */
const ladder = ['Maya Torres', 'Jon Reyes', 'Dana Whitfield', 'Sara Lindqvist'];

const eve = aClient({ code: 'M4XR-1', name: 'Eve Elm', tier: 'high' });
/** With a follow-up that is over. */
const fay = { ...aClient({ code: 'P0Q8-7', name: 'Fay Fox', tier: 'high' }), dueOn: '2026-11-19' };

/** Where each of these words stands; they stand there, and in this order. */
function expectInOrder(text: string, words: readonly string[]): void {
  const places = words.map((word) => text.indexOf(word));
  expect(places, text).not.toContain(-1);
  expect(places, text).toEqual([...places].sort((a, b) => a - b));
}

const textOfCard = (card: Card): string =>
  card.nodes
    .flatMap((node) => {
      if (node.kind === 'rows')
        return node.rows.map(({ text, detail = '' }) => `${lineText(text)} | ${lineText(detail)}`);
      return node.kind === 'text' ? [lineText(node.text)] : node.kind === 'heading' ? [node.text] : [];
    })
    .join('\n');

describe.each(platforms)('a crisis on a Sunday night says one thing everywhere, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    // Sunday 22 November, 02:00 in New York.
    scene = await openScene(platform, {
      at: '2026-11-22T07:00:00Z',
      clients: [eve, fay],
      said: { saraPhone: true },
    });
    await follow(scene, scene.hands.bea.types('escalate M4XR-1 urgent'));
    await scene.pass(10 * minute);
    await follow(scene, scene.hands.bea.types('escalate K7T2-9 crisis'));
  });
  afterAll(() => scene.world.close());

  const types = async (person: Person, words: string): Promise<string> =>
    (await follow(scene, scene.hands[person].types(words))).text;
  const home = async (person: Person): Promise<string> => (await scene.hands[person].opensHome()).text;
  /** All of somebody's own lists. */
  const listsOf = async (person: Person): Promise<readonly string[]> => [
    await types(person, 'next'),
    await home(person),
    await types(person, 'digest preview'),
    await types(person, 'escalate list'),
  ];
  const teamDigest = (kind: string): Promise<string> =>
    scene.world.store.inOrganisation('riverside', async (tx) =>
      textOfCard(await askOf(tx, scene.world.clock.now(), { audience: 'place' }).draw(kind, 'east')),
    );
  const report = async (person: Person): Promise<string> => {
    await types(person, 'report');
    return weeksOf(scene.hands[person]).at(-1) ?? '';
  };
  /** What several people read: the team's digest and its list, its agenda, its report, and a coordinator's own. */
  const shared = async (): Promise<readonly string[]> => [
    await teamDigest('digests.team'),
    await teamDigest('digests.team-list'),
    await types('maya', 'huddle'),
    await report('maya'),
  ];

  /** At this moment every list of these people, and every shared one, says this of the crisis, and then of the urgent one. */
  async function expectOneTruth(said: string, then: string, people: readonly Person[]): Promise<void> {
    const [crisisSaid, urgentSaid] = [`CRISIS · open ${said}`, `urgent · open ${then}`];
    for (const person of people) {
      for (const text of await listsOf(person)) expectInOrder(text, [crisisSaid, urgentSaid]);
    }
    for (const text of await shared()) {
      // Colons are left out of what is read of a report.
      expectInOrder(text.replaceAll(': ', ' '), [crisisSaid.replace(': ', ' '), urgentSaid]);
      for (const nothing of ['Nothing stands out', 'nothing is waiting', 'Nothing stands on'])
        expect(text).not.toContain(nothing);
    }
  }
  /** Everybody of the ladder whom these people’s cards of the crisis name, each with a number; below them a staffed line. */
  function expectNumbers(people: readonly Person[], named: readonly string[]): void {
    const numbers: Readonly<Record<string, string>> = {
      ...{ 'Maya Torres': '0121', 'Jon Reyes': '0122', 'Sara Lindqvist': '0125', 'Dana Whitfield': '0127' },
    };
    for (const person of people) {
      const { text } = cardOf(scene.hands[person], 'K7T2-9');
      const rungs = [...text.matchAll(/(\w+ \w+) \((?:told|next|has it|after that)[^)]*\) (\+1 555 010 (\d+))?/g)];
      const reader = scene.hands[person].person;
      expect(new Set(rungs.map(([, name]) => name)), text).toEqual(
        new Set(named.filter((name) => !name.toLowerCase().startsWith(reader))),
      );
      for (const [, name = '', , digits] of rungs) expect(digits, text).toBe(numbers[name]);
      expect(text).toContain('If nobody answers +1 555 010 0188, then 988');
    }
  }
  const startsWith = async (person: Person, code: string): Promise<void> => {
    for (const text of [await types(person, 'next'), await home(person), await types(person, 'digest preview')]) {
      expect(text).toContain(`Start with ${code}.`);
    }
  };

  it('raised: on the lists of who was told of it, before everything else', async () => {
    await expectOneTruth('0 min · nobody has it', '10 min · nobody has it', ['maya', 'jon']);
    for (const text of [await types('maya', 'next'), await home('maya'), await types('maya', 'digest preview')]) {
      expectInOrder(
        text,
        [crisis, urgent, overdue].map((code) => `${code} ·`),
      );
    }
    await startsWith('maya', crisis);
    await startsWith('jon', crisis);
    expectNumbers(['jon', 'maya'], ladder);
    expect(await types('dana', 'next')).toContain('Nothing is waiting on you');
  });

  it('untaken for 70 minutes: on the supervisor’s and the director’s too, and late', async () => {
    for (let each = 0; each < 14; each += 1) await scene.pass(5 * minute);
    await expectOneTruth('1 h 10 · nobody has it', '1 h 20 · nobody has it', ['maya', 'jon', 'dana', 'sara']);
    // Only who is rung last, again and again, is named then.
    expectNumbers(['maya', 'jon', 'dana', 'sara'], ['Dana Whitfield', 'Sara Lindqvist']);
    for (const person of ['maya', 'jon', 'dana', 'sara'] as const) await startsWith(person, crisis);
    const counts = [await types('dana', 'next'), await home('dana'), await types('dana', 'digest preview')];
    expect(counts[0]).toContain('Today: 2');
    expect(counts[1]).toContain('2 on your list today.');
    expect(counts[2]).toContain('2 need you today.');
    expect(counts[2]).toContain('2 not acknowledged');
    expect(counts[0]).toContain('escalation, you were told: acknowledge');
    expectInOrder(await report('dana'), [
      'CRISIS · open 1 h 10 · nobody has it',
      'urgent · open 1 h 20 · nobody has it',
      '2 escalations nobody has now',
    ]);
  });

  it('taken: whoever has it is named, also to the client’s own coordinator; others are called no more', async () => {
    await scene.pass(1000);
    await types('dana', 'escalate list');
    await follow(scene, scene.hands.dana.presses('Acknowledge', 'CRISIS'));
    await expectOneTruth('1 h 10 · Dana Whitfield has it', '1 h 20 · nobody has it', ['maya']);
    expectNumbers(['maya', 'jon', 'sara'], ['Dana Whitfield']);
    for (const person of ['jon', 'sara'] as const) {
      expect(await types(person, 'next')).not.toContain('CRISIS');
      await startsWith(person, urgent);
    }
    expect(await types('dana', 'next')).toContain('CRISIS · open 1 h 10 · you have it');
    await startsWith('maya', urgent);
    const next = await types('maya', 'next');
    expect(next).toContain('Today: 2 · 1 escalation to watch');
    expect(await types('maya', 'digest preview')).toContain('1 to watch');
    expectInOrder(await report('dana'), [
      'CRISIS · open 1 h 10 · you have it',
      'urgent · open 1 h 20 · nobody has it',
      '1 escalation nobody has now',
    ]);
  });

  it('lapsed: is not taken, and says whose hold ended when', async () => {
    // The hold of an hour ends at 04:20 where they live; the very same moment says so.
    await scene.pass(60 * minute);
    const lapsed = (whose: string): string => `2 h 10 · lapsed: ${whose} hold ended 04:20, nobody has it`;
    await expectOneTruth(lapsed('Dana Whitfield’s'), '2 h 20 · nobody has it', ['maya', 'jon']);
    expectNumbers(['maya', 'jon'], ladder);
    const own = await types('dana', 'next');
    expect(own).toContain(`CRISIS · open ${lapsed('your')}`);
    for (const person of ['maya', 'jon', 'dana'] as const) await startsWith(person, crisis);
    // Colons are left out of what is read of a report.
    expectInOrder(await report('dana'), [
      'Open now',
      `CRISIS · open ${lapsed('your').replace(': ', ' ')}`,
      'urgent · open 2 h 20 · nobody has it',
      '2 escalations nobody has now',
    ]);
  });
});
