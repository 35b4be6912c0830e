import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';

/** B70: settings that must not start a service, each with the exact sentences; the value is never repeated. */
const key = Buffer.alloc(32, 7).toString('base64');
type Environment = Readonly<Record<string, string | undefined>>;
const slack: Environment = {
  SLACK_SIGNING_SECRET: '0123456789abcdef',
  SLACK_BOT_TOKEN: 'xoxb-right',
  BATON_MASTER_KEY: key,
};
const teams: Environment = {
  MICROSOFT_APP_ID: 'app',
  MICROSOFT_APP_PASSWORD: 'word of passing',
  MICROSOFT_APP_TENANT_ID: 'tenant',
  BATON_MASTER_KEY: key,
};

function problemsOf(environment: Environment): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const port = 'PORT is a port number';
const masterKey = 'BATON_MASTER_KEY is 32 bytes in base64: openssl rand -base64 32';
const signing = 'SLACK_SIGNING_SECRET is the signing secret of the Slack app, at least 8 characters';
const together = 'SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET belong together: set all three';
const credential =
  'MICROSOFT_APP_PASSWORD, a certificate (thumbprint and key) or MICROSOFT_APP_TYPE=UserAssignedMSI is needed';
const connector =
  'TEAMS_CONNECTOR_TOKEN is for tests only: every host of TEAMS_ALLOWED_SERVICE_HOSTS must be this machine';
const appId = 'MICROSOFT_APP_ID is needed when Teams is configured: without it nothing would be verified';
const keyNeeded =
  'BATON_MASTER_KEY is needed outside local mode: 32 bytes in base64 (openssl rand -base64 32), kept safe';
const tokenNeeded =
  'SLACK_BOT_TOKEN is needed for one workspace, or SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET for many';
const pagerSecret = 'x'.repeat(32);
const bytes = (length: number): string => Buffer.alloc(length, 9).toString('base64');

const refused: readonly (readonly [string, Environment, readonly string[]])[] = [
  ...['x', '-1', '70000', '3000.5', 'Infinity', '1e3', '0x10', ' '].map(
    (value) => [`PORT ${JSON.stringify(value)}`, { PORT: value }, [port]] as const,
  ),
  [
    'a pager in clear',
    { PAGER_URL: 'http://pager.example.org/', PAGER_SECRET: pagerSecret },
    ['PAGER_URL begins with https:// (http:// only for this machine)'],
  ],
  [
    'a pager by name and password',
    { PAGER_URL: 'https://me:word@pager.example.org/', PAGER_SECRET: pagerSecret },
    ['PAGER_URL must not carry a name or a password: the signature says who calls'],
  ],
  ['a pager that is no address', { PAGER_URL: 'pager', PAGER_SECRET: pagerSecret }, ['PAGER_URL is a URL']],
  [
    'a short secret of the pager',
    { PAGER_URL: 'https://pager.example.org/', PAGER_SECRET: 'x'.repeat(31) },
    ['PAGER_SECRET signs every page: at least 32 characters (openssl rand -base64 32)'],
  ],
  [
    'a secret of the pager of blanks',
    { PAGER_URL: 'https://pager.example.org/', PAGER_SECRET: ' '.repeat(40) },
    ['PAGER_SECRET signs every page: at least 32 characters (openssl rand -base64 32)'],
  ],
  [
    'a pager without its secret',
    { PAGER_URL: 'https://pager.example.org/' },
    ['PAGER_SECRET is needed beside PAGER_URL: set both or neither'],
  ],
  [
    'a secret without its pager',
    { PAGER_SECRET: pagerSecret },
    ['PAGER_URL is needed beside PAGER_SECRET: set both or neither'],
  ],
  ['HOST blank', { HOST: '  ' }, ['HOST is blank: leave it out, or say where to listen']],
  ['another kind of database', { DATABASE_URL: 'mysql://u:secret@h/d' }, ['DATABASE_URL begins with postgresql://']],
  ...['short', bytes(31), bytes(33), 'ab'.repeat(32), Buffer.alloc(32, 255).toString('base64url')].map(
    (value, index) =>
      [`a master key of the wrong length or letters (${index + 1})`, { BATON_MASTER_KEY: value }, [masterKey]] as const,
  ),
  ['an unknown privacy mode', { BATON_PRIVACY: 'none' }, ['BATON_PRIVACY is minimal or full']],
  ['an unknown log level', { LOG_LEVEL: 'verbose' }, ['LOG_LEVEL is debug, info, warn, error or silent']],
  ['Slack: a short signing secret', { ...slack, SLACK_SIGNING_SECRET: 'short' }, [signing]],
  ['Slack: a signing secret of blanks', { ...slack, SLACK_SIGNING_SECRET: ' '.repeat(9) }, [signing]],
  [
    'Slack: no signing secret',
    { ...slack, SLACK_SIGNING_SECRET: '' },
    ['SLACK_SIGNING_SECRET is needed when Slack is configured (in Socket Mode SLACK_APP_TOKEN)'],
  ],
  ['Slack: no master key', { ...slack, BATON_MASTER_KEY: undefined }, [keyNeeded]],
  [
    'Slack: a short state secret',
    { ...slack, SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: '2', SLACK_STATE_SECRET: 'x'.repeat(31) },
    ['SLACK_STATE_SECRET signs the way back from Slack: at least 32 characters (openssl rand -base64 32)'],
  ],
  [
    'a short token for the metrics',
    { METRICS_TOKEN: 'short' },
    ['METRICS_TOKEN is at least 16 characters: openssl rand -base64 24'],
  ],
  ['a port of the metrics that is none', { METRICS_PORT: '70000' }, ['METRICS_PORT is a port number']],
  ['Slack: no token', { ...slack, SLACK_BOT_TOKEN: undefined }, [tokenNeeded]],
  ['Slack: a third of OAuth', { ...slack, SLACK_BOT_TOKEN: undefined, SLACK_CLIENT_ID: '1' }, [together]],
  ['Slack: two thirds of OAuth', { ...slack, SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: '2' }, [together]],
  [
    'Slack: a bot token for Socket Mode',
    { ...slack, SLACK_APP_TOKEN: 'xoxb-1' },
    ['SLACK_APP_TOKEN begins with xapp-'],
  ],
  ['Slack: an address that is none', { ...slack, SLACK_API_URL: 'slack' }, ['SLACK_API_URL is a URL']],
  // The bot token travels there.
  ...['ftp://slack.example/', 'http://slack.example/api/'].map(
    (value) =>
      [
        `Slack: tokens sent in clear to ${value}`,
        { ...slack, SLACK_API_URL: value },
        ['SLACK_API_URL begins with https:// (http:// only for this machine)'],
      ] as const,
  ),
  ['Teams: no app id', { ...teams, MICROSOFT_APP_ID: undefined }, [appId]],
  ['Teams: an app id of blanks', { ...teams, MICROSOFT_APP_ID: '  ' }, [appId]],
  ['Teams: no credential', { ...teams, MICROSOFT_APP_PASSWORD: undefined }, [credential]],
  [
    'Teams: half a certificate',
    { ...teams, MICROSOFT_APP_PASSWORD: undefined, MICROSOFT_APP_CERTIFICATE_THUMBPRINT: 'a1' },
    [credential],
  ],
  [
    'Teams: an unknown type',
    { ...teams, MICROSOFT_APP_TYPE: 'single' },
    ['MICROSOFT_APP_TYPE is SingleTenant, MultiTenant or UserAssignedMSI'],
  ],
  [
    'Teams: no tenant',
    { ...teams, MICROSOFT_APP_TENANT_ID: undefined },
    ['TEAMS_ALLOWED_TENANTS (or MICROSOFT_APP_TENANT_ID) is needed: which tenants may speak to Baton'],
  ],
  ['Teams: a fixed token and Microsoft’s hosts', { ...teams, TEAMS_CONNECTOR_TOKEN: 'x' }, [connector]],
  ...['127.0.0.1,smba.trafficmanager.net', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1'].map(
    (hosts) =>
      [
        `Teams: a fixed token and ${hosts}`,
        { ...teams, TEAMS_CONNECTOR_TOKEN: 'x', TEAMS_ALLOWED_SERVICE_HOSTS: hosts },
        [connector],
      ] as const,
  ),
  [
    'Teams: keys from nowhere',
    { ...teams, TEAMS_OPENID_METADATA_URL: 'nowhere' },
    ['TEAMS_OPENID_METADATA_URL is a URL'],
  ],
  [
    // Whoever answers there says which keys are Microsoft's.
    'Teams: keys fetched in clear',
    { ...teams, TEAMS_OPENID_METADATA_URL: 'http://keys.example/' },
    ['TEAMS_OPENID_METADATA_URL begins with https:// (http:// only for this machine)'],
  ],
];

describe('settings that must not start a service', () => {
  it.each(refused)('%s', (_what, environment, sentences) => {
    expect(problemsOf(environment)).toEqual(sentences);
    const said = sentences.join('\n');
    for (const value of Object.values(environment)) {
      if (value !== undefined && value.length > 4) expect(said).not.toContain(value);
    }
  });

  it('every mistake is named at once: of one setting alone, and of what is missing beside it', () => {
    const environment = { PORT: 'x', LOG_LEVEL: 'loud', SLACK_BOT_TOKEN: 'xoxb-1' };
    expect(problemsOf(environment)).toEqual(
      expect.arrayContaining([
        port,
        'LOG_LEVEL is debug, info, warn, error or silent',
        'SLACK_SIGNING_SECRET is needed when Slack is configured (in Socket Mode SLACK_APP_TOKEN)',
        keyNeeded,
      ]),
    );
  });

  it('half of both platforms is named for both', () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1', MICROSOFT_APP_PASSWORD: 'word', BATON_MASTER_KEY: key })).toEqual([
      'SLACK_SIGNING_SECRET is needed when Slack is configured (in Socket Mode SLACK_APP_TOKEN)',
      appId,
      'TEAMS_ALLOWED_TENANTS (or MICROSOFT_APP_TENANT_ID) is needed: which tenants may speak to Baton',
    ]);
  });

  // Somebody who names a tenant or a certificate means the real thing: never the demonstration, open to all.
  it.each([
    [{ TEAMS_ALLOWED_TENANTS: 'tenant' }],
    [{ MICROSOFT_APP_CERTIFICATE_THUMBPRINT: 'a1', MICROSOFT_APP_CERTIFICATE_KEY: 'k' }],
    [{ TEAMS_ALLOWED_SERVICE_HOSTS: 'smba.trafficmanager.net' }],
  ])('%j alone does not start local mode', (environment) => {
    expect(problemsOf({ ...environment, BATON_MASTER_KEY: key })).toContain(appId);
  });
});

describe('settings that may', () => {
  it.each<[string, Environment]>([
    ['none at all: local mode', {}],
    ['empty ones, which count as not set', { PORT: '', SLACK_SIGNING_SECRET: '', MICROSOFT_APP_ID: '' }],
    ['one Slack workspace', slack],
    [
      'a Slack workspace by Socket Mode',
      { ...slack, SLACK_SIGNING_SECRET: undefined, SLACK_APP_TOKEN: 'xapp-1-right' },
    ],
    ['a Slack workspace on its way to Socket Mode', { ...slack, SLACK_APP_TOKEN: 'xapp-1-right' }],
    ['one Teams tenant', teams],
    ['both', { ...slack, ...teams }],
    ['a local Slack', { ...slack, SLACK_API_URL: 'http://127.0.0.1:3000/api/' }],
    ...['127.0.0.1', 'localhost:4000, 127.0.0.1', '[::1]:4000', '::1'].map((hosts): [string, Environment] => [
      `a fixed token with ${hosts}`,
      { ...teams, TEAMS_CONNECTOR_TOKEN: 'x', TEAMS_ALLOWED_SERVICE_HOSTS: hosts },
    ]),
  ])('%s', (_what, environment) => {
    expect(problemsOf(environment)).toEqual([]);
  });
});
