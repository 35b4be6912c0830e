import { ExpressReceiver } from '@slack/bolt';
import type { RequestHandler, Router } from 'express';
import type { ServerResponse } from 'node:http';
import type { Receive } from '../chat/reply.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { randomIds } from '../ids.ts';
import { quietLogger } from './call-slack.ts';
import { UnknownWorkspace } from '../store/slack-installations.ts';
import type { Installations } from './installations.ts';
import { createInstallState } from './install-state.ts';
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

/** A workspace's id as it may stand on a page and in a log. */
const idOf = (tenant: string): string => (/^[A-Z0-9]{1,40}$/.test(tenant) ? tenant : 'this one');

const applyFirst = (tenant: string): string =>
  `Baton does not know the workspace ${tenant} yet, so nothing was kept. Please ask whoever runs Baton to add it to ` +
  'the organisation’s file and to apply the file. Then open the install page again.';

/** The library's cookie goes along from Slack's page to ours and from nowhere else. */
const laxCookies: RequestHandler = (_request, response, next) => {
  const set = response.setHeader.bind(response);
  response.setHeader = (name, value) => {
    const lax = (one: string): string => (/;\s*samesite=/i.test(one) ? one : `${one}; SameSite=Lax`);
    if (name.toLowerCase() !== 'set-cookie') return set(name, value);
    return set(name, Array.isArray(value) ? value.map(lax) : lax(String(value)));
  };
  next();
};

/** Adds `GET /slack/install` and `GET /slack/oauth_redirect` to the router. */
export function serveInstallation(options: {
  router: Router;
  oauth: OAuth;
  installations: Installations;
  receive: Receive;
  apiUrl: string | undefined;
  clock: Clock;
  log: Log;
}): void {
  const { router, oauth, installations, receive, apiUrl, clock, log } = options;
  const states = createInstallState({ secret: oauth.stateSecret, clock, ids: randomIds });
  router.use(['/slack/install', REDIRECT], laxCookies);
  new ExpressReceiver({
    // No address of Bolt's stands here, so nothing is verified; it insists on a secret all the same.
    signingSecret: Buffer.from(randomIds.bytes(32)).toString('hex'),
    router,
    endpoints: {},
    logger: quietLogger(log),
    clientId: oauth.clientId,
    clientSecret: oauth.clientSecret,
    scopes: Object.keys(slackScopes),
    ...(oauth.redirectUri === undefined ? {} : { redirectUri: oauth.redirectUri }),
    installationStore: {
      storeInstallation: async ({ team, bot, user, metadata }) => {
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
          state: metadata ?? '',
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
      stateStore: {
        generateStateParam: () => Promise.resolve(states.create()),
        verifyStateParam: (_now, state) => {
          const metadata = states.read(state);
          if (metadata === undefined) return Promise.reject(new Error('not a state of ours, or too old'));
          const redirect = oauth.redirectUri === undefined ? {} : { redirectUri: oauth.redirectUri };
          return Promise.resolve({ scopes: Object.keys(slackScopes), metadata, ...redirect });
        },
      },
      ...(oauth.redirectUri === undefined ? {} : { redirectUriPath: REDIRECT }),
      ...(oauth.authorizationUrl === undefined ? {} : { authorizationUrl: oauth.authorizationUrl }),
      ...(apiUrl === undefined ? {} : { clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 } } }),
      callbackOptions: {
        success: (_installation, _options, _request, response) =>
          page(response, 200, 'Baton is installed', 'You can close this page and open Baton in Slack.'),
        failure: (error, _options, _request, response) => {
          const tenant = error instanceof UnknownWorkspace ? idOf(error.tenant) : undefined;
          log.warn('slack.install-failed', { code: error.code, ...(tenant === undefined ? {} : { place: tenant }) });
          const what =
            tenant === undefined
              ? 'Please start again from the install page, in the same browser.'
              : applyFirst(tenant);
          page(response, 400, 'Baton was not installed', what);
        },
      },
    },
  });
}
