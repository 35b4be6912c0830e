import { expect, it } from 'vitest';
import { everyRole } from '../../src/access/roles.ts';
import { chains, duties, relations } from './chain-rule.ts';
import { runChains, type Cell } from './run-chains.ts';

it('every chain, for every role, relation to the client and rota, opens what the plain rule says', async () => {
  const cells = Object.keys(chains).flatMap((chain) =>
    everyRole.flatMap((role) =>
      relations.flatMap((relation) => duties.map((duty): Cell => ({ role, relation, duty, chain }))),
    ),
  );
  const counted = await runChains(cells);
  process.stdout.write(`chains: ${counted.cells} cells, ${counted.refused} refused, ${counted.allowed} allowed\n`);
  expect(counted.wrong).toEqual([]);
}, 3_600_000);
