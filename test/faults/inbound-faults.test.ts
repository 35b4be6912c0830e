import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../../src/app.ts';
import { sweepOrganisation } from '../../src/retention/sweep.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { startSecondService } from '../helpers/second-service.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { lineOfMaya, send, sendAndLeave, slackEvent, typedByMaya } from './raw-requests.ts';
import { waitFor } from '../helpers/patient.ts';

/** docs/faults.md, F33 to F39: what platforms do with their requests to us. */
const words = 'log K7T2-9 phone reached 15m';

interface Records {
  readonly contacts: number;
  readonly audits: number;
}
const countRecords = (world: World): Promise<Records> =>
  world.store.inOrganisation('riverside', async (tx) => {
    const rows = await tx.db.$queryRaw<Records[]>`
      select (select count(*)::int from contact where organisation_id = ${tx.organisation}) as contacts,
             (select count(*)::int from audit_event
              where organisation_id = ${tx.organisation} and verb = 'contact.log') as audits`;
    return rows[0] ?? { contacts: 0, audits: 0 };
  });

describe.each(platforms)('what %s sends more than once, late, or without waiting', (platform) => {
  let world: World;
  let second: Service;
  beforeAll(async () => {
    world = await openWorld();
    second = await startSecondService(world);
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9' })]);
  });
  afterAll(async () => {
    await second.stop();
    await world.close();
  });
  const settled = async (): Promise<void> => {
    await second.slack?.settled();
    await second.teams?.settled();
    await world.settled();
  };
  /** How many contacts and audit rows `work` adds. */
  async function added(work: () => Promise<unknown>): Promise<Records> {
    const before = await countRecords(world);
    await work();
    await settled();
    const after = await countRecords(world);
    return { contacts: after.contacts - before.contacts, audits: after.audits - before.audits };
  }
  const once = { contacts: 1, audits: 1 };

  it('F34 a duplicate a month later is still a duplicate, and is told so: there is no window to fall out of', async () => {
    const answers: string[] = [];
    const first = await lineOfMaya(world, platform, words, 'f34');
    const seen = (): string => handOf(world, platform, 'maya').sees().map(textOf).join('\n');
    expect(
      await added(async () => {
        for (const days of [0, 1, 40]) {
          world.clock.advance(days * 24 * 60 * 60_000);
          const [now, wallNow] = [world.clock.now().getTime(), Date.now()];
          await sweepOrganisation(world.store, 'riverside', { now, wallNow });
          // Teams signs each repetition anew; what Slack signs is the same for five minutes of the wall's clock.
          const { headers } = platform === 'teams' ? await lineOfMaya(world, platform, words, 'f34') : first;
          answers.push((await send(world.service.url, { ...first, headers })).text);
          await settled();
        }
      }),
    ).toEqual(once);
    expect(answers[1]).toBe(answers[0]);
    expect(seen() + (answers[2] ?? '')).toContain('I answered this when it first came, so I did nothing now.');
  });

  it('F35 duplicates at the same moment on two services: one effect each, and both get the same answer', async () => {
    const urls = [world.service.url, second.url];
    const answers: (readonly string[])[] = [];
    expect(
      await added(async () => {
        for (let round = 0; round < 8; round += 1) {
          const line = await lineOfMaya(world, platform, words, `f35-${round}`);
          const both = await Promise.all(urls.map((url) => send(url, line)));
          expect(both.map(({ status }) => status)).toEqual([200, 200]);
          answers.push(both.map(({ text }) => text));
        }
      }),
    ).toEqual({ contacts: 8, audits: 8 });
    for (const [one, other] of answers) expect(one).toBe(other);
  });

  it('F39 somebody hangs up before the answer: it is done once, and asking again tells what was done', async () => {
    const line = await lineOfMaya(world, platform, words, 'f39');
    const before = await countRecords(world);
    await sendAndLeave(world.service.url, line);
    await waitFor(async () => expect((await countRecords(world)).contacts).toBe(before.contacts + 1));
    expect(await added(() => send(second.url, line))).toEqual({ contacts: 0, audits: 0 });
    const seen = handOf(world, platform, 'maya').sees().map(textOf).join('\n');
    if (platform === 'teams') expect(seen).toContain('Logged');
    else expect((await send(world.service.url, line)).text).toContain('Logged');
  });

  it('F37 what happened an hour ago and is told now is done once, by the clock of now', async () => {
    const line = await lineOfMaya(world, platform, words, 'f37');
    const body = JSON.parse(platform === 'teams' ? line.body : '{}');
    const hourAgo = new Date(Date.now() - 60 * 60_000).toISOString();
    const request =
      platform === 'teams'
        ? { ...line, body: JSON.stringify({ ...body, timestamp: hourAgo, localTimestamp: hourAgo }) }
        : slackEvent(world, typedByMaya(world, words), { id: 'Ev37', ago: 3_600, retry: 3 });
    expect(await added(() => send(world.service.url, request))).toEqual(once);
    const seen = handOf(world, platform, 'maya').sees().map(textOf);
    expect(seen.at(-1)).toContain('Logged');
  });
});

describe('what only Slack does', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9' }), dueOn: '2026-11-23' },
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-23' },
    ]);
  });
  afterAll(() => world.close());
  const inDm = () => world.slack.messages(world.slack.direct('U0MAYA'), 'U0MAYA');

  it('F33 an event told again with Retry-Num 1 to 3: one effect, the first answer under the same message id', async () => {
    const before = await countRecords(world);
    for (const retry of [undefined, 1, 2, 3]) {
      const more = { id: 'Ev33', ...(retry === undefined ? {} : { retry }) };
      const answer = await send(world.service.url, slackEvent(world, typedByMaya(world, words), more));
      expect(answer).toEqual({ status: 200, text: '' });
      await world.settled();
    }
    expect(await countRecords(world)).toEqual({ contacts: before.contacts + 1, audits: before.audits + 1 });
    const answers = inDm().filter(({ text }) => text.includes('Logged'));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(new Set(answers.map(({ key }) => key)).size).toBe(1);
    expect(answers[0]?.key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  });

  it.each(['expired_trigger_id', 'exchanged_trigger_id', 'invalid_arguments'])(
    'F38 a trigger that does not open anything (%s): told in words, nothing changed, and the next try opens',
    async (code) => {
      const before = await countRecords(world);
      world.slack.faults.set([{ kind: `error:${code}`, method: 'views.open', times: 1 }]);
      const hand = handOf(world, 'slack', 'maya');
      const screen = await hand.types('log');
      expect(screen.text).toContain('The form could not open in time. Please try again.');
      expect(screen.form).toBeUndefined();
      expect((await hand.types('log')).form?.title).toBe('Log a contact');
      const [view] = world.slack.views('U0MAYA');
      await world.slack.closeView({ user: 'U0MAYA', view: view?.id ?? '' });
      expect(await countRecords(world)).toEqual(before);
      world.slack.faults.set([]);
    },
  );

  it.each(['expired_url', 'used_url'])(
    'F38 a response_url that takes nothing any more (%s): the answer comes in their own conversation',
    async (code) => {
      const hand = handOf(world, 'slack', 'maya');
      await hand.types('next');
      const before = await countRecords(world);
      world.slack.faults.set([{ kind: `error:${code}`, method: 'response_url', times: 10 }]);
      await hand.presses('Left message');
      world.slack.faults.set([]);
      expect(await countRecords(world)).toEqual({ contacts: before.contacts + 1, audits: before.audits + 1 });
      expect(inDm().some(({ text, onlyFor }) => onlyFor === undefined && text.includes('Logged'))).toBe(true);
    },
  );
});
