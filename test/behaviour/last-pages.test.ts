import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { HELP_CARD } from '../../src/chat/help.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { prepareForgery, type ForgedButton } from './bad-input-forgery.ts';
import { openDamageWorld, type DamageWorld } from './damage-world.ts';
import { nextLabel } from './long-list-scene.ts';

const movedOn = 'That list has moved on.';
const people = ['maya', 'jon', 'sara', 'dana'] as const;
type Person = (typeof people)[number];

/** Whose card of a kind there is, and what it is about. */
interface Turned {
  readonly person: Person;
  readonly subject: string;
}

describe.each(platforms)('the last page of every kind of card, on %s', (platform) => {
  let given: DamageWorld;
  /** What was posted of each kind, to one of these people. */
  let posted: ReadonlyMap<string, Turned>;
  /** What is only ever an answer. */
  let answers: ReadonlyMap<string, Turned>;
  const turn = new Map<Person, (button: ForgedButton) => Promise<unknown>>();

  beforeAll(async () => {
    given = await openDamageWorld(platform);
    const { world, hands, dan } = given;
    const userOf = (person: string): string => users.get(person) ?? '';
    const { users, rows, ids } = await world.store.inOrganisation('riverside', async (tx) => {
      const workspaceId = platform === 'slack' ? 'rs-slack' : 'rs-teams';
      const identities = await tx.db.identity.findMany({ where: { workspaceId } });
      const contact = await tx.db.contact.findFirstOrThrow({ where: { personId: 'maya' } });
      const followUp = await tx.db.followUp.findFirstOrThrow({ where: { ownerId: 'maya', state: 'open' } });
      const referral = await tx.db.referral.findFirstOrThrow({});
      const escalation = await tx.db.escalation.findFirstOrThrow({ where: { clientId: dan } });
      const decision = await tx.db.huddleDecision.findFirstOrThrow({});
      return {
        users: new Map(identities.map((one) => [one.personId, one.platformUser])),
        rows: await tx.db.post.findMany({ where: { destination: { in: [...people] } } }),
        ids: {
          ...{ contact: contact.id, followUp: followUp.id, referral: referral.id, escalation: escalation.id },
          ...{ decision: decision.followUpId },
        },
      };
    });
    posted = new Map(rows.map(({ kind, subject, destination }) => [kind, { person: destination as Person, subject }]));
    const of = (subject: string, person: Person = 'maya'): Turned => ({ person, subject });
    answers = new Map([
      ['referrals.done', of(ids.referral)],
      ['referrals.more', of(ids.referral)],
      ['deliveries.use', of('', 'dana')],
      ['deliveries.folded', of('')],
      ['digests.about', of('')],
      ['huddles.decision', of(ids.decision, 'jon')],
      ['days.notes', of('2026-11-23/2026-11-24T12:00:00.000Z')],
      ['absences.list', of('')],
      ['contacts.undone', of(ids.contact)],
      ['contacts.chart-note', of(ids.contact)],
      ['contacts.how-long', of(`${ids.followUp}/aside`)],
      ['clients.snapshot', of(dan)],
      ['clients.revealed', of(dan)],
      ['clients.reached', of(dan)],
      ['clients.details-saved', of(dan)],
      ['follow-ups.more', of(ids.followUp)],
      ['escalations.raised', of(ids.escalation)],
      ['escalations.added', of(ids.escalation)],
      ['escalations.done', of(ids.escalation)],
      ['escalations.ask-why', of(`${ids.escalation}/words`)],
      ['escalations.who', of('crisis/east/K7T2-9')],
    ]);
    for (const person of people) {
      const hand = (who: string): Hand => hands[who as Person];
      turn.set(person, await prepareForgery({ platform, world, hand, userOf }, person));
    }
  }, 60_000);
  afterAll(() => given.world.close());

  /** What is on the person's screen once they turned far beyond the end. */
  async function turns({ person, subject }: Turned, kind: string): Promise<string> {
    const hand = given.hands[person];
    const before = new Map(hand.sees().map((one) => [one.id, textOf(one)]));
    await turn.get(person)?.({ action: 'card.page', subject: `${kind}/${subject}`, version: 99_999 });
    await given.world.settled();
    return hand
      .sees()
      .filter((one) => before.get(one.id) !== textOf(one))
      .map(textOf)
      .join('\n');
  }

  it('is shown to whoever turns to it, of what is only ever an answer', async () => {
    expect([...collectedFeatures.answers.keys()].sort()).toEqual([...answers.keys()].sort());
    const silent: string[] = [];
    for (const [kind, turned] of answers) {
      const said = await turns(turned, kind);
      expect(said, kind).not.toContain(movedOn);
      // What says the same as the card before it changes nothing on the screen.
      if (said === '') silent.push(kind);
    }
    expect(silent.length).toBeLessThan(5);
    expect(await turns({ person: 'maya', subject: '' }, HELP_CARD)).toContain('What you can type');
  });

  it('of an escalation that was raised is on record: words may have been added to it', async () => {
    const seen = (): Promise<number> =>
      given.world.store.inOrganisation('riverside', (tx) =>
        tx.db.auditEvent.count({ where: { verb: 'escalation.see', actor: 'maya' } }),
      );
    const before = await seen();
    await turns(answers.get('escalations.raised') ?? { person: 'maya', subject: '' }, 'escalations.raised');
    expect(await seen()).toBe(before + 1);
  });

  it('is drawn of everything that is posted, or refused by its own noun', async () => {
    expect(posted.size).toBeGreaterThan(5);
    for (const kind of collectedFeatures.cards.keys()) {
      expect(await turns(posted.get(kind) ?? { person: 'maya', subject: '' }, kind), kind).not.toContain(movedOn);
    }
  });

  it('of a client’s card comes by the button that stands there', async () => {
    const { maya } = given.hands;
    for (let index = 0; index < 30; index += 1) await maya.types('refer K7T2-9 to @jon routine');
    let screen = await maya.types('client K7T2-9');
    const first = screen.text;
    for (let page = 1; nextLabel(screen) !== undefined && page < 9; page += 1) {
      screen = await maya.presses(nextLabel(screen) ?? '');
      expect(screen.text).not.toContain(movedOn);
    }
    expect(nextLabel(screen)).toBeUndefined();
    expect(screen.text).not.toBe(first);
    expect(screen.text).toContain('Jon Reyes');
  });
});
