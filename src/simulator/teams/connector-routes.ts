import { timingSafeEqual } from 'node:crypto';
import express, { Router } from 'express';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { checkCard } from './check-card.ts';
import type { Faults, Pace } from './faults.ts';
import { answer, answerStatus, meetFault } from './meet-fault.ts';
import type { NewMessage, TenantState } from './tenant-state.ts';
import { teamsId } from './tenant-state.ts';
import type { LocalConversation } from './types.ts';

const MESSAGE_BYTES = 28 * 1024;

const record = z.record(z.string(), z.unknown());
/** What a bot may send. Anything else in it is a mistake Teams would drop without a word. */
const activitySchema = z.strictObject({
  type: z.literal('message'),
  id: z.string().optional(),
  text: z.string().min(1).max(4000).optional(),
  textFormat: z.enum(['plain', 'markdown', 'xml']).optional(),
  summary: z.string().min(1).max(1000).optional(),
  attachmentLayout: z.enum(['list', 'carousel']).optional(),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        content: record,
        name: z.string().optional(),
      }),
    )
    .min(1)
    .max(1)
    .optional(),
  from: record.optional(),
  recipient: record.refine((recipient) => !('isTargeted' in recipient), 'isTargeted').optional(),
  conversation: record.optional(),
  channelId: z.literal('msteams').optional(),
  serviceUrl: z.string().optional(),
  replyToId: z.string().optional(),
  inputHint: z.string().optional(),
  channelData: record.optional(),
  entities: z.array(z.unknown()).optional(),
  locale: z.string().optional(),
});
const createSchema = z.strictObject({
  isGroup: z.literal(false),
  bot: z.looseObject({ id: z.string() }),
  members: z.array(z.looseObject({ id: z.string() })).length(1),
  tenantId: z.string(),
  channelData: record.optional(),
});

class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface ConnectorOptions {
  readonly state: TenantState;
  readonly faults: Faults;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly token: string;
  readonly tenantId: string;
  readonly botId: string;
}

function sameToken(header: string | undefined, token: string): boolean {
  const [given, right] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === right.length && timingSafeEqual(given, right);
}

function readJson(request: Request): unknown {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes)) throw new Refused(400, 'BadSyntax', 'the body is missing');
  if (bytes.length > MESSAGE_BYTES) throw new Refused(413, 'MessageSizeTooBig', 'the message is too large');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Refused(400, 'BadSyntax', 'the body is no JSON');
  }
}

async function readMessage(request: Request): Promise<NewMessage> {
  const parsed = activitySchema.safeParse(readJson(request));
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => [...issue.path, issue.message].join(' ')).join('; ');
    throw new Refused(400, 'BadArgument', `this is no message: ${where}`);
  }
  const { text, summary, attachments } = parsed.data;
  const card = attachments?.[0]?.content;
  if (text === undefined && card === undefined) throw new Refused(400, 'BadArgument', 'the message is empty');
  if (card !== undefined) {
    const problems = await checkCard(card, 'message');
    if (problems.length > 0) throw new Refused(400, 'BadArgument', problems.join('; '));
    // Without it a phone's notification says "sent a card" and nothing else.
    if (summary === undefined) throw new Refused(400, 'BadArgument', 'a card needs a summary');
  }
  return { from: 'bot', text, summary, card };
}

/** The connector: what the bot calls to write. Strict on purpose; a friendly one would hide mistakes. */
export function createConnectorRoutes(options: ConnectorOptions): Router {
  const { state, faults, pace, clock } = options;

  const conversationOf = (request: Request): LocalConversation => {
    const id = String(request.params['conversation']);
    const found = state.conversation(id.replace(/;messageid=.*$/, ''));
    if (found === undefined) throw new Refused(404, 'ConversationNotFound', 'there is no such conversation');
    if (!found.installed) throw new Refused(403, 'BotNotInConversationRoster', 'the bot is not installed here');
    return found;
  };
  /** The message that is answered: a channel's conversations are threads, and their id says which. */
  const threadOf = (request: Request): string | undefined =>
    /;messageid=(\w+)$/.exec(String(request.params['conversation']))?.[1];
  const ownMessage = (request: Request): string => {
    const { id } = conversationOf(request);
    const message = state.find(String(request.params['activity']));
    if (message === undefined || message.conversation !== id || message.deleted)
      throw new Refused(404, 'ActivityNotFound', 'there is no such message');
    if (message.from !== 'bot') throw new Refused(403, 'Forbidden', 'this message is not of the bot');
    return message.id;
  };
  const memberOf = (id: string): Record<string, unknown>[] =>
    state.users
      .filter((user) => teamsId(user) === id)
      .map((user) => ({
        id,
        name: user.name,
        aadObjectId: user.aadObjectId,
        objectId: user.aadObjectId,
        userRole: user.guest === true ? 'guest' : 'user',
        userPrincipalName: `${user.aadObjectId}${user.guest === true ? '#EXT#' : ''}@local.example`,
        tenantId: user.tenant ?? options.tenantId,
      }));
  const membersOf = (request: Request): Record<string, unknown>[] =>
    conversationOf(request).members.flatMap((member) => memberOf(teamsId(state.user(member))));

  type Handler = (request: Request) => Promise<{ status: number; body?: unknown }> | { status: number; body?: unknown };
  const serve =
    (handler: Handler) =>
    (request: Request, response: Response): void => {
      const work = async (): Promise<void> => {
        if (!sameToken(request.headers.authorization, options.token))
          throw new Refused(401, 'Unauthorized', 'the bearer token is wrong');
        const raw = request.params['conversation'];
        const conversation = raw === undefined ? undefined : String(raw).replace(/;messageid=.*$/, '');
        const doIt = async (): Promise<{ status: number; body?: unknown }> => handler(request);
        const met = faults.take(conversation);
        if (met !== undefined) return meetFault(met, { response, clock, doIt });
        if (conversation !== undefined && request.method !== 'GET' && !pace.allows(conversation))
          return answerStatus(response, { kind: '429', times: 1 });
        answer(response, await doIt());
      };
      work().catch((error: unknown) => {
        const refused = error instanceof Refused ? error : new Refused(500, 'ServiceError', 'the local Teams broke');
        if (!response.headersSent)
          response.status(refused.status).json({ error: { code: refused.code, message: refused.message } });
      });
    };

  const router = Router();
  router.use('/v3', express.raw({ type: () => true, limit: '1mb' }));
  router.post(
    '/v3/conversations',
    serve((request) => {
      const ask = createSchema.safeParse(readJson(request));
      if (!ask.success || ask.data.bot.id !== options.botId)
        throw new Refused(400, 'BadArgument', 'this is no request for a chat');
      if (ask.data.tenantId !== options.tenantId) throw new Refused(403, 'Forbidden', 'this is another tenant');
      const user = state.userByTeamsId(ask.data.members[0]?.id ?? '');
      if (user === undefined) throw new Refused(404, 'MemberNotFound', 'there is no such person');
      const known = state
        .conversations()
        .filter(({ installed, members }) => installed && members.includes(user.aadObjectId));
      if (known.length === 0)
        throw new Refused(403, 'BotNotInConversationRoster', 'the bot is not installed for this person');
      const chat = state.openChat(user.aadObjectId);
      state.setInstalled(chat.id, true);
      return { status: 201, body: { id: chat.id } };
    }),
  );
  const add = serve(async (request) => {
    const { id, kind, members } = conversationOf(request);
    // The account of whom the chat was with is gone.
    if (kind === 'personal' && members.length === 0)
      throw new Refused(403, 'MessageWritesBlocked', 'nobody reads this chat any more');
    const thread = threadOf(request);
    const root = thread === undefined ? undefined : state.find(thread);
    if (thread !== undefined && (root?.conversation !== id || root.deleted))
      throw new Refused(404, 'ActivityNotFound', 'there is no such message to answer to');
    return { status: 201, body: { id: state.add(id, { ...(await readMessage(request)), thread }).id } };
  });
  router.post('/v3/conversations/:conversation/activities', add);
  router.post('/v3/conversations/:conversation/activities/:activity', add);
  router.put(
    '/v3/conversations/:conversation/activities/:activity',
    serve(async (request) => {
      const id = ownMessage(request);
      state.change(id, await readMessage(request));
      return { status: 200, body: { id } };
    }),
  );
  router.delete(
    '/v3/conversations/:conversation/activities/:activity',
    serve((request) => {
      state.erase(ownMessage(request));
      return { status: 200 };
    }),
  );
  router.get(
    '/v3/conversations/:conversation/members',
    serve((request) => ({ status: 200, body: membersOf(request) })),
  );
  router.get(
    '/v3/conversations/:conversation/pagedmembers',
    serve((request) => ({ status: 200, body: { members: membersOf(request) } })),
  );
  router.get(
    '/v3/conversations/:conversation/members/:member',
    serve((request) => {
      const [member] = membersOf(request).filter(({ id, aadObjectId }) =>
        [id, aadObjectId].includes(String(request.params['member'])),
      );
      if (member === undefined) throw new Refused(404, 'MemberNotFoundInConversation', 'there is no such member');
      return { status: 200, body: member };
    }),
  );
  return router;
}
