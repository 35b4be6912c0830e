import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImportScene, type ImportScene } from '../faults/import-scene.ts';

const clients = 5_000;

describe('an import whose process is killed', () => {
  let scene: ImportScene;
  beforeAll(async () => {
    scene = await openImportScene();
  });
  afterAll(() => scene.close());

  it('is taken up again where it was, with every row once and one message a person', async () => {
    const file = await scene.sheet('q', clients);
    await scene.isKilledAt(file, 2_000);
    const [interrupted] = await scene.interrupted();
    expect(interrupted?.imported).toBeGreaterThanOrEqual(2_000);
    expect(interrupted?.imported).toBeLessThan(clients);
    expect(await scene.told()).toEqual([]);

    expect(await scene.imports(file)).toMatchObject({
      ...{ rows: clients, imported: clients, unchanged: 0, refused: [] },
      resumedAfterRow: interrupted?.row,
    });
    expect(await scene.counts()).toEqual(new Set([clients]));
    expect(await scene.told()).toEqual([1, 1, 1, 1]);
    expect(await scene.interrupted()).toEqual([]);
  });
});
