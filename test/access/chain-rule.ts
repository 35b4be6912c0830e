import type { Role } from '../../src/access/roles.ts';
import type { Chain } from './chain-scene.ts';

/** How Tom stands to the client: accountable, of the same team, of another. */
export const relations = ['own', 'team', 'other'] as const;
export type Relation = (typeof relations)[number];
/** Whose rota names him now. */
export const duties = ['none', 'of-its-team', 'elsewhere'] as const;
export type Duty = (typeof duties)[number];

/** What came of a chain, by the plain rule; whether Tom may act at all depends on his role, or on having been told. */
export interface Outcome {
  readonly told?: true;
  readonly taken?: boolean;
  readonly raised?: true;
  readonly ended?: boolean;
  readonly glass?: 'reach' | 'read';
}
const resolved = { outcome: 'safe-now', disposition: 'no-change' } as const;

/** The ladder of a crisis and of a concern tells Sara; that of an urgent one tells Tom. A concern needs two. */
export const chains: Readonly<Record<string, (chain: Chain) => Promise<Outcome>>> = {
  async untold(chain) {
    await chain.raises('maya', 'crisis');
    return {};
  },
  async 'raised it'(chain) {
    await chain.raises('tom', 'crisis');
    return { raised: true };
  },
  async 'raised what would have told him'(chain) {
    await chain.raises('tom', 'urgent');
    return { raised: true };
  },
  async 'raised it, took it'(chain) {
    await chain.raises('tom', 'crisis');
    return { raised: true, taken: await chain.acts('tom', 'acknowledge') };
  },
  async 'took it'(chain) {
    await chain.raises('maya', 'crisis');
    return { taken: await chain.acts('tom', 'acknowledge') };
  },
  async 'was the second'(chain) {
    await chain.raises('maya', 'concern');
    await chain.acts('sara', 'acknowledge');
    return { taken: await chain.acts('tom', 'second-acknowledge') };
  },
  async 'took it over'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('sara', 'acknowledge');
    return { taken: await chain.acts('tom', 'take-over') };
  },
  async 'escalated it further'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('tom', 'escalate-further');
    return {};
  },
  async 'was told'(chain) {
    await chain.raises('maya', 'urgent');
    return { told: true };
  },
  async 'was told, it is resolved'(chain) {
    await chain.raises('maya', 'urgent');
    await chain.acts('dana', 'resolve', resolved);
    return { told: true, ended: true };
  },
  async 'covers who was told'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('sara', 'acknowledge');
    await chain.passes('sara', 'tom', 'cover');
    return { told: true };
  },
  async 'covers who took it from a list'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('li', 'acknowledge');
    await chain.passes('li', 'tom', 'cover');
    return {};
  },
  async 'took it, was away, is back'(chain) {
    await chain.raises('maya', 'crisis');
    const took = await chain.acts('tom', 'acknowledge');
    if (took) await chain.passes('tom', 'sara', 'cover');
    if (took) await chain.passes('sara', 'tom', 'returned');
    return {};
  },
  async 'is the heir of who took it'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('li', 'acknowledge');
    await chain.leaves('li', 'tom');
    return { told: true };
  },
  async 'took it, it lapsed'(chain) {
    await chain.raises('maya', 'crisis');
    if (await chain.acts('tom', 'acknowledge')) await chain.lapses();
    return {};
  },
  async 'took it, it lapsed, took it again'(chain) {
    await chain.raises('maya', 'crisis');
    if (await chain.acts('tom', 'acknowledge')) await chain.lapses();
    return { taken: await chain.acts('tom', 'acknowledge') };
  },
  async 'was told, resolved it, opened it again'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('sara', 'acknowledge');
    await chain.passes('sara', 'tom', 'cover');
    await chain.acts('tom', 'resolve', resolved);
    await chain.acts('tom', 'reopen', { reason: 'not-settled' });
    return {};
  },
  async 'was told, opened it again, took it'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('sara', 'acknowledge');
    await chain.passes('sara', 'tom', 'cover');
    await chain.acts('dana', 'resolve', resolved);
    await chain.acts('tom', 'reopen', { reason: 'not-settled' });
    return { taken: await chain.acts('tom', 'acknowledge') };
  },
  async 'accepted a referral'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.refersAndAccepts();
    return {};
  },
  async 'accepted a referral, took it'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.refersAndAccepts();
    return { taken: await chain.acts('tom', 'acknowledge') };
  },
  async 'took it, broke the glass to reach'(chain) {
    await chain.raises('maya', 'crisis');
    const taken = await chain.acts('tom', 'acknowledge');
    await chain.breaksGlass('reach');
    return { taken, ...(taken ? { glass: 'reach' } : {}) };
  },
  async 'took it, broke the glass to read'(chain) {
    await chain.raises('maya', 'crisis');
    const taken = await chain.acts('tom', 'acknowledge');
    await chain.breaksGlass('read');
    return { taken, ...(taken ? { glass: 'read' } : {}) };
  },
  async 'broke the glass, it is resolved'(chain) {
    await chain.raises('maya', 'crisis');
    const taken = await chain.acts('tom', 'acknowledge');
    await chain.breaksGlass('reach');
    await chain.acts('dana', 'resolve', resolved);
    return { taken, ended: true };
  },
  async 'broke the glass, it was opened again, took it'(chain) {
    await chain.raises('maya', 'crisis');
    await chain.acts('tom', 'acknowledge');
    await chain.breaksGlass('reach');
    await chain.acts('dana', 'resolve', resolved);
    await chain.acts('dana', 'reopen', { reason: 'not-settled' });
    return { taken: await chain.acts('tom', 'acknowledge') };
  },
};

/** The plain rule, written here once more. */
const seesAll: readonly Role[] = ['supervisor', 'director', 'psychiatric-consultant', 'prescriber'];
const seesTeam: readonly Role[] = ['coordinator', 'peer-specialist', 'clinician'];
const sees = (role: Role, relation: Relation): boolean =>
  seesAll.includes(role) || (seesTeam.includes(role) && relation !== 'other');
export type Shown = 'all' | 'own' | 'asked' | 'refused';

export function expected(
  of: { role: Role; relation: Relation; duty: Duty },
  came: Outcome,
): { reach: Shown; read: Shown } {
  const { told, taken, raised, ended, glass } = came;
  if (sees(of.role, of.relation)) return { reach: 'all', read: 'all' };
  const onDuty = of.duty === 'of-its-team' || (of.duty === 'elsewhere' && raised === true);
  if (ended === true) return { reach: 'refused', read: told === true ? 'all' : 'refused' };
  if (told === true || onDuty) return { reach: 'all', read: 'all' };
  const asks: Shown = taken === true ? 'asked' : 'refused';
  return {
    reach: glass === 'reach' ? 'all' : asks,
    read: glass === 'read' ? 'all' : taken === true ? 'asked' : raised === true ? 'own' : 'refused',
  };
}

export function shownOf(text: string): Shown {
  if (text.startsWith('refused')) return 'refused';
  if (text.includes('555-0101') || text.includes('LATER')) return 'all';
  if (text.includes('Life is at risk now')) return 'asked';
  return text.includes('MINE') ? 'own' : 'refused';
}
