import { Router } from 'express';
import type { Card } from '../chat/card.ts';
import type { Confirm, Receive } from '../chat/reply.ts';
import type { Sender } from '../feature/sender.ts';
import { createSlackInspector } from './inspect.ts';
import type { Clock } from '../clock.ts';
import { describeCause } from '../describe-cause.ts';
import type { Log } from '../log.ts';
import type { BeginRequest } from '../trail.ts';
import { answerCommand, answerShortcut, type Acknowledge } from './answer-command.ts';
import { answerEvent } from './answer-event.ts';
import { answerClosed, answerSearch, answerSubmission } from './answer-form.ts';
import { answerPress } from './answer-press.ts';
import { createCall, type OnTokenUsed, type Outcome } from './call-slack.ts';
import { checkRequests } from './check-request.ts';
import { postPrivately, type Desk } from './desk.ts';
import { serveInstallation, type OAuth } from './install.ts';
import type { Installations } from './installations.ts';
import { readPayload } from './payloads.ts';
import { readInbound } from './read-inbound.ts';
import { renderMessage } from './render-message.ts';
import { createSlackSender } from './send.ts';
import { createPictureUploads } from './upload-pictures.ts';
import type { Take } from './patient-app.ts';
import { serveHttp } from './serve-bolt.ts';
import { serveSocket, type SlackSocket, type SocketState } from './serve-socket.ts';

export interface SlackOptions {
  /** Absent in Socket Mode alone: then `/slack/events` is not there. */
  readonly signingSecret?: string | undefined;
  readonly clock: Clock;
  readonly receive: Receive;
  /** Told which answers Slack has taken. Default: nobody asks. */
  readonly confirm?: Confirm;
  readonly installations: Installations;
  readonly log: Log;
  /** Slack's Web API, with its closing slash; only a local Slack differs. */
  readonly apiUrl?: string;
  /** Milliseconds until a request is acknowledged without its answer. */
  readonly deadlineMs?: number;
  /** Milliseconds a call that nobody waits for may take: messages of the delivery engine. Default 8000. */
  readonly outboxTimeoutMs?: number;
  /** Milliseconds a request's body may take to arrive. */
  readonly bodyMs?: number;
  /** Present where many workspaces may install the app. */
  readonly oauth?: OAuth;
  /** Default: nobody asks. */
  readonly onTokenUsed?: OnTokenUsed;
  /** Begins what comes by the socket; what comes by HTTP was begun before it got here. */
  readonly begin?: BeginRequest;
}

export interface SlackAdapter {
  /** `POST /slack/events`, and the two pages of the installation where it is configured. Reads bodies itself. */
  readonly router: Router;
  /** The other transport, for clinics behind a firewall. Resolves to why Slack refused the token, in words. */
  startSocketMode(appToken: string): Promise<string | undefined>;
  /** Undefined without Socket Mode. */
  socketState(): SocketState | undefined;
  /** Takes nothing new by the socket, acknowledges what is under way, closes it. */
  stopSocketMode(): Promise<void>;
  /** To a person's own conversation with the bot; `user` is a Slack user id of that workspace. */
  sendPrivate(tenant: string, user: string, card: Card): Promise<Outcome>;
  /** For the delivery engine, which owns every retry. */
  readonly sender: Sender;
  /** Resolves when the answers under way are given, those after the acknowledgement too. */
  settled(): Promise<void>;
  /** Closes the socket if there is one and waits for the answers under way. */
  stop(): Promise<void>;
}

/** Chooses by kind; nothing else is decided here. */
function route(desk: Desk, installations: Installations, acknowledge: Acknowledge) {
  return async (body: unknown, delivery: string): Promise<void> => {
    const payload = readPayload(body);
    if (payload === undefined) {
      await acknowledge();
      return;
    }
    const reading = readInbound(payload, delivery);
    if (reading.is !== 'inbound') {
      await acknowledge('type' in payload && payload.type === 'block_suggestion' ? { options: [] } : undefined);
      return;
    }
    if ('command' in payload) return answerCommand(desk, reading, payload, acknowledge);
    switch (payload.type) {
      case 'event_callback':
        return answerEvent(desk, installations, reading, payload, acknowledge);
      case 'block_actions':
        return answerPress(desk, reading, payload, acknowledge);
      case 'view_submission':
        return answerSubmission(desk, reading, payload, acknowledge);
      case 'view_closed':
        return answerClosed(desk, reading, acknowledge);
      case 'block_suggestion':
        return answerSearch(desk, reading, acknowledge);
      case 'shortcut':
      case 'message_action':
        return answerShortcut(desk, reading, payload, acknowledge);
    }
  };
}

const isEvent = (body: unknown): boolean => typeof body === 'object' && body !== null && 'event' in body;

/** Slack: verify → Inbound → receive → Block Kit. */
export function createSlack(options: SlackOptions): SlackAdapter {
  const {
    signingSecret,
    clock,
    receive,
    confirm = () => undefined,
    installations,
    log,
    apiUrl,
    oauth,
    deadlineMs = 2_000,
    bodyMs = 5_000,
    outboxTimeoutMs,
    onTokenUsed = () => undefined,
    begin = (work) => work(() => undefined),
  } = options;
  const call = createCall({
    installations,
    onTokenUsed,
    apiUrl,
    log,
    // Whoever waits longer for an answer waits as long for a form to open.
    interactiveTimeoutMs: Math.max(2_000, deadlineMs),
    ...(outboxTimeoutMs === undefined ? {} : { outboxTimeoutMs }),
  });
  const uploadPictures = createPictureUploads({
    call,
    log,
    pause: (milliseconds) => clock.pause(milliseconds),
    apiUrl,
  });
  const desk: Desk = { receive, confirm, clock, log, deadlineMs, call, uploadPictures, apiUrl };
  const underWay = new Set<Promise<void>>();
  let socket: SlackSocket | undefined;

  async function handle(body: unknown, delivery: string, send: Acknowledge): Promise<void> {
    let acknowledged = false;
    const acknowledge: Acknowledge = async (answer) => {
      if (acknowledged) return false;
      acknowledged = true;
      return send(answer);
    };
    try {
      await route(desk, installations, acknowledge)(body, delivery);
    } catch (error) {
      log.error('slack.answer-failed', { platform: 'slack', ...describeCause(error) });
      // An event that was not acknowledged is answered with an error: Slack then sends it again.
      if (isEvent(body) && !acknowledged) throw error;
    } finally {
      if (!isEvent(body)) await acknowledge();
    }
  }
  const take: Take = (body, delivery, acknowledge) => {
    const work = handle(body, delivery, acknowledge);
    const tracked: Promise<void> = work.then(
      () => undefined,
      () => undefined,
    );
    underWay.add(tracked);
    void tracked.then(() => underWay.delete(tracked));
    return work;
  };
  const takeFromSocket: Take = (body, delivery, acknowledge) =>
    begin((acknowledged) =>
      take(body, delivery, async (answer) => {
        const taken = await acknowledge(answer);
        acknowledged();
        return taken;
      }),
    );

  const router = Router();
  if (signingSecret !== undefined) {
    router.post('/slack/events', checkRequests({ signingSecret, clock, log, bodyMs }));
    serveHttp({ router, signingSecret, log, take });
    router.all('/slack/events', (_request, response) => {
      response.status(405).set('allow', 'POST').type('text/plain').send('Method not allowed');
    });
  }
  if (oauth !== undefined) {
    serveInstallation({ router, oauth, installations, receive, apiUrl, clock, log });
  }

  async function stopSocketMode(): Promise<void> {
    socket?.drain();
    await Promise.all(underWay);
    await socket?.close();
  }

  return {
    router,
    startSocketMode: async (appToken) => {
      const opened = await serveSocket({ appToken, apiUrl, clock, log, take: takeFromSocket });
      if ('refused' in opened) return opened.refused;
      socket = opened.socket;
      return undefined;
    },
    socketState: () => socket?.state(),
    stopSocketMode,
    sendPrivate: (tenant, user, card) => postPrivately(desk, tenant, user, renderMessage(card)),
    sender: {
      ...createSlackSender({ call, uploadPictures, pause: (milliseconds) => clock.pause(milliseconds) }),
      ...createSlackInspector(call),
    },
    settled: async () => {
      await Promise.all(underWay);
    },
    stop: async () => {
      await stopSocketMode();
      await Promise.all(underWay);
    },
  };
}
