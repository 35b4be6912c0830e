import { z } from 'zod';
import { wallClock } from '../../src/clock.ts';
import { signedRequest } from '../../src/simulator/slack/sign-request.ts';
import { readBlocks } from '../helpers/read-slack.ts';
import { readCard } from '../helpers/read-teams.ts';
import { slackTenant, type Coordinator } from './organisation.ts';
import { signingSecret, type Platforms } from './platforms.ts';

/** One contact somebody wants logged; client and minutes together are never used twice, so it can be recognised. */
export interface Order {
  readonly person: Coordinator;
  readonly client: string;
  readonly minutes: number;
}
export const keyOf = ({ client, minutes }: { client: string; minutes: number | null }): string =>
  `${client} ${minutes}`;

/** What came of one try. */
export type Tried = 'logged' | 'working' | 'failed' | 'nothing';

/** One delivery of a platform, to be sent as often as it takes: always the same bytes under the same id. */
export interface Delivery {
  send(service: string): Promise<Tried>;
  /** What the person has read so far. */
  read(): Tried;
}

const slackWaits = 3_000;
const teamsWaits = 10_000;
const blocksSchema = z.looseObject({ blocks: z.array(z.unknown()).default([]) });

/** What a text says about an order; throws on any answer this stream cannot lead to. */
function judge(text: string, order: Order): Tried {
  if (text === '') return 'nothing';
  const said = /^Logged: (\S+) .* (\d+) min/.exec(text);
  if (said !== null) {
    if (said[1] === order.client && Number(said[2]) === order.minutes) return 'logged';
    throw new Error('a person was told about a contact of somebody else');
  }
  if (text.startsWith('Working on it')) return 'working';
  if (/^(?:Something went wrong|That did not work)/.test(text)) return 'failed';
  throw new Error(`an answer nobody expected: ${text}`);
}

const textOf = (pieces: ReturnType<typeof readBlocks>): string =>
  pieces.flatMap((piece) => (piece.kind === 'text' ? [piece.text] : [])).join('\n');
/** Of several answers the best counts: a person who was told is told. */
const best = (list: readonly Tried[]): Tried =>
  (['logged', 'failed', 'working'] as const).find((one) => list.includes(one)) ?? 'nothing';

const command = ({ client, minutes }: Order): string => `log ${client} phone reached ${minutes}m`;

export function slackDelivery(platforms: Platforms, order: Order): Delivery {
  const { url, bodies } = platforms.answers(`${order.client}-${order.minutes}`);
  const request = signedRequest(
    new URLSearchParams({
      team_id: slackTenant,
      channel_id: `D${order.person.user.slice(1)}`,
      channel_name: 'directmessage',
      user_id: order.person.user,
      command: '/care',
      text: command(order),
      response_url: url,
      trigger_id: `1.${order.person.user}`,
    }).toString(),
    { secret: signingSecret, at: Math.floor(wallClock.wallNow().getTime() / 1_000), type: 'form' },
  );
  const readBody = (body: unknown): Tried => {
    const parsed = blocksSchema.safeParse(body);
    return parsed.success ? judge(textOf(readBlocks(parsed.data.blocks)), order) : 'nothing';
  };
  const read = (): Tried => best(bodies.map(readBody));
  return {
    read,
    async send(service) {
      const answered = await attempt(`${service}/slack/events`, request, slackWaits);
      if (answered === undefined) return 'nothing';
      const direct = answered === '' ? 'nothing' : readBody(JSON.parse(answered));
      return best([direct, read()]);
    },
  };
}

export async function teamsDelivery(platforms: Platforms, order: Order): Promise<Delivery> {
  const { teams } = platforms;
  const { user } = order.person;
  const body = JSON.stringify(teams.activity({ user, text: command(order) }));
  const token = await teams.token();
  const chat = teams.chatOf(user) ?? '';
  const mine = new RegExp(`^Logged: ${order.client} .* ${order.minutes} min`);
  const before = teams.messages(chat).length;
  const read = (): Tried =>
    best(
      teams
        .messages(chat)
        .slice(before)
        .map((message) => message.text ?? textOf(readCard(message.card)))
        // What a kill kept from arriving comes later, with a line that says so.
        .map((text) => text.replace(/^My answer to what you did .*\n/, ''))
        // The chat is the person's, and holds the answers to their other lines too.
        .map((text) => (text.startsWith('Logged:') && !mine.test(text) ? 'nothing' : judge(text, order))),
    );
  return {
    read,
    async send(service) {
      const answered = await attempt(
        `${service}/api/messages`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
          body,
        },
        teamsWaits,
      );
      return answered === undefined ? 'nothing' : read();
    },
  };
}

/** The body of a 200, undefined when there was no answer; any other status is a bug of the service. */
async function attempt(url: string, request: RequestInit, patience: number): Promise<string | undefined> {
  let response: Response;
  try {
    response = await fetch(url, { ...request, signal: AbortSignal.timeout(patience) });
    const body = await response.text();
    if (response.status === 200) return body;
  } catch {
    return undefined;
  }
  throw new Error(`the service answered ${response.status}`);
}
