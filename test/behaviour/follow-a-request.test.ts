import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handOf, openWorld, platforms, slackChannel, type World } from '../helpers/world.ts';
import { aClient, enrol } from '../helpers/organisation.ts';

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly correlation?: string;
  readonly [field: string]: unknown;
}

/** Whoever reads the log of one failure finds all of it, and where it came from, without a word of anybody's. */
describe.each(platforms)('the log of a request on %s', (platform) => {
  let world: World;
  let from = 0;
  beforeAll(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Quintilian Dee' }), dueOn: '2026-11-24' },
      aClient({ code: '05Q8-W', name: 'Ottoline Fay' }),
    ]);
  });
  beforeEach(() => {
    from = world.lines.length;
  });
  afterAll(() => world.close());

  const maya = () => handOf(world, platform, 'maya');
  const lines = (): Line[] => world.lines.slice(from).map((line) => JSON.parse(line) as Line);
  async function asOwner(sql: string): Promise<void> {
    const owner = new pg.Client({ connectionString: world.databaseUrl });
    await owner.connect();
    await owner.query(sql);
    await owner.end();
  }

  it('says what failed in words and codes, and the reference the person was given', async () => {
    await asOwner('alter table client rename to client_gone');
    let said: string;
    try {
      ({ text: said } = await maya().types('log K7T2-9 phone reached 15m'));
    } finally {
      await asOwner('alter table client_gone rename to client');
    }
    const [failed, ...more] = lines();
    expect(more).toEqual([]);
    expect(failed).toMatchObject({
      level: 'error',
      msg: 'inbound failed',
      error: 'DatabaseError',
      // undefined_table
      sqlState: '42P01',
      at: expect.stringMatching(/^[a-z]+\/[\w/-]+\.ts:\d+$/),
    });
    expect(failed?.correlation).toMatch(/^[0-9a-f]{12}$/);
    expect(said).toContain(`(Reference ${failed?.correlation})`);
  });

  it('is followed by that of what it sent, under the same word', async () => {
    world.slack.faults.set([{ kind: 'error:is_archived', channel: slackChannel, times: 100 }]);
    for (const code of ['K7T2-9', '05Q8-W']) await maya().types(`refer ${code} to team:east`);
    world.slack.faults.set([]);
    const posts = await world.store.inOrganisation('riverside', (tx) =>
      tx.db.post.findMany({ where: { kind: { startsWith: 'referral' } }, select: { correlation: true } }),
    );
    const words = new Set(posts.map(({ correlation }) => correlation));
    expect(words.size).toBe(2);
    expect([...words].every((word) => /^[0-9a-f]{12}$/.test(word ?? ''))).toBe(true);
    const ofSends = lines().filter(({ msg }) => msg.startsWith('delivery.'));
    expect(ofSends.length).toBeGreaterThan(1);
    for (const { correlation, level } of ofSends) {
      expect(words).toContain(correlation);
      expect(level).toBe('warn');
    }
    // What each of the two sent, and nothing else, says its word.
    expect(new Set(ofSends.map(({ correlation }) => correlation))).toEqual(words);
  });

  it('holds no name and nothing that was typed, whatever fails', async () => {
    await maya().types('log Quintilian Dee phone reached 15m');
    await maya().types('quintilian dee');
    await handOf(world, platform, 'nobody').types('client K7T2-9');
    expect(world.lines.join('\n')).not.toMatch(/quintilian|dee\b|ottoline|555-0101|K7T2|maya|torres/i);
  });
});
