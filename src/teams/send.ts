import type { Card } from '../chat/card.ts';
import { plainCard } from '../chat/plain-card.ts';
import type { Changed, PostedMessage, SendFailure, Sender } from '../feature/sender.ts';
import { ConnectorError, type Connector, type Destination, type OutgoingMessage } from './connector.ts';
import { readFailure } from './read-failure.ts';
import type { References } from './references.ts';

export const failed = (error: unknown): SendFailure => {
  if (!(error instanceof ConnectorError)) return { ok: false, code: 'unexpected', unknown: true };
  const { code, status, retryAfterSeconds, unknown, tokenRefused } = error;
  return {
    ok: false,
    code,
    unknown,
    ...(tokenRefused ? { tokenRefused } : {}),
    ...(status === undefined ? {} : { status }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
};

/** Where a message stands, for changing it; undefined when nobody told where its connector lives. */
function whereIs({ place, serviceUrl }: PostedMessage): Destination | undefined {
  return serviceUrl === undefined ? undefined : { conversationId: place, serviceUrl };
}

/** A channel's conversations are threads; those of a group chat and of two people are not. */
const hasThreads = (conversationId: string): boolean => /@thread\.(tacv2|skype)$/.test(conversationId);

const noServiceUrl: SendFailure = { ok: false, code: 'no-service-url', unknown: false };

/** Teams as the delivery engine uses it. */
export function createTeamsSender(ports: {
  readonly connector: Connector;
  readonly references: Pick<References, 'find'>;
  readonly draw: (card: Card) => OutgoingMessage;
}): Sender {
  const { connector, references, draw } = ports;

  /** In the thread of a message, or in the conversation itself where there is none. */
  async function sendTo(where: Destination, under: string | undefined, message: OutgoingMessage): Promise<string> {
    const { conversationId, serviceUrl } = where;
    if (under === undefined || !hasThreads(conversationId)) return connector.send(where, message);
    try {
      return await connector.send({ conversationId: `${conversationId};messageid=${under}`, serviceUrl }, message);
    } catch (error) {
      // A message that is not there has no thread; a conversation that is not there says the same again.
      if (error instanceof ConnectorError && error.status === 404 && !error.unknown)
        return connector.send(where, message);
      throw error;
    }
  }

  const change = async (message: PostedMessage, work: (to: Destination) => Promise<void>): Promise<Changed> => {
    const to = whereIs(message);
    if (to === undefined) return noServiceUrl;
    try {
      await work(to);
      return { ok: true };
    } catch (error) {
      return failed(error);
    }
  };
  return {
    readFailure,
    async post({ tenant, to }, card, { plain }) {
      let where: Destination | undefined;
      if ('user' in to) {
        where = await references.find(tenant, to.user);
        if (where === undefined) return { ok: false, code: 'no-chat', unknown: false };
      } else if (to.serviceUrl !== undefined) where = { conversationId: to.place, serviceUrl: to.serviceUrl };
      if (where === undefined) return noServiceUrl;
      const { conversationId, serviceUrl } = where;
      const message = draw(plain ? plainCard(card) : card);
      try {
        const messageId = await sendTo(where, 'place' in to ? to.under : undefined, message);
        return { ok: true, place: conversationId, messageId, serviceUrl };
      } catch (error) {
        return failed(error);
      }
    },
    update: (message, card) => change(message, (to) => connector.update(to, message.messageId, draw(card))),
    remove: (message) => change(message, (to) => connector.remove(to, message.messageId)),
  };
}
