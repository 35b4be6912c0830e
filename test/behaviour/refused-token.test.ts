import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNotes, postNote, type Notes } from '../delivery/posting.ts';
import { waitFor } from '../helpers/patient.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { audited } from './leave-scene.ts';

/** A token that was revoked, a secret that ran out: whoever can mend it hears of it, where they can still be reached. */
describe.each(platforms)('the token of %s refused', (platform) => {
  const other = platform === 'slack' ? 'teams' : 'slack';
  const workspace = `rs-${platform}`;
  let world: World;
  let notes: Notes;
  beforeAll(async () => {
    notes = createNotes();
    for (const name of ['one', 'two', 'three', 'four']) notes.texts.set(name, `words of ${name}`);
    world = await openWorld({
      cards: notes.cards,
      // Sara, who is on both platforms, administers beside Otto, who has Slack alone.
      organisation: (text) => text.replace(/(id: sara,.*roles: \[)/, '$1admin, '),
    });
  });
  afterAll(() => world.close());

  const sara = () => handOf(world, other, 'sara');
  const ready = async (): Promise<[number, Record<string, unknown>]> => {
    const response = await fetch(`${world.service.url}/readyz`);
    return [response.status, (await response.json()) as Record<string, unknown>];
  };
  const send = async (subject: string): Promise<void> => {
    await postNote(world, subject, { to: { team: 'east' } });
    await world.delivered();
    // What was refused is tried again.
    world.clock.advance(60_000);
    await world.delivered();
  };
  const said = (): number =>
    sara()
      .sees()
      .filter((message) => textOf(message).includes(`The token of Baton is refused in the workspace ${workspace}.`))
      .length;
  const onRecord = (): Promise<readonly string[]> =>
    audited(world, ['workspace.token-refused', 'workspace.token-accepted']);
  function refuse(): void {
    if (platform === 'slack') world.slack.faults.set([{ kind: 'error:invalid_auth', times: 1_000 }]);
    else world.teams.faults.add({ kind: '401', code: 'Unauthorized', times: 1_000 });
  }

  it('is told to administrators on their other platform, and readiness is degraded', async () => {
    await send('one');
    expect((await ready())[1]['status']).toBe('ready');
    refuse();
    await send('two');
    await waitFor(async () => expect(await onRecord()).toEqual([`${platform} workspace.token-refused ${workspace}`]));
    await world.delivered();
    world.clock.advance(60_000);
    await world.delivered();
    expect(said()).toBe(1);
    const [status, body] = await ready();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'degraded',
      tokensRefused: [
        { platform, reason: platform === 'slack' ? 'invalid_auth' : 'Unauthorized', since: expect.any(String) },
      ],
    });
    const metrics = await (await fetch(`${world.service.url}/metrics`)).text();
    expect(metrics).toContain(`baton_tokens_refused{platform="${platform}"} 1`);
    expect(metrics).toContain(`baton_tokens_refused{platform="${other}"} 0`);
  });

  it('once, however many messages fail', async () => {
    await send('three');
    await send('four');
    expect([said(), (await onRecord()).length]).toEqual([1, 1]);
  });

  it('and taken again: ready, on record', async () => {
    world.slack.faults.set([]);
    world.teams.faults.clear();
    notes.texts.set('five', 'words of five');
    world.clock.advance(3_600_000);
    await send('five');
    await waitFor(async () =>
      expect((await onRecord()).at(-1)).toBe(`${platform} workspace.token-accepted ${workspace}`),
    );
    expect((await ready())[1]['status']).toBe('ready');
  });
});

/** Nobody is written to, and somebody opens a form: Slack's refusal of that call says as much. */
describe('the token refused at a call that answers somebody, on slack', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    // Who Maya is was asked by then.
    await handOf(world, 'slack', 'maya').types('help');
    await world.delivered();
  });
  afterAll(() => world.close());

  const tokens = async (): Promise<unknown> => {
    const body = (await (await fetch(`${world.service.url}/readyz`)).json()) as Record<string, unknown>;
    return [body['status'], body['tokensRefused']];
  };

  it('is on record as refused, until a call is taken again', async () => {
    expect(await tokens()).toEqual(['ready', undefined]);
    world.slack.faults.set([{ kind: 'error:token_revoked', method: 'views.open', times: 1 }]);
    await handOf(world, 'slack', 'maya').types('log');
    // What administrators are told of it goes out by the same token, and is taken: degraded only until then.
    await waitFor(async () =>
      expect((await audited(world, ['workspace.token-refused']))[0]).toBe('slack workspace.token-refused rs-slack'),
    );
    await handOf(world, 'slack', 'maya').types('log');
    await waitFor(async () => expect(await tokens()).toEqual(['ready', undefined]));
  });
});
