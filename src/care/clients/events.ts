declare module '../../feature/feature.ts' {
  interface Events {
    /**
     * This person looked at a client, was shown a name, a number or a note of one, or searched and was shown some: on
     * record already, and counted by who counts.
     */
    'client.looked': { readonly how: 'opened' | 'revealed' | 'searched' };
    /** Somebody else answers for a client from this moment on: what waits on the one before goes along. */
    'coordinator.changed': {
      readonly client: string;
      readonly team: string;
      readonly from: string;
      readonly to: string;
    };
  }
}
export {};
