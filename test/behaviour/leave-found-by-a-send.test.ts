import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postNote, createNotes, type Notes } from '../delivery/posting.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { handOf, openWorld, type World } from '../helpers/world.ts';
import { accounts, audited } from './leave-scene.ts';

describe('somebody who left without a word is found when they are written to', () => {
  let world: World;
  let notes: Notes;
  beforeEach(async () => {
    notes = createNotes();
    notes.texts.set('one', 'first words');
    world = await openWorld({ cards: notes.cards });
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9', coordinator: 'jon' })]);
  });
  afterEach(() => world.close());
  const coordinators = (): Promise<readonly string[]> =>
    world.store.inOrganisation('riverside', async (tx) =>
      (await tx.db.coordinatorAssignment.findMany({ where: { endedAt: null } })).map(({ personId }) => personId),
    );
  const only = (workspace: 'rs-slack' | 'rs-teams'): Promise<unknown> =>
    world.store.inOrganisation('riverside', (tx) =>
      tx.db.identity.deleteMany({ where: { personId: 'jon', workspaceId: { not: workspace } } }),
    );
  const write = async (): Promise<void> => {
    await postNote(world, 'one', { to: { person: 'jon' } });
    await world.delivered();
  };

  it('on Slack, deactivated unheard: their clients are the supervisor’s at that moment', async () => {
    // The notice of it was lost: nobody but the platform knows.
    world.slack.changeUser(accounts.jon.slack, { deleted: true });
    await write();
    expect(await coordinators()).toEqual(['dana']);
    expect(await audited(world, ['person.left'])).toEqual(['slack person.left jon']);
  });

  it('on Teams, with a chat nobody reads any more', async () => {
    await only('rs-teams');
    world.teams.close({ user: accounts.jon.teams });
    await write();
    expect(await coordinators()).toEqual(['dana']);
    expect(await audited(world, ['person.left'])).toEqual(['teams person.left jon']);
  });

  it('on Teams, a chat somebody only took Baton out of is no departure', async () => {
    await only('rs-teams');
    await world.teams.uninstall({ user: accounts.jon.teams });
    await world.settled();
    await write();
    expect(await coordinators()).toEqual(['jon']);
  });

  it('Slack’s "account inactive" about our own token makes nobody a leaver', async () => {
    world.slack.faults.set([{ kind: 'error:account_inactive', times: 100 }]);
    await write();
    expect(await coordinators()).toEqual(['jon']);
    expect(await audited(world, ['person.left'])).toEqual([]);
  });

  it('an account nobody has is a mistake of the file while the person is reached elsewhere', async () => {
    world.slack.changeUser(accounts.jon.slack, { missing: true });
    await write();
    expect(await coordinators()).toEqual(['jon']);
  });

  it('an account nobody ever acted with is a mistake of the file, too', async () => {
    await only('rs-slack');
    world.slack.changeUser(accounts.jon.slack, { missing: true });
    await write();
    expect(await coordinators()).toEqual(['jon']);
  });

  it('an account nobody has any more, and no other: they have left', async () => {
    await only('rs-slack');
    await handOf(world, 'slack', 'jon').types('help');
    world.slack.changeUser(accounts.jon.slack, { missing: true });
    await write();
    expect(await coordinators()).toEqual(['dana']);
    const rows = await world.store.inOrganisation('riverside', (tx) => tx.db.departure.findMany());
    expect(rows).toMatchObject([{ personId: 'jon', reason: 'unreachable', heirId: 'dana' }]);
  });
});
