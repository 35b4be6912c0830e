import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platforms } from '../helpers/world.ts';
import { codesIn } from './digest-scene.ts';
import { nextLabel, openCaseload, size, type Caseload } from './long-list-scene.ts';

/** That no page of the whole list loses a row is test/faults/digest-pages.faults.ts: a minute's walk. */
describe.each(platforms)('a caseload of 300, on %s', (platform) => {
  let scene: Caseload;
  beforeAll(async () => {
    scene = await openCaseload(platform);
  }, 60_000);
  afterAll(() => scene.world.close());

  it('pages in the order for acting; a button on page 7 logs for the client of its row and nobody else', async () => {
    const { maya, codes, world } = scene;
    let screen = await maya.presses(`Show all ${size}`);
    const seen = [...codesIn(screen.text)];
    for (let page = 2; page <= 7; page += 1) {
      screen = await maya.presses(nextLabel(screen) ?? 'Next');
      expect(screen.messages).toHaveLength(1);
      seen.push(...codesIn(screen.text));
    }
    expect(seen).toEqual(codes.slice(0, seen.length));
    const onPage = codesIn(screen.text);
    const chosen = onPage[Math.floor(onPage.length / 2)] ?? '';
    const said = await maya.presses('Left message', chosen);
    expect(said.text).toContain(`Logged: ${chosen} ·`);
    const logged = await world.store.inOrganisation('riverside', (tx) =>
      tx.db.contact.findMany({ include: { client: { select: { code: true } } } }),
    );
    expect(logged.map(({ client }) => client.code)).toEqual([chosen]);
  }, 60_000);
});
