import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '../../src/chat/reply.ts';
import { renderPlain } from '../../src/chat/render-plain.ts';
import { freeze, defaultLadders } from '../../src/care/escalations/ladder.ts';
import { insertEscalation } from '../../src/care/escalations/write-records.ts';
import { applyFile, readSample } from '../helpers/organisation.ts';
import { slackTenant, teamsTenant } from '../helpers/world.ts';
import { denials, follow, openScene, theOne, type Scene } from './escalate-scene.ts';

const foreign = '11111111-0000-4000-8000-000000000001';

describe('an act on an escalation that is not theirs, or not any more', () => {
  let scene: Scene;
  let escalation: string;
  beforeAll(async () => {
    scene = await openScene('slack', { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.maya.types('escalate K7T2-9 crisis'));
    escalation = (await theOne(scene.world)).id;
    await plantInOtherOrganisation(scene);
  });
  afterAll(() => scene.world.close());

  let deliveries = 0;
  const sends = async (
    user: string,
    what: Parameters<Scene['world']['service']['receive']>[0]['what'],
  ): Promise<Reply> => {
    deliveries += 1;
    return scene.world.service.receive({
      ...{ platform: 'slack', tenant: slackTenant, user, place: { id: 'D1', kind: 'direct' } },
      delivery: `forged-${deliveries}`,
      what,
    });
  };
  const presses = async (user: string, action: string, subject = escalation): Promise<string> => {
    const reply = await sends(user, { kind: 'button', action, subject, version: 1 });
    return reply.kind === 'answer' && reply.card !== undefined ? renderPlain(reply.card) : reply.kind;
  };
  const changed = async (): Promise<number> => (await theOne(scene.world)).timeline.length;

  it.each(['acknowledge', 'take-over', 'keep', 'further'])(
    'is refused to a role outside care that was not told (%s), and on record',
    async (act) => {
      const [before, events] = [await denials(scene.world), await changed()];
      expect(await presses('U0BEA', `escalations.${act}`)).toContain('Your role does not answer escalations');
      expect(await denials(scene.world)).toBe(before + 1);
      expect(await changed()).toBe(events);
    },
  );

  it.each(['resolve', 'note', 'reopen', 'show'])('so are its forms and the card itself (%s)', async (act) => {
    const before = await denials(scene.world);
    expect(await presses('U0BEA', `escalations.${act}`)).toContain('I cannot find that escalation here.');
    expect(await denials(scene.world)).toBe(before + 1);
  });

  it.each([
    ['none', ''],
    ['words', "' or 1=1"],
    ['nobody’s', '00000000-0000-4000-8000-000000000000'],
    ['another organisation’s', foreign],
  ])('is refused for an id that is %s, and on record', async (_what, id) => {
    for (const act of ['acknowledge', 'show', 'resolve']) {
      const before = await denials(scene.world);
      expect(await presses('U0JON', `escalations.${act}`, id)).toContain('I cannot find that escalation here.');
      expect(await denials(scene.world)).toBe(before + 1);
    }
  });

  it('a client of nobody chosen in the form raises nothing', async () => {
    const opened = await sends('U0JON', { kind: 'command', text: 'escalate' });
    if (opened.kind !== 'form') throw new Error('no form');
    const { kind: form, session } = opened.form;
    const before = await denials(scene.world);
    const reply = await sends('U0JON', {
      kind: 'form-submitted',
      form,
      session,
      values: { client: '00000000-0000-4000-8000-000000000000', severity: 'crisis' },
    });
    expect(reply.kind).toBe('form-errors');
    expect(await denials(scene.world)).toBe(before + 1);
    const wrong = await sends('U0JON', { kind: 'form-submitted', form, session, values: { severity: 'apocalypse' } });
    expect(wrong).toMatchObject({
      kind: 'form-errors',
      errors: { severity: 'Please choose one of the answers offered.' },
    });
    await theOne(scene.world);
  });

  it('an outcome that is missing, or was never offered, resolves nothing', async () => {
    const opened = await sends('U0JON', { kind: 'button', action: 'escalations.resolve', subject: escalation });
    if (opened.kind !== 'form') throw new Error('no form');
    const { kind: form, session } = opened.form;
    const submit = (values: Record<string, string>): Promise<Reply> =>
      sends('U0JON', { kind: 'form-submitted', form, session, values });
    expect(await submit({ disposition: 'no-change' })).toMatchObject({
      kind: 'form-errors',
      errors: { outcome: 'Please fill this in.' },
    });
    expect(await submit({ outcome: 'went-well', disposition: 'no-change' })).toMatchObject({ kind: 'form-errors' });
    expect((await theOne(scene.world)).state).toBe('raised');
    expect(await submit({ outcome: 'safe-now', disposition: 'no-change' })).toMatchObject({ kind: 'answer' });
    expect((await theOne(scene.world)).state).toBe('resolved');
  });

  it.each(['acknowledge', 'take-over', 'keep', 'further'])(
    'after the end it changes nothing and says how it ended (%s)',
    async (act) => {
      const events = await changed();
      const said = await presses('U0MAYA', `escalations.${act}`);
      expect(said.startsWith('Jon Reyes resolved it at 14:20: safe now.')).toBe(true);
      expect(await changed()).toBe(events);
    },
  );

  it('after the end its forms say so too', async () => {
    for (const act of ['resolve', 'note']) {
      expect(await presses('U0MAYA', `escalations.${act}`)).toContain('Jon Reyes resolved it at 14:20');
    }
  });

  it('the other organisation’s stands as it stood', async () => {
    const rows = await scene.world.store.inOrganisation(
      'hillside',
      (tx) => tx.db.$queryRaw<{ state: string; version: number }[]>`select state, version from escalation`,
    );
    expect(rows).toEqual([{ state: 'raised', version: 1 }]);
  });
});

async function plantInOtherOrganisation({ world }: Scene): Promise<void> {
  const other = await readSample((text) =>
    text.replaceAll('riverside', 'hillside').replaceAll(slackTenant, 'T0HILL').replaceAll(teamsTenant, 'hill-tenant'),
  );
  await applyFile(world.store, other, world.clock);
  const now = world.clock.now();
  await world.store.inOrganisation('hillside', (tx) =>
    insertEscalation(
      tx,
      {
        ...{ id: foreign, client: undefined, about: 'somebody', team: 'east', severity: 'crisis', reason: 'not-said' },
        ...{ note: undefined, raisedBy: 'jon', owner: 'maya' },
        frozen: freeze(defaultLadders.crisis, 1, now, (after) => after),
      },
      now,
    ),
  );
}
