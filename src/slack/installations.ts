/** A workspace that installed Baton. */
export interface Installation {
  /** Slack team id. */
  readonly tenant: string;
  readonly name: string;
  readonly botToken: string;
  /** The bot's own user id there. */
  readonly botUser: string;
  readonly scopes: readonly string[];
  /** Slack user id of who installed it. */
  readonly installedBy: string;
  readonly installedAt: Date;
  /** The way to Slack and back that gave it: it counts once. */
  readonly state: string;
}

/** Where bot tokens live; the store keeps them sealed. One workspace with a fixed token is a constant of this shape. */
export interface Installations {
  /** `undefined` = not installed, or removed. */
  botToken(tenant: string): Promise<string | undefined>;
  /** Rejects when its state was used before, or nobody named the workspace. */
  save(installation: Installation): Promise<void>;
  /** Forgets the token unless it was saved after `at`: an uninstall may arrive later than the next install. */
  remove(tenant: string, at: Date): Promise<void>;
}

/** One workspace whose token comes from the settings. Every tenant gets it: Slack refuses it elsewhere. */
export function oneWorkspace(botToken: string): Installations {
  return {
    botToken: () => Promise.resolve(botToken),
    save: () => Promise.reject(new Error('this service serves one workspace: its token is in the settings')),
    remove: () => Promise.resolve(),
  };
}
