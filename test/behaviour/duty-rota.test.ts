import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { fixture, runCommand } from '../cli/open-cli.ts';
import { textOf, type Hand, type Screen } from '../helpers/screen.ts';
import { onBothPlatforms, openWorld, platforms, type World } from '../helpers/world.ts';
import { auditOf, forgePress } from './reach-scene.ts';
import { flat, follow, onlyOn } from './refer-scene.ts';

/** East's week: Dana by day, Jon and Maya by night; nobody on Wednesday night. */
const withRota = (text: string): string =>
  text.replace(
    '      weeklyDigest: { weekday: mon, at: "07:45" }\n',
    `      weeklyDigest: { weekday: mon, at: "07:45" }
    duty:
      pattern:
        - { weekday: mon, from: "08:00", to: "18:00", person: dana }
        - { weekday: mon, from: "18:00", to: "08:00", person: jon }
        - { weekday: tue, from: "08:00", to: "18:00", person: dana }
        - { weekday: tue, from: "18:00", to: "08:00", person: maya }
        - { weekday: wed, from: "08:00", to: "18:00", person: dana }
        - { weekday: thu, from: "08:00", to: "08:00", person: jon }
        - { weekday: fri, from: "08:00", to: "08:00", person: jon }
        - { weekday: sat, from: "08:00", to: "08:00", person: maya }
        - { weekday: sun, from: "08:00", to: "08:00", person: maya }
`,
  );

const direct = (hand: Hand): string => {
  const shared = new Set(hand.channel().map((message) => message.id));
  return hand
    .sees()
    .filter((message) => !shared.has(message.id))
    .map(textOf)
    .join('\n');
};

describe.each(platforms)('the duty rota on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;
  let dana: Hand;
  let bea: Hand;
  beforeAll(async () => {
    world = await openWorld({ organisation: withRota });
    maya = await onlyOn(world, platform, 'maya');
    jon = await onlyOn(world, platform, 'jon');
    dana = await onlyOn(world, platform, 'dana');
    bea = await onlyOn(world, platform, 'bea');
  });
  afterAll(() => world.close());
  const then = (act: Promise<Screen>): Promise<Screen> => follow(world, act);

  it('says who is on now, who is next, and what nobody has', async () => {
    const text = flat((await then(bea.types('duty'))).text);
    expect(text).toContain('On duty now Dana Whitfield, until Mon 23 Nov 18:00');
    expect(text).toContain('Next Jon Reyes, Mon 23 Nov 18:00 to Tue 24 Nov 08:00');
    expect(text).toContain('Nobody · Wed 25 Nov 18:00 to Thu 26 Nov 08:00');
  });

  it('says of a team without a rota to whom its things fall', async () => {
    expect((await then(maya.types('duty team:west'))).text).toContain(
      'West team has no rota. What comes falls to Dana Whitfield.',
    );
    expect((await then(maya.types('duty team:north'))).text).toContain('I do not know a team of that name here.');
  });

  it('shows a gap to the supervisor a week ahead, once, with the way to close it', async () => {
    await world.service.tick();
    world.clock.advance(24 * 3_600_000);
    await world.service.tick();
    await world.settled();
    expect(direct(dana)).toContain('Nobody has the duty in East team. Until somebody is planned it falls to you:');
    expect(direct(dana)).toContain('Wed 25 Nov 18:00 to Thu 26 Nov 08:00');
    expect(direct(maya)).not.toContain('Nobody has the duty');
  });

  it('tells who got a shift by a supervisor’s plan, and the gap is gone in the copy that showed it', async () => {
    await then(dana.presses('Plan somebody'));
    const form = await then(
      dana.fills({
        team: 'east',
        person: 'people:Maya',
        'from-date': '2026-11-25',
        'from-time': '18:00',
        'until-date': '2026-11-26',
        'until-time': '08:00',
      }),
    );
    expect(flat(form.text)).toContain('Maya Torres · Wed 25 Nov 18:00 to Thu 26 Nov 08:00 · changed');
    expect(direct(maya)).toContain('You have the duty in East team: Wed 25 Nov 18:00 to Thu 26 Nov 08:00.');
    expect(direct(jon)).not.toContain('duty in East team:');
    expect(direct(dana)).toContain('Duty in East team is planned for the week.');
  });

  it('refuses a plan that ends before it begins, a person of another trade, and whoever may not plan', async () => {
    await then(dana.types('duty plan'));
    const times = { team: 'east', 'from-date': '2026-11-27', 'from-time': '18:00', 'until-time': '08:00' };
    const backwards = await then(dana.fills({ ...times, person: 'people:Jon', 'until-date': '2026-11-27' }));
    expect(Object.values(backwards.form?.errors ?? {})).toEqual(['The end comes after the start.']);
    const biller = await then(dana.fills({ ...times, person: 'people:Bea', 'until-date': '2026-11-28' }));
    expect(Object.values(biller.form?.errors ?? {})).toEqual([
      'Please choose somebody of the care team who works here now.',
    ]);
    expect((await then(maya.types('duty plan'))).text).toContain('Supervisors plan the duty.');
  });

  it('asks for cover in the team’s channel; until somebody takes it the duty stays where it was', async () => {
    await then(jon.types('duty cover'));
    const asked = await then(jon.fills({ shift: '2026-11-26T13:00:00.000Z' }));
    expect(asked.text).toContain('Asked: cover for Thu 26 Nov 08:00 to Sat 28 Nov 08:00.');
    const place = jon.channel().map(textOf).join('\n');
    expect(place).toContain('Jon Reyes asks for cover: Thu 26 Nov 08:00 to Sat 28 Nov 08:00.');
    expect(flat((await then(bea.types('duty'))).text)).toContain('Jon Reyes · Thu 26 Nov 08:00 to Sat 28 Nov 08:00');
    await then(jon.types('duty cover'));
    const twice = await then(jon.fills({ shift: '2026-11-26T13:00:00.000Z' }));
    expect(Object.values(twice.form?.errors ?? {}).join()).toContain('You have asked for that already.');
  });

  it('gives it to the first who volunteers; everybody else hears who was first', async () => {
    expect((await then(jon.presses('Take it'))).text).toContain('This is your own request.');
    expect((await then(bea.presses('Take it'))).text).toContain('Only the care team can take a duty.');
    // Of another team, with the button of a card that stands in a channel that is not his.
    const [{ id = '' } = {}] = await world.store.inOrganisation('riverside', (tx) =>
      tx.db.dutyCover.findMany({ where: { state: 'open' }, select: { id: true } }),
    );
    await forgePress(world, platform, 'keisha', { action: 'duty.take', subject: id });
    expect((await auditOf(world, 'access.denied')).at(-1)).toMatchObject({ subjectId: 'not-allowed' });
    expect(jon.channel().map(textOf).join('\n')).not.toContain('Keisha Brown covers');
    const [first, second] = await Promise.all([maya.presses('Take it'), dana.presses('Take it')]);
    await world.settled();
    const said = [first.text, second.text].join('\n');
    const winner = said.includes('Dana Whitfield was first') ? 'dana' : 'maya';
    const name = winner === 'maya' ? 'Maya Torres' : 'Dana Whitfield';
    expect(said).toContain(`${name} was first and covers this. Thank you.`);
    expect(jon.channel().map(textOf).join('\n')).toContain(`${name} covers Jon Reyes: Thu 26 Nov 08:00`);
    expect(direct(jon)).toContain(`${name} has the duty in East team that was yours: Thu 26 Nov 08:00`);
    expect(flat((await then(bea.types('duty'))).text)).toContain(
      `${name} · Thu 26 Nov 08:00 to Sat 28 Nov 08:00 · covers`,
    );
  });

  it('tells whose duty changes when the file’s weekly pattern is another one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'baton-duty-'));
    const path = join(folder, 'org.yaml');
    const file = withRota(onBothPlatforms(await readFile(fixture('org.yaml'), 'utf8')));
    await writeFile(
      path,
      file.replace(
        '{ weekday: tue, from: "18:00", to: "08:00", person: maya }',
        '{ weekday: tue, from: "18:00", to: "08:00", person: jon }',
      ),
    );
    const before = direct(dana);
    const { store, clock } = world;
    // On both platforms again, so that the file changes only what it says.
    await store.inOrganisation('riverside', (tx) => tx.db.identity.updateMany({ data: { active: true } }));
    const done = await runCommand({ store, database: { protection: 'local' }, features: collectedFeatures, clock }, [
      'apply',
      path,
    ]);
    await rm(folder, { recursive: true });
    expect(done.text).toContain('team east: updated');
    // Several messages in one minute: the last of them waits its turn.
    world.clock.advance(5 * 60_000);
    await world.settled();
    expect(direct(maya)).toContain('The rota of East team was changed. In the coming two weeks you have:');
    expect(direct(jon)).toContain('The rota of East team was changed. In the coming two weeks you have:');
    expect(direct(dana)).toBe(before);
  });
});
