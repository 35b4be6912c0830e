import { describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { BusyError, createConnectionQueue, type ConnectionQueue, type Turn } from '../../src/store/connection-queue.ts';

/** A wall that stands still, and pauses that end when the test says so. */
function openQueue(connections: number): {
  readonly queue: ConnectionQueue;
  pass(milliseconds: number): void;
  endPauses(): void;
} {
  let wall = 0;
  let pauses: (() => void)[] = [];
  const clock = {
    wallNow: () => new Date(wall),
    pause: () => new Promise<void>((resolve) => pauses.push(resolve)),
  };
  return {
    queue: createConnectionQueue(connections, clock),
    pass(milliseconds) {
      wall += milliseconds;
    },
    endPauses() {
      for (const end of pauses) end();
      pauses = [];
    },
  };
}

/** Enters, and tells by name who got in, in their order. */
async function enterAll(queue: ConnectionQueue, turns: readonly (readonly [string, Turn])[], came: string[]) {
  const left = new Map<string, () => void>();
  const asked = turns.map(([name, turn]) =>
    queue.enter(turn).then(
      (leave) => {
        came.push(name);
        left.set(name, leave);
      },
      (error: unknown) => {
        came.push(`${name}: ${error instanceof BusyError ? (error.turnedAway ? 'turned away' : 'busy') : 'failed'}`);
      },
    ),
  );
  await settle();
  return { asked, leave: async (name: string) => (left.get(name)?.(), settle()) };
}
const settle = (): Promise<void> => wallClock.pause(1);

describe('a queue for connections', () => {
  it('lets in as many as there are, keeps some for what is urgent, and lets that go first', async () => {
    const { queue } = openQueue(4);
    const came: string[] = [];
    const { leave } = await enterAll(
      queue,
      [
        ...(['a', 'b', 'c', 'd', 'e'] as const).map((name) => [name, 'patient'] as const),
        ['crisis', 'urgent'],
        ['second crisis', 'urgent'],
      ],
      came,
    );
    expect(came).toEqual(['a', 'b', 'c', 'crisis']);
    expect(queue.pressure()).toMatchObject({ connections: 4, reserved: 1, inUse: 4, waiting: 3 });
    await leave('a');
    expect(came.slice(4)).toEqual(['second crisis']);
    // The urgent ones do not take from what the others may have: two of three are out, one may come in.
    await leave('crisis');
    expect(came.slice(5)).toEqual(['d']);
    await leave('b');
    expect(came.slice(6)).toEqual(['e']);
    expect(queue.pressure()).toMatchObject({ inUse: 4, waiting: 0, waited: { count: 3 } });
  });

  it('turns away whoever waited too long, at once where it is known to take too long, and nobody else', async () => {
    const { queue, pass, endPauses } = openQueue(2);
    const came: string[] = [];
    // What one usually takes is learned: a hundred of 400 ms.
    for (let turn = 0; turn < 100; turn += 1) {
      const leave = await queue.enter('patient');
      pass(400);
      leave();
    }
    expect(queue.pressure().held).toMatchObject({ count: 100 });
    const { leave } = await enterAll(
      queue,
      [
        ['a', 'patient'],
        ['b', 'patient'],
        ...(['c', 'd', 'e', 'f', 'g'] as const).map((name) => [name, { within: 1_000 }] as const),
      ],
      came,
    );
    // Two at a time and 400 ms each: five of them take a second, and then it is too late for a sixth.
    expect(came).toEqual(['a', 'b']);
    await enterAll(queue, [['h', { within: 1_000 }]], came);
    expect(came.slice(2)).toEqual(['h: turned away']);
    await leave('a');
    expect(came.slice(3)).toEqual(['c']);
    await enterAll(queue, [['patient', 'patient']], came);
    endPauses();
    await settle();
    expect(came.slice(4).toSorted()).toEqual([
      ...['d', 'e', 'f', 'g'].map((name) => `${name}: turned away`),
      'patient: busy',
    ]);
    expect(queue.pressure()).toMatchObject({ waiting: 0, turnedAway: 5 });
  });
});
