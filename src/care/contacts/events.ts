import type { Client } from '../clients/find-allowed-client.ts';
import type { Retraction } from './rules.ts';

/** What other nouns may hear about contacts. */
declare module '../../feature/feature.ts' {
  interface Events {
    'contact.logged': {
      readonly contact: string;
      /** As they were read before it was logged. */
      readonly client: Client;
      /** Local date. */
      readonly occurredOn: string;
      readonly reached: boolean;
      /** The day the person chose for the next contact; absent = propose one. */
      readonly nextOn: string | undefined;
    };
    /** More is known of an entry that stays the one it is: its minutes, or that it stands in the chart. */
    'contact.updated': { readonly contact: string; readonly by: string; readonly occurredOn: string };
    'contact.retracted': { readonly contact: string; readonly client: string; readonly retraction: Retraction };
  }
}
