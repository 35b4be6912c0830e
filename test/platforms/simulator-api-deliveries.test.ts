import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedDelivery } from '../../src/simulator/delivery-routes.ts';
import { startSimulator, type Running } from './simulator-api-service.ts';

let running: Running;
beforeAll(async () => {
  running = await startSimulator();
});
afterAll(() => running.close());

const delivery: SimulatedDelivery = {
  id: 'd1',
  state: 'parked',
  kind: 'referrals.offer',
  audience: 'team',
  to: 'East team',
  platform: 'slack',
  attempts: 2,
  reason: 'is_archived',
  why: 'The channel is archived. Give the team another place, then retry.',
  createdAt: new Date('2026-11-22T13:58:00Z'),
  sentAt: null,
  nextAt: null,
  redrawn: false,
};

describe('the delivery ledger of the simulator', () => {
  it('is what Baton says, with the product’s time beside it, and is never kept by a browser', async () => {
    const asked: number[] = [];
    running.owe((limit) => {
      asked.push(limit);
      return { counts: { parked: 1, sent: 4 }, deliveries: [delivery] };
    });
    const response = await fetch(`${running.origin}/simulator/api/deliveries`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      now: '2026-11-22T14:00:00.000Z',
      counts: { parked: 1, sent: 4 },
      deliveries: [{ ...delivery, createdAt: '2026-11-22T13:58:00.000Z' }],
    });
    expect(asked).toEqual([200]);
  });

  it('is empty before anything had to be delivered', async () => {
    running.owe(() => ({ counts: {}, deliveries: [] }));
    expect((await running.get('deliveries')).body).toMatchObject({ counts: {}, deliveries: [] });
  });

  it('says in words that it cannot be read, and nothing of why', async () => {
    running.owe(() => {
      throw new Error('relation "delivery" of maya does not exist');
    });
    expect(await running.get('deliveries')).toEqual({
      status: 503,
      body: { error: 'The deliveries cannot be read right now.' },
    });
  });

  it('is shown to no page from elsewhere', async () => {
    const response = await fetch(`${running.origin}/simulator/api/deliveries`, {
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(response.status).toBe(403);
  });
});
