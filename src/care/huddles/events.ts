declare module '../../feature/feature.ts' {
  interface Events {
    /**
     * A huddle is over, and this client was spoken about in it. Published once a client, inside the transaction that
     * ends the huddle: what is billed follows from it.
     */
    'huddle.reviewed': {
      readonly huddle: string;
      readonly client: string;
      /** The client's share of the meeting. Together with those of all others never more than the meeting. */
      readonly minutes: number;
      /** Local date of the team. */
      readonly on: string;
      /** Who was there when this client was spoken about, with the qualifications they held on that day. */
      readonly attendees: readonly {
        readonly person: string;
        readonly qualifications: readonly string[];
        readonly remote: boolean;
      }[];
      readonly consultantPresent: boolean;
    };
  }
}
export {};
