declare module '../../chat/feature.ts' {
  interface Events {
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
