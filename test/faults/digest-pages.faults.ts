import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Screen } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { codesIn } from '../behaviour/digest-scene.ts';
import { nextLabel, openCaseload, size, type Caseload } from '../behaviour/long-list-scene.ts';

describe.each(platforms)('a caseload of 300, page after page, on %s', (platform) => {
  let scene: Caseload;
  beforeAll(async () => {
    scene = await openCaseload(platform);
  });
  afterAll(() => scene.world.close());

  /** All pages of a list; each comes in place of the one before. */
  async function walk(first: Screen): Promise<readonly (readonly string[])[]> {
    const pages = [codesIn(first.text)];
    for (let label = nextLabel(first); label !== undefined;) {
      const screen = await scene.maya.presses(label);
      expect(screen.messages).toHaveLength(1);
      pages.push(codesIn(screen.text));
      label = nextLabel(screen);
    }
    return pages;
  }

  it('of the digest: every client once, in the order for acting', async () => {
    const pages = await walk(await scene.maya.presses(`Show all ${size}`));
    expect(pages.length).toBeGreaterThan(7);
    expect(pages.flat()).toEqual(scene.codes);
  });

  it('of next: the same', async () => {
    expect((await walk(await scene.maya.types('next'))).flat()).toEqual(scene.codes);
  });
});
