import express, { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { no, type ApiAnswer, type Method, type Values } from './api-answer.ts';
import { checkMessage } from './check-blocks.ts';
import { checkFiles } from './files.ts';
import type { Faults } from './faults.ts';
import { meetFault } from './meet-fault.ts';
import type { Tickets } from './tickets.ts';
import { BOT, type Workspace } from './workspace.ts';

/** The local Slack's own addresses: `POST /api/<method>` and `POST /respond/<key>`. */
const bodies = [express.urlencoded({ extended: false, limit: '1mb' }), express.json({ limit: '1mb' })];
const record = z.record(z.string(), z.unknown());

function send(response: Response, answer: ApiAnswer): void {
  const { retryAfter, ...body } = answer;
  if (retryAfter !== undefined) response.status(429).set('retry-after', String(retryAfter));
  response.json(body);
}

/** What the bot asks for through a response_url. */
const responseSchema = z.object({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});

function useResponse(workspace: Workspace, tickets: Tickets, key: string, values: Values): ApiAnswer {
  const ticket = tickets.spendResponse(key);
  if ('error' in ticket) return no(ticket.error);
  const read = responseSchema.safeParse(values);
  if (!read.success) return no('invalid_payload');
  const { text, blocks, replace_original, delete_original, response_type, thread_ts } = read.data;
  const original = ticket.message === undefined ? undefined : workspace.messages.get(ticket.message);
  if (delete_original === true) {
    if (original === undefined) return no('no_original');
    workspace.erase(original.ts);
    return { ok: true };
  }
  const message = checkMessage(text, blocks);
  if (!message.ok) return no(message.problem.error);
  const missing = checkFiles(workspace, message.value.blocks);
  if (missing !== undefined) return no(missing.error);
  if (replace_original === true) {
    if (original === undefined) return no('no_original');
    workspace.messages.set(original.ts, { ...original, ...message.value, edited: true });
    return { ok: true };
  }
  const onlyFor = response_type === 'in_channel' ? {} : { onlyFor: ticket.user };
  const thread = thread_ts === undefined ? {} : { thread: thread_ts };
  workspace.post({ channel: ticket.channel, user: BOT, ...message.value, ...onlyFor, ...thread });
  return { ok: true };
}

export function serveWebApi(options: {
  workspace: Workspace;
  tickets: Tickets;
  faults: Faults;
  clock: Clock;
  botToken: string;
  /** Present where Socket Mode is switched on. */
  socket?: { readonly appToken: string; readonly open: () => string } | undefined;
  methods: Readonly<Record<string, Method>>;
}): Router {
  const { workspace, tickets, faults, clock, botToken, socket, methods } = options;

  /** `apps.connections.open` takes the app's own token, and every other method the bot's. */
  function openConnection(token: unknown): ApiAnswer {
    if (token === botToken) return no('not_allowed_token_type');
    if (socket === undefined || token !== socket.appToken) return no('invalid_auth');
    return { ok: true, url: socket.open() };
  }

  function answer(name: string, request: Request, values: Values): ApiAnswer {
    const header = request.get('authorization')?.replace(/^Bearer /, '');
    const token = header ?? values['token'];
    if (token === undefined) return no('not_authed');
    if (name === 'apps.connections.open') return openConnection(token);
    if (token !== botToken) return no('invalid_auth');
    if (!workspace.installed) return no('token_revoked');
    return methods[name]?.(values) ?? no('unknown_method');
  }

  /** Does the work and answers, as far as the faults let it. */
  async function underFaults(name: string, channel: string | undefined, response: Response, work: () => ApiAnswer) {
    const answered = (done: ApiAnswer): void => {
      if (name === 'response_url' && !done.ok) response.status(404).json(done);
      else send(response, done);
    };
    const fault = faults.take(name, channel);
    if (fault === undefined) answered(work());
    else await meetFault(fault, { response, clock, work, send: answered });
  }

  const router = Router();
  router.post('/api/:method', ...bodies, async (request, response) => {
    const values = record.safeParse(request.body).data ?? {};
    const name = request.params['method'] ?? '';
    const channel = typeof values['channel'] === 'string' ? values['channel'] : undefined;
    await underFaults(name, channel, response, () => answer(name, request, values));
  });
  router.post('/respond/:key', ...bodies, async (request, response) => {
    const values = record.safeParse(request.body).data ?? {};
    await underFaults('response_url', undefined, response, () =>
      useResponse(workspace, tickets, request.params['key'] ?? '', values),
    );
  });
  return router;
}
