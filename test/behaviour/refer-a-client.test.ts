import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand, type Screen } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { auditOf } from './reach-scene.ts';
import { copyOf, flat, follow, onlyOn } from './refer-scene.ts';

describe.each(platforms)('a referral between two colleagues on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;
  let sara: Hand;
  beforeAll(async () => {
    world = await openWorld();
    maya = await onlyOn(world, platform, 'maya');
    jon = await onlyOn(world, platform, 'jon');
    sara = await onlyOn(world, platform, 'sara');
    await enrol(world.store, world.clock, [
      aClient({ code: 'K7T2-9', name: 'Dan Dee' }),
      aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }),
    ]);
  });
  afterAll(() => world.close());
  const then = (act: Promise<Screen>): Promise<Screen> => follow(world, act);
  const reads = async (hand: Hand): Promise<string> =>
    flat((await then(hand.presses('Read the note', 'Referral: K7T2-9'))).text);

  it('is asked in one line, and says who must act next, by when', async () => {
    const screen = await then(maya.types('refer K7T2-9 to @jon urgent'));
    expect(screen.text).toContain(
      'Referred: K7T2-9 · D.D. born 1974 · to Jon Reyes, urgent · next Jon Reyes, accept or decline, by Tue 24 Nov 09:00',
    );
  });

  it('reaches the person asked, with what they may do now, and stands with who asked', async () => {
    const card = await copyOf(world, jon, 'K7T2-9');
    expect(card.text).toContain('Referral K7T2-9 · D.D. born 1974 From Maya Torres To Jon Reyes Urgency urgent');
    expect(card.text).toContain('Next Jon Reyes, accept or decline, by Tue 24 Nov 09:00');
    expect(card.buttons).toEqual(['Accept', 'Ask', 'Decline', 'More']);
    const own = await copyOf(world, maya, 'K7T2-9');
    expect(own.text).toContain('Next Jon Reyes, accept or decline, by Tue 24 Nov 09:00');
    expect(own.buttons).toEqual(['More']);
  });

  it('is the requester’s turn while a question waits; its words are for the two sides only, by a tap', async () => {
    await then(jon.presses('Ask'));
    expect((await then(jon.fills({ words: 'Is the lease in her name?' }))).text).toContain(
      'Asked: K7T2-9 · D.D. born 1974 · next Maya Torres, answer the question, by Tue 24 Nov 09:00',
    );
    for (const side of [maya, jon]) {
      const card = await copyOf(world, side, 'K7T2-9');
      expect(card.text).not.toContain('lease');
      expect(await reads(side)).toContain('Jon Reyes, asks Is the lease in her name?');
      expect(card.text).toContain('A question is waiting.');
      expect(card.text).toContain('Next Maya Torres, answer the question');
    }
    await then(sara.types('client K7T2-9'));
    expect((await then(sara.presses('Open referral'))).text).toContain('Maya Torres, answer the question');
    expect(sara.sees().map(textOf).join('\n')).not.toContain('lease');
  });

  it('is the receiver’s turn again once it is answered', async () => {
    const form = await then(maya.presses('Answer'));
    expect(form.form?.text).toContain('Jon Reyes asks: Is the lease in her name?');
    await then(maya.fills({ words: 'Yes, since May.' }));
    const card = await copyOf(world, jon, 'K7T2-9');
    expect(card.text).not.toContain('since May');
    expect(await reads(jon)).toContain('Maya Torres, says Yes, since May.');
    expect(card.text).toContain('Next Jon Reyes, accept or decline');
    expect(card.text).not.toContain('A question is waiting.');
  });

  it('is accepted by one tap, and every copy says so', async () => {
    await then(jon.presses('Accept'));
    const card = await copyOf(world, jon, 'K7T2-9');
    expect(card.text).toContain('State accepted Next Jon Reyes, make the first contact, by Wed 25 Nov 09:00');
    expect(card.buttons).toEqual(['Start', 'Outcome', 'Hold', 'Ask', 'Read the note', 'More']);
    expect((await copyOf(world, maya, 'K7T2-9')).text).toContain('State accepted Next Jon Reyes, make the first');
  });

  it('is begun, put on hold with a reason, resumed, and ended with an outcome', async () => {
    await then(jon.presses('Start'));
    expect((await copyOf(world, maya, 'K7T2-9')).text).toContain('Jon Reyes, say what came of it, by Mon 7 Dec 09:00');
    await then(jon.presses('Hold'));
    await then(jon.fills({ reason: 'transport' }));
    expect((await copyOf(world, maya, 'K7T2-9')).text).toContain('State on hold transport Next Jon Reyes, resume it');
    await then(jon.presses('Resume'));
    await then(jon.presses('Outcome'));
    const done = await then(jon.fills({ reason: 'engaged', words: 'First visit done' }));
    expect(done.text).toContain('Completed: K7T2-9 · D.D. born 1974 · next Maya Torres, close it');
  });

  it('is closed by who asked, and then waits on nobody', async () => {
    const card = await copyOf(world, maya, 'K7T2-9');
    expect(card.text).toContain('State completed engaged Next Maya Torres, close it');
    expect(card.text).not.toContain('First visit');
    expect(await reads(maya)).toContain('Jon Reyes, completed First visit done');
    expect((await auditOf(world, 'note.read')).at(-1)).toMatchObject({ actor: 'maya', subjectKind: 'referral' });
    await then(maya.presses('Close'));
    for (const side of [maya, jon]) {
      expect((await copyOf(world, side, 'K7T2-9')).text).toContain('State closed engaged Next nobody, it is finished');
      expect((await then(side.types('refer list'))).text).toContain('No referral waits on you.');
    }
  });

  it('tells whoever comes second who was first, and changes nothing', async () => {
    await then(maya.types('refer M4XR-1 to @jon'));
    await then(maya.presses('More', 'M4XR-1'));
    await then(maya.presses('Cancel'));
    const accepting = jon.presses('Accept', 'M4XR-1');
    const cancelling = maya.fills({ reason: 'client-declined' });
    const screens = await Promise.all([accepting, cancelling]);
    await then(maya.types('refer list'));
    const said = screens
      .map((screen) => `${screen.text}\n${Object.values(screen.form?.errors ?? {}).join()}`)
      .join('\n');
    expect(said).toMatch(
      /(Maya Torres|Jon Reyes) was first. The referral of M4XR-1 is (cancelled|accepted) now. Nothing was changed by you./,
    );
    const state = (await copyOf(world, maya, 'M4XR-1')).text.match(/State (accepted|cancelled)/)?.[1];
    expect(said).toContain(`is ${state} now`);
  });

  it('is declined with a coded reason, and asked of somebody else with what is known filled in', async () => {
    await then(sara.types('refer K7T2-9 to @jon crisis for housing'));
    await then(jon.presses('Decline', 'From'));
    const vague = await then(jon.fills({ reason: 'other' }));
    expect(vague.form?.errors).toEqual({ words: 'Please say in a few words what it was.' });
    expect((await then(jon.fills({ reason: 'no-capacity' }))).text).toContain(
      'Declined: K7T2-9 · D.D. born 1974 · next Sara Lindqvist, close it or refer elsewhere, by Mon 23 Nov 13:00',
    );
    const form = await then(sara.presses('Refer elsewhere'));
    expect(form.form?.initial).toMatchObject({ urgency: 'crisis', service: 'housing' });
    const again = await then(sara.fills({ to: 'person:maya', question: 'A bed for tonight' }));
    expect(again.text).toContain('Referred: K7T2-9 · D.D. born 1974 · to Maya Torres, crisis');
    const list = await then(sara.types('refer list'));
    expect(list.text).toContain('Waiting on others: 1');
    expect(list.text).toContain('No referral waits on you.');
  });

  it('stands on the client’s card, and is opened there', async () => {
    const card = await then(maya.types('client K7T2-9'));
    expect(flat(card.text)).toContain('Open referrals 1');
    expect(card.text).toContain('K7T2-9 · D.D. born 1974 · Maya Torres · crisis');
    expect(card.buttons).toContain('Refer');
    expect((await then(maya.presses('Open referral', 'crisis'))).text).toContain('What is asked: A bed for tonight');
  });
});
