import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImportScene, type ImportScene } from './import-scene.ts';

const clients = 100_000;
const more = 2_000;

describe('an import of 100,000 clients', () => {
  let scene: ImportScene;
  let into: { readonly empty: number; readonly full: number };
  let readInOrder = 0;
  beforeAll(async () => {
    scene = await openImportScene();
    const pagesOf = async (salt: string): Promise<number> => {
      const file = await scene.sheet(salt, more);
      const before = await scene.pages();
      expect(await scene.imports(file)).toMatchObject({ imported: more });
      return (await scene.pages()) - before;
    };
    const empty = await pagesOf('q');
    const file = await scene.sheet('r', clients);
    await scene.isKilledAt(file, clients / 2);
    readInOrder = await scene.rowsReadInOrder();
    expect(await scene.imports(file)).toMatchObject({ rows: clients, imported: clients, unchanged: 0, refused: [] });
    readInOrder = (await scene.rowsReadInOrder()) - readInOrder;
    into = { empty, full: await pagesOf('s') };
  }, 1_200_000);
  afterAll(() => scene.close());

  it('has every row once and one message a person, with a kill in its middle', async () => {
    expect(await scene.counts()).toEqual(new Set([clients + 2 * more]));
    // Three imports, three messages: one a person each.
    expect(await scene.told()).toEqual([3, 3, 3, 3]);
    expect(await scene.interrupted()).toEqual([]);
  });

  it('costs a row no more pages at its end than at its beginning', () => {
    console.log(
      `pages of ${more} rows: ${into.empty} into an empty organisation, ${into.full} beside ${clients} clients`,
    );
    expect(into.full).toBeLessThan(into.empty * 2);
  });

  it('goes through none of its tables for each batch', () => {
    console.log(`rows read in order: ${readInOrder}`);
    expect(readInOrder).toBeLessThan(clients * 10);
  });
});
