/** Where one person and Baton talk alone, as Teams last told it. Enough to write to them at any later time. */
export interface ConversationReference {
  readonly conversationId: string;
  /** Where this conversation's connector lives; it moves, so it is refreshed at every inbound. */
  readonly serviceUrl: string;
  readonly botId: string;
  /** The person's id in Teams (`29:…`), which is not the Entra object id. */
  readonly userId: string;
}

/** The port the store implements. Keyed by tenant and Entra object id, never by a display name. */
export interface References {
  /** `anew`: written even if it was written a moment ago; the person added Baton again, and it was forgotten between. */
  save(tenant: string, user: string, reference: ConversationReference, anew?: boolean): Promise<void>;
  /** Undefined for a stranger too: what is kept of them is used only once somebody of the organisation has that account. */
  find(tenant: string, user: string): Promise<ConversationReference | undefined>;
  /** The Entra object id of who has this id in Teams (`29:…`), where Baton knows it from their chat. */
  whoIs(tenant: string, userId: string): Promise<string | undefined>;
}
