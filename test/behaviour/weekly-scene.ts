import { aClient, enrol } from '../helpers/organisation.ts';
import { slackChannel, teamsChannel, type World } from '../helpers/world.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { flat } from './refer-scene.ts';

export const HOUR = 3_600_000;

/** Time passes: what becomes due by then is made and sent. */
export async function pass(world: World, hours: number): Promise<void> {
  world.clock.advance(hours * HOUR);
  await world.service.tick();
  await world.settled();
  await world.service.delivered();
}

/** Tuesday 17 November, 09:00 in New York: a week that its post shows on Monday the 23rd at 07:45. */
export const tuesday = '2026-11-17T14:00:00Z';
export const untilMonday = 6 * 24 - 1.25;

/** Three clients of East, and what became of them until Wednesday noon. */
export async function liveThroughTheWeek(world: World, maya: Hand, jon: Hand): Promise<void> {
  await enrol(world.store, world.clock, [
    { ...aClient({ code: 'K7T2-9', name: 'Dan Dee', tier: 'high' }), dueOn: '2026-11-17' },
    { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-18' },
    {
      ...aClient({ code: 'P0Q8-7', name: 'Fay Fox', born: '1990-05-05', tier: 'low', coordinator: 'jon' }),
      dueOn: '2026-11-19',
    },
  ]);
  for (const how of ['phone no-answer', 'text left-message', 'visit no-show']) {
    await maya.types(`log K7T2-9 ${how} fu 2026-11-20`);
    await pass(world, 2);
  }
  await jon.types('log P0Q8-7 phone reached 20m fu 2026-12-04');
  await maya.types('log M4XR-1 video reached 45m fu 2026-12-02');
  // 20:00: after hours.
  await pass(world, 5);
  await maya.types('log M4XR-1 phone reached 5m fu 2026-12-02');
}

const direct = (hand: Hand): readonly string[] => {
  const shared = new Set(hand.channel().map((message) => message.id));
  return hand
    .sees()
    .filter((message) => !shared.has(message.id))
    .map((message) => flat(textOf(message)));
};

/** The weeks and reports a person has in their own messages. */
export const weeksOf = (hand: Hand): readonly string[] => direct(hand).filter((text) => / · \d+–\d+ \w+/.test(text));
export const placeOf = (hand: Hand): readonly string[] => hand.channel().map((message) => flat(textOf(message)));

/** Pictures as they stand in a person's messages (or in the channel): their bytes and their words. */
export async function picturesOf(
  world: World,
  hand: Hand,
  where: 'direct' | 'channel' = 'direct',
): Promise<readonly { readonly png: Uint8Array; readonly alt: string }[]> {
  return hand.platform === 'slack' ? slackPictures(world, hand, where) : teamsPictures(world, hand, where);
}

async function slackPictures(world: World, hand: Hand, where: 'direct' | 'channel') {
  const user = `U0${hand.person.toUpperCase()}`;
  const place = where === 'channel' ? slackChannel : world.slack.direct(user);
  const blocks = world.slack.messages(place, user).flatMap((message) => message.blocks);
  const pictures = [];
  for (const block of blocks) {
    if (block.type !== 'image' || block.slack_file === undefined) continue;
    const response = await fetch(`${world.service.url}/local/slack/files/${block.slack_file.id}`);
    pictures.push({ png: new Uint8Array(await response.arrayBuffer()), alt: block.alt_text });
  }
  return pictures;
}

async function teamsPictures(world: World, hand: Hand, where: 'direct' | 'channel') {
  const found: { png: Uint8Array; alt: string }[] = [];
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) return part.forEach(walk);
    if (typeof part !== 'object' || part === null) return;
    if ('type' in part && part.type === 'Image' && 'url' in part && 'altText' in part) {
      const [, data = ''] = String(part.url).split('base64,');
      found.push({ png: new Uint8Array(Buffer.from(data, 'base64')), alt: String(part.altText) });
    }
    Object.values(part).forEach(walk);
  };
  const user = teamsUsers[hand.person];
  const place = where === 'channel' ? teamsChannel : user && world.teams.chatOf(user);
  for (const message of place === undefined ? [] : world.teams.messages(place, user)) walk(message.card);
  return Promise.resolve(found);
}
const teamsUsers: Readonly<Record<string, string>> = {
  dana: '0a000000-0000-4000-8000-00000000b004',
  maya: '0a000000-0000-4000-8000-0000000000a1',
  bea: '0a000000-0000-4000-8000-0000000000a4',
};
