import { z } from 'zod';
import { endpoint, text } from './setting-kinds.ts';

/** The settings of Slack (docs/operations.md, "Slack"). */
export const slackVariables = {
  SLACK_SIGNING_SECRET: z
    .string()
    .trim()
    .min(8, 'is the signing secret of the Slack app, at least 8 characters')
    .optional(),
  SLACK_BOT_TOKEN: text.optional(),
  SLACK_CLIENT_ID: text.optional(),
  SLACK_CLIENT_SECRET: text.optional(),
  SLACK_STATE_SECRET: z
    .string()
    .trim()
    .min(32, 'signs the way back from Slack: at least 32 characters (openssl rand -base64 32)')
    .optional(),
  SLACK_APP_TOKEN: z.string().trim().startsWith('xapp-', 'begins with xapp-').optional(),
  SLACK_API_URL: endpoint.optional(),
};

type SlackEnvironment = { readonly [name in keyof typeof slackVariables]?: string | undefined };

export interface SlackSettings {
  /** Absent in Socket Mode: then `/slack/events` is not there. */
  readonly signingSecret: string | undefined;
  readonly botToken: string | undefined;
  readonly oauth:
    { readonly clientId: string; readonly clientSecret: string; readonly stateSecret: string } | undefined;
  /** Present in Socket Mode. */
  readonly appToken: string | undefined;
  readonly apiUrl: string | undefined;
}

/** `given` holds what was set at all, right or wrong; undefined where that is nothing of Slack's. */
export function readSlack(
  env: SlackEnvironment,
  problems: string[],
  given: Readonly<Record<string, unknown>>,
): SlackSettings | undefined {
  if (!Object.keys(slackVariables).some((name) => given[name] !== undefined)) return undefined;
  if (env.SLACK_SIGNING_SECRET === undefined && given['SLACK_APP_TOKEN'] === undefined) {
    problems.push('SLACK_SIGNING_SECRET is needed when Slack is configured (in Socket Mode SLACK_APP_TOKEN)');
  }
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = env;
  const ways = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'].map(
    (name) => given[name] !== undefined,
  );
  const some = ways.includes(true);
  const oauth =
    clientId !== undefined && clientSecret !== undefined && stateSecret !== undefined
      ? { clientId, clientSecret, stateSecret }
      : undefined;
  if (some && ways.includes(false)) {
    problems.push('SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET belong together: set all three');
  }
  if (!some && env.SLACK_BOT_TOKEN === undefined) {
    problems.push(
      'SLACK_BOT_TOKEN is needed for one workspace, or SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET for many',
    );
  }
  return {
    signingSecret: env.SLACK_SIGNING_SECRET,
    botToken: env.SLACK_BOT_TOKEN,
    oauth,
    appToken: env.SLACK_APP_TOKEN,
    // The client joins method names to it: without the closing slash the last part of the path would be lost.
    apiUrl: env.SLACK_API_URL?.replace(/\/*$/, '/'),
  };
}
