import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platforms } from '../helpers/world.ts';
import { canaries, direct, fillWeek, hour, live, minute, openScene, place, type Scene } from './huddle-scene.ts';
import { flat } from './refer-scene.ts';

describe.each(platforms)(
  'where names are shown in personal messages, the team’s place still has codes, on %s',
  (platform) => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await openScene(platform, (text) => text.replace('privacy: minimal', 'privacy: full'), 'full');
      await fillWeek(scene);
    });
    afterAll(() => scene.world.close());
    const expectCodesOnly = (): void => {
      expect(live(scene.maya).text).toContain('East team');
      for (const canary of canaries) expect(place(scene.maya)).not.toContain(canary);
    };

    it('before it begins', async () => {
      await scene.passes(23.5 * hour);
      expectCodesOnly();
    });

    it('with each client of the agenda, and with what is recommended and decided in words', async () => {
      const { maya, jon, after, passes, asked } = scene;
      await passes(30 * minute);
      for (let position = 1; position <= 5; position += 1) {
        expect(live(maya).text).toContain(`${position} of 5`);
        await after(maya.presses('Recommendation…'));
        await after(maya.fills({ kind: 'other', to: 'sara', words: 'Ask about sertraline' }));
        await after(maya.presses('Decide…'));
        await after(maya.fills({ what: 'other', owner: 'jon', due: '2026-11-25', words: 'Call her brother' }));
        expectCodesOnly();
        if (position === 4) {
          await after(jon.presses('Open'));
          expect(
            flat(direct(jon)) +
              flat(
                jon
                  .sees()
                  .map((one) => JSON.stringify(one))
                  .join(),
              ),
          ).toContain('Abe Askew');
          expect(live(maya).text).toContain(asked);
        }
        await after(maya.presses('Next'));
        expectCodesOnly();
      }
    });

    it('in the summary, while each owner reads whom it is about', async () => {
      const { maya, jon, after, passes } = scene;
      await after(maya.presses('End'));
      expectCodesOnly();
      await passes(minute);
      expect(live(maya).text).toContain('Decided 5');
      expect(direct(jon)).toContain('5 decisions of the huddle are yours');
      expect(direct(jon)).toContain('Call her brother');
    });
  },
);
