import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import { slackAccepts, type Waits } from './limits.ts';

/** Trigger ids (single use, three seconds) and response_urls (five uses, half an hour). */
export interface Ticket {
  readonly channel: string;
  readonly user: string;
  /** The message a button was pressed in. */
  readonly message?: string;
}

export interface Tickets {
  trigger(user: string): string;
  /** The user it was given for, or Slack's error. Uses it up. */
  spendTrigger(id: string): { readonly user: string } | { readonly error: string };
  /** The last part of a response_url. */
  responseKey(ticket: Ticket): string;
  spendResponse(key: string): Ticket | { readonly error: 'expired_url' | 'used_url' | 'invalid_url' };
}

/** Triggers live by the wall, as the request that carries them does; response_urls by the product's clock. */
export function createTickets(clock: Clock, ids: Ids, waits: Waits): Tickets {
  const triggers = new Map<string, { user: string; at: number; used: boolean }>();
  const responses = new Map<string, { ticket: Ticket; at: number; uses: number }>();
  return {
    trigger: (user) => {
      const id = `${triggers.size + 1}.${ids.uuid()}`;
      triggers.set(id, { user, at: clock.wallNow().getTime(), used: false });
      return id;
    },
    spendTrigger: (id) => {
      const trigger = triggers.get(id);
      if (trigger === undefined) return { error: 'invalid_trigger_id' };
      if (trigger.used) return { error: 'exchanged_trigger_id' };
      if (clock.wallNow().getTime() - trigger.at > waits.triggerMs) return { error: 'expired_trigger_id' };
      trigger.used = true;
      return { user: trigger.user };
    },
    responseKey: (ticket) => {
      const key = ids.uuid();
      responses.set(key, { ticket, at: clock.now().getTime(), uses: 0 });
      return key;
    },
    spendResponse: (key) => {
      const response = responses.get(key);
      if (response === undefined) return { error: 'invalid_url' };
      if (clock.now().getTime() - response.at > slackAccepts.responseMinutes * 60_000) return { error: 'expired_url' };
      if (response.uses >= slackAccepts.responseUses) return { error: 'used_url' };
      response.uses += 1;
      return response.ticket;
    },
  };
}
