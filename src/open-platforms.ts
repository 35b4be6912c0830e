import type { Confirm, Receive } from './chat/reply.ts';
import type { Clock } from './clock.ts';
import { ConfigError, type TeamsSettings } from './config.ts';
import type { Health } from './health.ts';
import type { Log } from './log.ts';
import type { Service } from './service.ts';
import type { SlackSettings } from './slack-settings.ts';
import type { OnTokenUsed } from './slack/call-slack.ts';
import type { SlackAdapter } from './slack/create-slack.ts';
import { oneWorkspace } from './slack/installations.ts';
import { createConversationReferences } from './store/installations.ts';
import { createSlackInstallations, type NoteToken } from './store/slack-installations.ts';
import type { Store } from './store/store.ts';
import type { BeginRequest } from './trail.ts';
import type { Teams } from './teams/create-teams.ts';

/** What an adapter is opened with. */
interface AdapterOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly sendTimeoutMs?: number;
  readonly answerDeadlineMs?: number;
  /** Told when a workspace's token changes. */
  readonly noteToken?: NoteToken;
  /** Told how the platform took a token at each of the adapter's own calls. */
  readonly onTokenUsed?: OnTokenUsed;
  /** Told which answers have arrived. */
  readonly confirm: Confirm;
  /** Begins a request that comes by a socket. */
  readonly begin?: BeginRequest;
}

// Either SDK takes a quarter of a second or more to load: each is loaded only where its platform is configured, and never
// by the command line.
const loadSlack = () => import('./slack/create-slack.ts');
const loadTeams = () => import('./teams/create-teams.ts');

/** Begins to load what `openSlack` and `openTeams` need, so that it comes while the database is being opened. */
export function preloadPlatforms(configured: { readonly slack: unknown; readonly teams: unknown }): void {
  // What fails here fails again, and is told, where it is needed.
  if (configured.slack !== undefined) void loadSlack().catch(() => undefined);
  if (configured.teams !== undefined) void loadTeams().catch(() => undefined);
}

/** One workspace by its token, or all that were installed. */
export async function openSlack(
  settings: SlackSettings,
  { store, clock, log, sendTimeoutMs, answerDeadlineMs, noteToken, onTokenUsed, confirm, begin }: AdapterOptions,
  receive: Receive,
): Promise<SlackAdapter> {
  const { createSlack } = await loadSlack();
  return createSlack({
    signingSecret: settings.signingSecret,
    clock,
    receive,
    confirm,
    log,
    installations:
      settings.oauth === undefined && settings.botToken !== undefined
        ? oneWorkspace(settings.botToken)
        : createSlackInstallations(store, clock, noteToken),
    ...(settings.apiUrl === undefined ? {} : { apiUrl: settings.apiUrl }),
    ...(sendTimeoutMs === undefined ? {} : { outboxTimeoutMs: sendTimeoutMs }),
    ...(answerDeadlineMs === undefined ? {} : { deadlineMs: answerDeadlineMs }),
    ...(settings.oauth === undefined ? {} : { oauth: settings.oauth }),
    ...(begin === undefined ? {} : { begin }),
    ...(onTokenUsed === undefined ? {} : { onTokenUsed }),
  });
}

/** Opens Slack's way in by a socket. A token that Slack refuses stops the service, and rejects with ConfigError. */
export async function openSlackSocket(
  slack: SlackAdapter,
  { appToken, service, health }: { readonly appToken: string; readonly service: Service; readonly health: Health },
): Promise<void> {
  const refused = await slack.startSocketMode(appToken);
  if (refused !== undefined) {
    await service.stop();
    throw new ConfigError([refused]);
  }
  health.watchSocket(() => slack.socketState() ?? { connected: false });
}

export async function openTeams(
  settings: TeamsSettings,
  { store, clock, log, sendTimeoutMs, answerDeadlineMs, confirm }: AdapterOptions,
  receive: Receive,
): Promise<Teams> {
  const { createTeams } = await loadTeams();
  return createTeams({
    appId: settings.appId,
    appType: settings.appType,
    allowedTenants: settings.allowedTenants,
    clock,
    receive,
    confirm,
    log,
    references: createConversationReferences(store, clock),
    ...(sendTimeoutMs === undefined ? {} : { connectorTimeoutMs: sendTimeoutMs }),
    ...(answerDeadlineMs === undefined ? {} : { deadlineMs: answerDeadlineMs }),
    ...(settings.appPassword === undefined ? {} : { appPassword: settings.appPassword }),
    ...(settings.certificate === undefined
      ? {}
      : { certificate: { thumbprint: settings.certificate.thumbprint, privateKey: settings.certificate.key } }),
    ...(settings.allowedServiceHosts === undefined ? {} : { allowedServiceHosts: settings.allowedServiceHosts }),
    ...(settings.tenantId === undefined ? {} : { tenantId: settings.tenantId }),
    ...(settings.openIdMetadataUrl === undefined ? {} : { openIdMetadataUrl: settings.openIdMetadataUrl }),
    ...(settings.tokenIssuer === undefined ? {} : { tokenIssuer: settings.tokenIssuer }),
    ...(settings.connectorToken === undefined ? {} : { connectorToken: settings.connectorToken }),
  });
}
