import { describe, expect, it } from 'vitest';
import { chains } from './chain-rule.ts';
import { runChains, type Cell } from './run-chains.ts';

/** Those that may differ from each other; every role, relation and rota: reach-chains.faults.ts, nightly. */
const kinds: readonly Omit<Cell, 'chain'>[] = [
  { role: 'coordinator', relation: 'other', duty: 'none' },
  { role: 'coordinator', relation: 'other', duty: 'elsewhere' },
  { role: 'coordinator', relation: 'team', duty: 'none' },
  { role: 'admin', relation: 'other', duty: 'none' },
];

describe('chains of permitted acts', () => {
  it('open a client, and what was written, to nobody whom no single act would', async () => {
    const cells = Object.keys(chains).flatMap((chain) => kinds.map((kind): Cell => ({ ...kind, chain })));
    const counted = await runChains(cells);
    process.stdout.write(`chains: ${counted.cells} cells, ${counted.refused} refused, ${counted.allowed} allowed\n`);
    expect(counted.wrong).toEqual([]);
    expect(counted.refused).toBeGreaterThan(0);
  }, 240_000);
});
