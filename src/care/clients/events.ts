declare module '../../chat/feature.ts' {
  interface Events {
    /** This person looked at a client, or searched and was shown some: on record already, and counted by who counts. */
    'client.looked': { readonly how: 'opened' | 'searched' };
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
