import { ExpressReceiver } from '@slack/bolt';
import type { Router } from 'express';
import type { ServerResponse } from 'node:http';
import type { Receive } from '../chat/reply.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { quietLogger } from './call-slack.ts';
import type { Installations } from './installations.ts';
import { slackScopes } from './manifest.ts';

/** What many workspaces need: Slack's app credentials, and a secret of ours that signs the way back. */
export interface OAuth {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** Where Slack sends the browser back to, when the app lists more than one address. */
  readonly redirectUri?: string;
  /** Slack's page for the administrator's consent; only a local Slack differs. */
  readonly authorizationUrl?: string;
}

const REDIRECT = '/slack/oauth_redirect';

function page(response: ServerResponse, status: number, title: string, text: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`);
}

/** Adds `GET /slack/install` and `GET /slack/oauth_redirect` to the router. */
export function serveInstallation(options: {
  router: Router;
  signingSecret: string;
  oauth: OAuth;
  installations: Installations;
  receive: Receive;
  apiUrl: string | undefined;
  clock: Clock;
  log: Log;
}): void {
  const { router, signingSecret, oauth, installations, receive, apiUrl, clock, log } = options;
  new ExpressReceiver({
    signingSecret,
    router,
    endpoints: {},
    logger: quietLogger(log),
    clientId: oauth.clientId,
    clientSecret: oauth.clientSecret,
    stateSecret: oauth.stateSecret,
    scopes: Object.keys(slackScopes),
    ...(oauth.redirectUri === undefined ? {} : { redirectUri: oauth.redirectUri }),
    installationStore: {
      storeInstallation: async ({ team, bot, user }) => {
        if (team === undefined || bot === undefined) throw new Error('only a workspace with a bot can be installed');
        const installedAt = clock.wallNow();
        await installations.save({
          tenant: team.id,
          name: team.name ?? team.id,
          botToken: bot.token,
          botUser: bot.userId,
          scopes: bot.scopes,
          installedBy: user.id,
          installedAt,
        });
        await receive({
          platform: 'slack',
          tenant: team.id,
          user: user.id,
          place: { id: '', kind: 'direct' },
          delivery: `installed:${team.id}:${installedAt.toISOString()}`,
          what: { kind: 'installed' },
        });
      },
      fetchInstallation: () => Promise.reject(new Error('tokens are looked up through Installations')),
    },
    installerOptions: {
      directInstall: true,
      ...(oauth.redirectUri === undefined ? {} : { redirectUriPath: REDIRECT }),
      ...(oauth.authorizationUrl === undefined ? {} : { authorizationUrl: oauth.authorizationUrl }),
      ...(apiUrl === undefined ? {} : { clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 } } }),
      callbackOptions: {
        success: (_installation, _options, _request, response) =>
          page(response, 200, 'Baton is installed', 'You can close this page and open Baton in Slack.'),
        failure: (error, _options, _request, response) => {
          log.warn('slack.install-failed', { code: error.code });
          page(
            response,
            400,
            'Baton was not installed',
            'Please start again from the install page, in the same browser.',
          );
        },
      },
    },
  });
}
