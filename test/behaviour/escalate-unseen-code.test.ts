import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCode } from '../../src/care/clients/code.ts';
import { renderPlain } from '../../src/chat/render-plain.ts';
import { textOf, type Hand, type Screen } from '../helpers/screen.ts';
import { platforms, slackTenant, teamsTenant } from '../helpers/world.ts';
import { cardOf, everythingOf, exported, follow, openScene, type Exported, type Scene } from './escalate-scene.ts';
import { flat } from './refer-scene.ts';

const known = 'K7T2-9';
/** Well-formed, and nobody's. */
const unknown = makeCode([7, 7, 7, 7]) ?? '';

const ids = {
  bea: { slack: 'U0BEA', teams: '0a000000-0000-4000-8000-0000000000a4' },
  keisha: { slack: 'U0KEISHA', teams: '0a000000-0000-4000-8000-00000000b001' },
} as const;

/** Of two texts about two codes, that nothing but the code tells them apart. */
const alike = (text: string): string => text.replaceAll(known, 'CODE').replaceAll(unknown, 'CODE');

describe.each(platforms)('a code typed by whoever may not see its client, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { said: { westDuty: false } });
  });
  afterAll(() => scene.world.close());
  const does = (act: Promise<Screen>): Promise<Screen> => follow(scene, act);
  const rows = async (): Promise<readonly Exported[]> => (await exported(scene.world, 'escalations')) as Exported[];
  const last = async (): Promise<Exported> => (await rows()).at(-1) as Exported;
  /** What came of an act in this person's own conversation: what stands in a channel is there for others too. */
  const ownOf = (hand: Hand, { messages }: Screen): string => {
    const shared = new Set(hand.channel().map(({ id }) => id));
    return alike(
      flat(
        messages
          .filter(({ id }) => !shared.has(id))
          .map(textOf)
          .join('\n'),
      ),
    );
  };
  const raises = async (hand: Hand, code: string): Promise<{ answered: string; card: string; row: Exported }> => {
    scene.world.clock.advance(1_000);
    const answered = await does(hand.types(`escalate ${code} urgent`));
    return { answered: ownOf(hand, answered), card: alike(cardOf(hand).text), row: await last() };
  };
  let presses = 0;
  /** A press on their card of this escalation. */
  const press = async (who: 'bea' | 'keisha', action: string, subject: string, choice?: string): Promise<string> => {
    const { slack, teams } = ids[who];
    presses += 1;
    const reply = await scene.world.service.receive({
      ...(platform === 'slack'
        ? { platform, tenant: slackTenant, user: slack }
        : { platform, tenant: teamsTenant, user: teams }),
      place: { id: 'D1', kind: 'direct' },
      delivery: `unseen-${presses}`,
      what: { kind: 'button', action, subject, ...(choice === undefined ? {} : { choice }) },
    });
    await scene.pass(0);
    const card = reply.kind === 'answer' ? (reply.replace ?? reply.card) : undefined;
    return card === undefined ? reply.kind : renderPlain(card);
  };

  it.each(['bea', 'keisha'] as const)(
    'gets the same answer and the same card for %s, whether it exists',
    async (who) => {
      const hand = scene.hands[who];
      const [real, none] = [await raises(hand, known), await raises(hand, unknown)];
      expect(none.answered).toBe(real.answered);
      expect(none.card).toBe(real.card);
      expect(real.answered).toContain('988 (call or text)');
      expect(real.answered).toContain(
        who === 'bea'
          ? 'On duty in East team now Jon Reyes +1 555 010 0122.'
          : 'Nobody is on duty in West team at this hour.',
      );
      expect(real.answered + real.card).not.toMatch(/Maya|D\.D\.|coordinator/);
      // The true way runs behind it.
      expect(real.row).toMatchObject({ client: known, team: 'east', owner: 'maya' });
      expect(none.row).toMatchObject({ client: null, team: who === 'bea' ? 'east' : 'west', severity: 'urgent' });
    },
  );

  it('whose list and opened cards are the same too', async () => {
    const { bea } = scene.hands;
    const list = alike(flat((await does(bea.types('escalate list'))).text));
    expect(list.split('CODE · urgent · open 0 min · nobody has it [Open]')).toHaveLength(3);
    const own = (await rows()).filter(({ raisedBy }) => raisedBy === 'bea');
    const opened = [];
    for (const { id } of own) opened.push(alike(await press('bea', 'escalations.show', id)));
    expect(opened).toHaveLength(2);
    expect(opened[0]).toContain('CODE · urgent');
    expect(opened[1]).toBe(opened[0]);
  });

  it('tells whoever is on duty that the code leads nowhere', async () => {
    await raises(scene.hands.bea, unknown);
    const card = cardOf(scene.hands.jon);
    expect(card.text).toContain(`${unknown} (no client here has this code)`);
    expect(card.text).toContain('Raised by Bea Novak');
  });

  it('opens the same form without a severity, and passes the code on', async () => {
    const forms = [];
    for (const code of [known, unknown]) {
      scene.world.clock.advance(1_000);
      const { form } = await does(scene.hands.keisha.types(`escalate ${code}`));
      forms.push(alike(`${form?.text} ${JSON.stringify(form?.initial)}`));
      const said = await does(scene.hands.keisha.fills({ severity: 'concern', about: 'Her neighbour', note: 'Loud' }));
      forms.push(alike(flat(said.text)));
      expect(await last()).toMatchObject({ client: code === known ? known : null, severity: 'concern' });
    }
    expect(forms[0]).toContain('988 (call or text)');
    expect([forms[2], forms[3]]).toEqual([forms[0], forms[1]]);
  });

  it('taken by who raised it, it asks for a reason in both cases, and then says that nobody has the code', async () => {
    const { keisha } = scene.hands;
    const asked: string[] = [];
    let id = '';
    for (const code of [known, unknown]) {
      id = (await raises(keisha, code)).row.id;
      await press('keisha', 'escalations.acknowledge', id);
      asked.push(alike(cardOf(keisha).text), alike(await press('keisha', 'escalations.reach', id)));
    }
    expect(asked[0]).toContain('URGENT · you have it');
    expect(asked[1]).toContain('Life is at risk now');
    expect([asked[2], asked[3]]).toEqual([asked[0], asked[1]]);
    // Nor does the list of what waits on them.
    const next = alike(flat((await does(keisha.types('next'))).text));
    expect(next.split('CODE · urgent · open 0 min · you have it escalation, resolve')).toHaveLength(3);
    expect(await press('keisha', 'escalations.break-glass-reach', id, 'other')).toContain(
      `No client here has the code ${unknown}.`,
    );
    expect(everythingOf(scene.hands.dana)).toContain(`the client of ${unknown}, without having been called`);
  });
});
