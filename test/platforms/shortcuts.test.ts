import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand, type Screen } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';

/** A form as people see it, without where it was opened. */
const formOf = ({ form }: Screen): unknown =>
  form === undefined ? undefined : { title: form.title, fields: form.fields, initial: form.initial };

describe.each(platforms)('the menus of %s', (platform) => {
  let world: World;
  let jon: Hand;
  beforeEach(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9' })]);
    jon = handOf(world, platform, 'jon');
  });
  afterEach(() => world.close());

  const escalations = (): Promise<{ code: string | null; severity: string }[]> =>
    world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$queryRaw<{ code: string | null; severity: string }[]>`
        select c.code, e.severity from escalation e left join client c on c.id = e.client_id`,
    );
  const raised = async (): Promise<void> => {
    await handOf(world, platform, 'sara').types('escalate K7T2-9 urgent');
    await world.settled();
  };

  it.each(['log', 'refer', 'escalate'])('open the form of %s, the one that its command opens', async (command) => {
    const typed = formOf(await handOf(world, platform, 'maya').types(command));
    expect(typed).toMatchObject({ fields: expect.arrayContaining(['client']) });
    expect(formOf(await jon.chooses(command))).toEqual(typed);
  });

  it('of a message open the same form, with nothing of the message in it', async () => {
    await raised();
    const typed = formOf(await handOf(world, platform, 'maya').types('escalate'));
    const opened = await jon.chooses('escalate', 'K7T2-9');
    expect(formOf(opened)).toEqual(typed);
    expect(JSON.stringify(opened.form)).not.toContain('K7T2-9');
  });

  it('raise an escalation that way, answered to the raiser alone, the numbers to call first', async () => {
    await raised();
    await jon.chooses('escalate', 'K7T2-9');
    const before = jon.channel().map(textOf);
    const answered = await jon.fills({ client: 'search:Dee', severity: 'crisis' });
    expect(answered.text).toMatch(/988/);
    expect(answered.text.indexOf('988')).toBeLessThan(answered.text.indexOf('Escalated'));
    expect(await escalations()).toContainEqual({ code: 'K7T2-9', severity: 'crisis' });
    // What stands in the channel besides is the escalation's own card, with the code only.
    const fresh = jon
      .channel()
      .map(textOf)
      .filter((text) => !before.includes(text));
    expect(fresh.join()).not.toMatch(/Escalated|D\.D\.|Dan\b|Dee\b/);
  });

  it('are not for people whom nobody knows here', async () => {
    const stranger = handOf(world, platform, 'stranger');
    const { form, text } = await stranger.chooses('escalate');
    expect(form).toBeUndefined();
    expect(text).toContain('I do not know you here yet');
  });
});

describe.each(platforms)('escalate, typed in a channel of %s', (platform) => {
  let world: World;
  let jon: Hand;
  beforeEach(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9' })]);
    jon = handOf(world, platform, 'jon');
  });
  afterEach(() => world.close());

  it.each(['escalate K7T2-9 crisis', 'escalate', 'escalate Dan Dee'])(
    'is answered to that person only: %s',
    async (line) => {
      const answered = await jon.typesInChannel(line);
      await world.settled();
      const shared = new Set(jon.channel().map(({ id }) => id));
      expect(answered.messages.some(({ id }) => !shared.has(id)) || answered.form !== undefined).toBe(true);
      const channel = jon.channel().map(textOf).join('\n');
      expect(channel).not.toMatch(/Escalated|Who is it about|D\.D\.|Dan\b|Dee\b/);
      for (const other of ['maya', 'sara']) {
        const seen = handOf(world, platform, other).sees().map(textOf).join('\n');
        expect(seen).not.toMatch(/Escalated:|Who is it about/);
      }
      const asked = answered.text + (answered.form?.text ?? '');
      const words = line.split(' ').length > 1;
      expect(asked.includes('Please delete your message in the channel')).toBe(platform === 'teams' && words);
    },
  );
});
