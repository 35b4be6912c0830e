import type { Activity } from 'botbuilder';
import { CloudAdapter } from 'botbuilder';
import type { AuthenticateRequestResult } from 'botframework-connector';
import { AuthenticationError } from 'botframework-connector';
import { Router } from 'express';
import type { Request, Response } from 'express';
import type { Card } from '../chat/card.ts';
import type { Confirm, Receive } from '../chat/reply.ts';
import type { Sender } from '../feature/sender.ts';
import type { Clock } from '../clock.ts';
import { describeCause } from '../describe-cause.ts';
import type { Log } from '../log.ts';
import { activitySchema } from './activity.ts';
import { TeamsAuthentication, tenantOf } from './authentication.ts';
import type { Destination } from './connector.ts';
import { ConnectorError, createConnector } from './connector.ts';
import { createCredentials } from './credentials.ts';
import type { CredentialOptions } from './credentials.ts';
import type { Desk, Turn } from './desk.ts';
import { cardMessage } from './desk.ts';
import { withDeadline } from './deadline.ts';
import { refuseInvoke, sentences, showText } from './invoke-responses.ts';
import { createTeamsInspector } from './inspect.ts';
import { limits } from './limits.ts';
import { responseTaken } from '../response-taken.ts';
import { bearerOf, rawBody, readJsonObject, refuse, refuseBrokenBody, tokenFirst } from './read-body.ts';
import type { Carried } from './route-turns.ts';
import { CARRIED, createApplication } from './route-turns.ts';
import { isOfNobody, readOrigin, referenceOf } from './read-origin.ts';
import type { References } from './references.ts';
import { createTeamsSender } from './send.ts';
import { createServiceHosts, microsoftServiceHosts } from './service-hosts.ts';

export interface TeamsOptions extends CredentialOptions {
  /** Tenants Baton serves; a request of any other is refused. Default: `tenantId` alone. */
  readonly allowedTenants?: readonly string[];
  readonly openIdMetadataUrl?: string;
  readonly tokenIssuer?: string;
  /** Hosts that may get Baton's token. Default: Microsoft's. */
  readonly allowedServiceHosts?: readonly string[];
  /** Hosts that links in cards may open. Default: every https host. */
  readonly linkHosts?: readonly string[];
  readonly clock: Clock;
  readonly receive: Receive;
  /** Told which answers Teams has taken. Default: nobody asks. */
  readonly confirm?: Confirm;
  readonly references: References;
  readonly log: Log;
  /** Milliseconds one request to the connector may take. Default 8000. */
  readonly connectorTimeoutMs?: number;
  /** Milliseconds after which Teams is answered "working on it". Default 2000. */
  readonly deadlineMs?: number;
}

/** Which message was sent, and where: enough to change it later. */
export interface SentMessage extends Destination {
  readonly activityId: string;
}

export interface Teams {
  /** Serves `POST /api/messages`. */
  readonly router: Router;
  /** Writes to a person's own chat, once: the caller owns every retry. Throws ConnectorError. */
  sendPrivate(tenant: string, user: string, card: Card, page?: number): Promise<SentMessage>;
  /** Writes to a conversation Baton is in, once. Throws ConnectorError. */
  send(to: Destination, card: Card, page?: number): Promise<SentMessage>;
  /** Redraws a message in place. Throws ConnectorError. */
  update(message: SentMessage, card: Card, page?: number): Promise<void>;
  /** Takes a message back. Throws ConnectorError. */
  remove(message: SentMessage): Promise<void>;
  /** For the delivery engine, which owns every retry. */
  readonly sender: Sender;
  /** Resolves when the answers under way are given, those after the HTTP response too. */
  settled(): Promise<void>;
  /** Waits, at most 10 s, for answers under way. */
  stop(): Promise<void>;
}

/**
 * The Microsoft Teams adapter. Throws in words when its settings would leave a door open: no app id (the library
 * would switch verification off), no tenant, or a fixed token with hosts outside this computer.
 */
export function createTeams(options: TeamsOptions): Teams {
  if (options.appId.trim() === '') throw new Error('Teams needs an app id: set MICROSOFT_APP_ID.');
  const tenants = options.allowedTenants ?? (options.tenantId === undefined ? [] : [options.tenantId]);
  if (tenants.every((tenant) => tenant.trim() === ''))
    throw new Error('Teams needs a tenant: set TEAMS_ALLOWED_TENANTS.');
  const hosts = createServiceHosts(options.allowedServiceHosts ?? microsoftServiceHosts);
  if (options.connectorToken !== undefined && !hosts.loopbackOnly) {
    throw new Error(
      'TEAMS_CONNECTOR_TOKEN is for tests: every host in TEAMS_ALLOWED_SERVICE_HOSTS must be a loopback one.',
    );
  }
  const { clock, log, references } = options;
  const credentials = createCredentials(options);
  const connector = createConnector({
    bearer: credentials.bearer,
    hosts,
    timeoutMs: options.connectorTimeoutMs ?? limits.connectorMilliseconds,
  });
  const authentication = new TeamsAuthentication({
    appId: options.appId,
    allowedTenants: tenants,
    hosts,
    credentials: credentials.factory,
    ...(options.openIdMetadataUrl === undefined ? {} : { openIdMetadataUrl: options.openIdMetadataUrl }),
    ...(options.tokenIssuer === undefined ? {} : { tokenIssuer: options.tokenIssuer }),
  });
  const adapter = new CloudAdapter(authentication);
  const underWay = new Set<Promise<unknown>>();
  const desk: Desk = {
    connector,
    references,
    receive: options.receive,
    confirm: options.confirm ?? (() => undefined),
    clock,
    log,
    deadlineMs: options.deadlineMs ?? limits.answerMilliseconds,
    render: options.linkHosts === undefined ? {} : { linkHosts: options.linkHosts },
    background(work) {
      const settled = work
        .catch((error: unknown) => log.error('teams.background-failed', { platform: 'teams', ...describeCause(error) }))
        .finally(() => underWay.delete(settled));
      underWay.add(settled);
    },
  };
  const application = createApplication(desk);

  async function handle(request: Request, response: Response): Promise<void> {
    const bytes: unknown = request.body;
    const body = Buffer.isBuffer(bytes) ? readJsonObject(bytes) : undefined;
    if (!Buffer.isBuffer(bytes) || body === undefined || typeof body['type'] !== 'string') return refuse(response, 400);
    const authorization = bearerOf(request);
    if (authorization === undefined) return refuse(response, 401);
    // The library types an activity by all its fields; what Baton reads of it is checked by its own schema below.
    const claimed = body as unknown as Activity;
    const verified = await authentication.authenticateRequest(claimed, authorization);
    const activity = activitySchema.safeParse(body);
    const tenant = tenantOf(body);
    if (!activity.success || tenant === undefined) return refuse(response, 400);

    const origin = readOrigin(activity.data, tenant, bytes);
    const turn: Turn = { activity: activity.data, origin, taken: responseTaken(response) };
    const carried: Carried = { turn };
    try {
      await answer(verified, claimed, carried, response);
    } finally {
      // After the answer, which it would only hold up.
      if (turn.origin.place.kind === 'direct' && turn.activity.action !== 'remove' && !isOfNobody(turn.activity)) {
        const added = turn.activity.type === 'installationUpdate';
        desk.background(references.save(tenant, turn.origin.user, referenceOf(turn.activity), added));
      }
    }
  }

  async function answer(
    verified: AuthenticateRequestResult,
    claimed: Activity,
    carried: Carried,
    response: Response,
  ): Promise<void> {
    await adapter.processActivityDirect(verified, claimed, async (context) => {
      context.turnState.set(CARRIED, carried);
      await application.run(context);
    });
    const { status, body } =
      carried.response ?? (carried.turn.activity.type === 'invoke' ? refuseInvoke : { status: 200, body: undefined });
    if (body === undefined) response.status(status).end();
    else response.status(status).json(body);
  }

  const router = Router();
  const couldBe = (authorization: string): boolean => authentication.couldBe(authorization);
  router.post('/api/messages', tokenFirst({ couldBe, log }), ...rawBody, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      const stranger = error instanceof AuthenticationError;
      if (stranger) log.warn('teams.refused', { platform: 'teams', status: 401 });
      else log.error('teams.failed', { platform: 'teams', code: 'unexpected', ...describeCause(error) });
      if (stranger) refuse(response, 401);
      // People see a sentence instead of the client's generic error; nothing of the reason is told.
      else if (!response.headersSent) response.status(200).json(showText(sentences.failed).body);
    });
  });
  router.all('/api/messages', (_request, response) => {
    response.setHeader('Allow', 'POST');
    refuse(response, 405);
  });
  router.use(refuseBrokenBody);

  const sendTo = async (to: Destination, card: Card, page?: number): Promise<SentMessage> => ({
    serviceUrl: to.serviceUrl,
    conversationId: to.conversationId,
    activityId: await connector.send(to, cardMessage(desk, card, page)),
  });
  return {
    router,
    async sendPrivate(tenant, user, card, page) {
      const reference = await references.find(tenant, user);
      if (reference === undefined) throw new ConnectorError('no-chat');
      return sendTo(reference, card, page);
    },
    send: sendTo,
    async update(message, card, page) {
      await connector.update(message, message.activityId, cardMessage(desk, card, page));
    },
    async remove(message) {
      await connector.remove(message, message.activityId);
    },
    sender: {
      ...createTeamsSender({ connector, references, draw: (card) => cardMessage(desk, card) }),
      ...createTeamsInspector({ connector, references }),
    },
    async settled() {
      await Promise.all([...underWay]);
    },
    async stop() {
      await withDeadline(clock, 10_000, Promise.all([...underWay]));
    },
  };
}
