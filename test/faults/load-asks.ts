import { wallClock } from '../../src/clock.ts';
import { signedRequest } from '../../src/simulator/slack/sign-request.ts';
import { readBlocks } from '../helpers/read-slack.ts';
import { readCard } from '../helpers/read-teams.ts';
import { slackTenant, type Coordinator } from './organisation.ts';
import { signingSecret, type Platforms } from './platforms.ts';

/** One thing somebody asks for, once. A client and minutes are never used twice, nor a client that is escalated. */
export interface Ask {
  readonly number: number;
  readonly person: Coordinator;
  readonly kind: 'log' | 'escalate' | 'look';
  /** Empty where nothing is asked about one. */
  readonly client: string;
  readonly minutes: number;
  /** How it is asked: a slash command, a message typed to Baton on Slack, a message on Teams. */
  readonly way: 'slash' | 'typed' | 'teams';
}

/** What came back within the request. `undefined`: no 200 in the time the platform waits. */
export type Said = string | undefined;

/** How long each platform waits for a 200, in milliseconds. */
const waits = { slash: 3_000, typed: 3_000, teams: 15_000 } as const;
/** Slack sends an event again that nobody took: at once, a minute later and five minutes later. Here it hurries. */
const againAfter = { slash: [], typed: [0, 5_000, 15_000], teams: [] } as const;

const wordsOf = ({ kind, client, minutes, number }: Ask): string =>
  ({
    log: `log ${client} phone reached ${minutes}m`,
    escalate: `escalate ${client} crisis`,
    look: number % 2 === 0 ? 'next' : 'help',
  })[kind];

/** Where the answers of an ask's response_url come in. */
const answersOf = (platforms: Platforms, { number }: Ask): ReturnType<Platforms['answers']> =>
  platforms.answers(`ask-${number}`);

/** Asks, and asks again as the platform does. `service`: where it listens at that moment. */
export async function send(platforms: Platforms, ask: Ask, service: () => string): Promise<Said> {
  const make = await requestOf(platforms, ask);
  for (const pause of [undefined, ...againAfter[ask.way]]) {
    if (pause !== undefined) await wallClock.pause(pause);
    const path = ask.way === 'teams' ? '/api/messages' : '/slack/events';
    const said = await attempt(`${service()}${path}`, make(), waits[ask.way]);
    if (said !== undefined) return said;
  }
  return undefined;
}

/** The same bytes under the same id each time; Slack signs each time anew. */
async function requestOf(platforms: Platforms, ask: Ask): Promise<() => RequestInit> {
  const { person, number, way } = ask;
  const text = wordsOf(ask);
  const { user } = person;
  const now = (): number => Math.floor(wallClock.wallNow().getTime() / 1_000);
  if (way === 'teams') {
    const body = JSON.stringify(platforms.teams.activity({ user, text }));
    const authorization = `Bearer ${await platforms.teams.token()}`;
    const headers = { 'content-type': 'application/json; charset=utf-8', authorization };
    return () => ({ method: 'POST', headers, body });
  }
  const channel = platforms.slack.direct(user);
  if (way === 'slash') {
    const body = new URLSearchParams({
      ...{ team_id: slackTenant, channel_id: channel, channel_name: 'directmessage', user_id: user },
      ...{ command: '/care', text, trigger_id: `${number}.${user}`, response_url: answersOf(platforms, ask).url },
    }).toString();
    return () => signedRequest(body, { secret: signingSecret, at: now(), type: 'form' });
  }
  const event = {
    ...{ type: 'message', channel_type: 'im', channel, user, text, team: slackTenant, user_team: slackTenant },
    ts: `1700000000.${String(number).padStart(6, '0')}`,
  };
  const head = { team_id: slackTenant, api_app_id: 'ABATON', type: 'event_callback', event_id: `Ev${number}` };
  const body = JSON.stringify({ ...head, event_time: now(), event });
  return () => signedRequest(body, { secret: signingSecret, at: now(), type: 'json' });
}

async function attempt(url: string, request: RequestInit, patience: number): Promise<Said> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(patience) });
    const body = await response.text();
    if (response.status === 200) return body;
    // Turned away, and not to be told: it was not taken. Anything else is no answer of ours.
    if (response.status < 500) throw new Error(`the service answered ${response.status}: ${body}`);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('the service answered')) throw error;
  }
  return undefined;
}

type Pieces = ReturnType<typeof readBlocks>;
const textOf = (pieces: Pieces): string =>
  pieces.flatMap((piece) => (piece.kind === 'text' ? [piece.text] : [])).join('\n');
const blocksIn = (body: unknown): readonly unknown[] => {
  const blocks: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'blocks') : undefined;
  return Array.isArray(blocks) ? blocks : [];
};

/** Everything that person has read from Baton in their own conversation. */
function conversationOf(platforms: Platforms, { platform, user }: Coordinator): readonly string[] {
  const { slack, teams } = platforms;
  return platform === 'slack'
    ? slack.messages(slack.direct(user), user).map(({ blocks }) => textOf(readBlocks(blocks)))
    : teams.messages(teams.chatOf(user) ?? '').map(({ text, card }) => text ?? textOf(readCard(card)));
}

const turnedAway = /busy just now/;

/**
 * Those that were taken: a 200 came in time, and nobody was told that nothing was saved. On Teams and in a conversation
 * that is a message of its own, and so many of that person's are not counted that nothing came of.
 */
export function listTaken(
  platforms: Platforms,
  asked: ReadonlyMap<Ask, Said>,
  isThere: (ask: Ask) => boolean,
): readonly Ask[] {
  const away = new Map(
    [...asked.keys()].map(({ person }) => [
      person.id,
      conversationOf(platforms, person).filter((text) => turnedAway.test(text)).length,
    ]),
  );
  return [...asked].flatMap(([ask, said]) => {
    if (ask.kind === 'look' || said === undefined || turnedAway.test(said)) return [];
    const left = away.get(ask.person.id) ?? 0;
    if (ask.way === 'slash' || left === 0 || isThere(ask)) return [ask];
    away.set(ask.person.id, left - 1);
    return [];
  });
}

/** How often the person of each ask was told that it is done, wherever they could read it. */
export function countTold(platforms: Platforms, asked: ReadonlyMap<Ask, Said>): ReadonlyMap<Ask, number> {
  const read = new Map<string, readonly string[]>();
  return new Map(
    [...asked].map(([ask, said]) => {
      const conversation = read.get(ask.person.id) ?? conversationOf(platforms, ask.person);
      read.set(ask.person.id, conversation);
      const direct = said?.startsWith('{') === true ? [textOf(readBlocks(blocksIn(JSON.parse(said))))] : [];
      const later = answersOf(platforms, ask).bodies.map((body) => textOf(readBlocks(blocksIn(body))));
      const done =
        ask.kind === 'log'
          ? new RegExp(`Logged: ${ask.client} .* ${ask.minutes} min`)
          : new RegExp(`Escalated: ${ask.client}`);
      return [ask, [...direct, ...later, ...conversation].filter((text) => done.test(text)).length];
    }),
  );
}
