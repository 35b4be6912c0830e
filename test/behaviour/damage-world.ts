import { insertImportedRows } from '../../src/care/caseloads/records.ts';
import { createSlackInstallations } from '../../src/store/slack-installations.ts';
import { send, type RawRequest } from '../faults/raw-requests.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand, type Screen } from '../helpers/screen.ts';
import { openWorld, slackTenant, type World } from '../helpers/world.ts';
import { typedLine } from './late-answers-scene.ts';
import { flat, follow, onlyOn } from './refer-scene.ts';

const minute = 60_000;
type Platform = 'slack' | 'teams';

/** An organisation in which something stands in every sealed column. */
export interface DamageWorld {
  readonly world: World;
  readonly hands: Readonly<Record<'maya' | 'jon' | 'sara' | 'dana', Hand>>;
  /** Client K7T2-9. */
  readonly dan: string;
  /** The token of an installed workspace. */
  readonly token: () => Promise<string | undefined>;
  /** A request that was answered; sending it again. */
  repeats(): Promise<string>;
  after(act: Promise<Screen>): Promise<Screen>;
}

/** Monday 07:30 in New York until the huddle of Tuesday 09:00, whose first item is Dan Dee (K7T2-9). */
export async function openDamageWorld(platform: Platform): Promise<DamageWorld> {
  const world = await openWorld({
    at: '2026-11-23T12:30:00Z',
    organisation: (text) =>
      text.replace(
        '{ id: sara, name: Sara Lindqvist, roles: [coordinator],',
        '{ id: sara, name: Sara Lindqvist, roles: [psychiatric-consultant, prescriber], qualifications: [{ kind: psychiatrist, from: "2020-01-01" }],',
      ),
  });
  const hand = (person: string): Promise<Hand> => onlyOn(world, platform, person);
  const hands = {
    maya: await hand('maya'),
    jon: await hand('jon'),
    sara: await hand('sara'),
    dana: await hand('dana'),
  };
  const { maya, jon, sara, dana } = hands;
  const after = (act: Promise<Screen>): Promise<Screen> => follow(world, act);
  const [first] = await enrol(world.store, world.clock, [
    { ...aClient({ code: 'K7T2-9', name: 'Dan Dee', background: 'Moved here in May.' }), dueOn: '2026-11-23' },
    { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-23' },
  ]);
  const dan = first?.id ?? '';
  await world.store.inOrganisation('riverside', (tx) =>
    insertImportedRows(tx, [{ content: 'Dan Dee;1974-03-01', client: dan }], world.clock.now()),
  );
  await passes(world, 16);
  await after(dana.presses('Mark reviewed'));
  await after(dana.fills({ action: 'outreach-planned', words: 'Knock at the green door.' }));

  // 09:00: everybody is at work.
  await passes(world, 74);
  await maya.types('log K7T2-9 phone');
  await maya.fills({ outcome: 'reached', minutes: '15', note: 'He spoke of his brother.' });
  await maya.types('refer K7T2-9');
  await after(maya.fills({ colleague: 'people:Jon', question: 'Could he join the group?', urgency: 'routine' }));
  await after(jon.presses('Ask'));
  await after(jon.fills({ words: 'Which evening?' }));
  await maya.types('escalate K7T2-9');
  await after(maya.fills({ severity: 'concern', note: 'He did not open.' }));
  await maya.types('escalate list');
  await after(maya.presses('Open', 'K7T2-9'));
  await maya.presses('Add note');
  await after(maya.fills({ words: 'The light was on.' }));
  await maya.types('escalate');
  await after(maya.fills({ severity: 'concern', about: 'Man at the river' }));
  await jon.types('client K7T2-9');
  await jon.presses('Request discussion');
  await after(jon.fills({ reason: 'stuck', words: 'Who visits him?' }));

  await passes(world, 24 * 60);
  await maya.presses('Recommendation…');
  await after(maya.fills({ kind: 'prescriber-to-review', to: 'sara', words: 'Ask about the nights.' }));
  await maya.presses('Decide…');
  await after(maya.fills({ what: 'visit-client', owner: 'jon', due: '2026-11-25', words: 'Ring twice.' }));
  await sara.presses('Read the note');

  const installations = createSlackInstallations(world.store, world.clock);
  await installations.save({
    ...{ tenant: slackTenant, botToken: 'xoxb-first', installedAt: world.clock.now() },
    ...{ installedBy: 'U0SARA', state: 'state-of-the-test' },
  });
  const request = await typedLine(world, platform, 'caseload', 'damage-1');
  await sends(world, request);
  return {
    ...{ world, hands, after, dan },
    token: () => installations.botToken(slackTenant),
    async repeats() {
      const before = new Map(maya.sees().map((one) => [one.id, textOf(one)]));
      await sends(world, request);
      const fresh = maya.sees().filter((one) => before.get(one.id) !== textOf(one));
      return flat(fresh.map(textOf).join('\n'));
    },
  };
}

async function passes(world: World, minutes: number): Promise<void> {
  world.clock.advance(minutes * minute);
  await world.service.tick();
  await world.service.tick();
  await world.settled();
}

async function sends(world: World, request: RawRequest): Promise<void> {
  await send(world.service.url, request);
  await world.settled();
}
