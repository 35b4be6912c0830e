import { z } from 'zod';
import { pagerVariables, readPager, type PagerSettings } from './pager-settings.ts';
import { connections, database, endpoint, isBase64, isLoopbackHost, list, portNumber, text } from './setting-kinds.ts';
import { readSlack, slackVariables, type SlackSettings } from './slack-settings.ts';

export { isLoopbackHost };

/**
 * Settings, read from the environment here and nowhere else (README, "Settings"). Every mistake is named at once,
 * in words; the value itself is never repeated, since it may be a secret.
 */
const environmentSchema = z.object({
  PORT: portNumber.default(3000),
  HOST: z.string().trim().min(1, 'is blank: leave it out, or say where to listen').optional(),
  DATABASE_URL: database.optional(),
  DATABASE_APP_URL: database.optional(),
  DATABASE_WORKER_URL: database.optional(),
  DATABASE_CONNECTIONS: connections.optional(),
  DATABASE_WORKER_CONNECTIONS: connections.optional(),
  METRICS_TOKEN: z.string().trim().min(16, 'is at least 16 characters: openssl rand -base64 24').optional(),
  METRICS_PORT: portNumber.optional(),
  METRICS_HOST: z.string().trim().min(1, 'is blank: leave it out, or say where to listen').optional(),
  BATON_STATE_DIR: text.optional(),
  BATON_SIMULATOR_ON_NETWORK: z.enum(['yes', 'no'], { error: 'is yes or no' }).default('no'),
  BATON_MASTER_KEY: z
    .string()
    .refine(
      (value) => Buffer.from(value, 'base64').length === 32 && isBase64(value),
      'is 32 bytes in base64: openssl rand -base64 32',
    )
    // What a template or an empty secret becomes: everybody has it.
    .refine(
      (value) => Buffer.from(value, 'base64').some((byte) => byte !== 0),
      'is all zeros, which everybody can guess: openssl rand -base64 32',
    )
    .optional(),
  BATON_PRIVACY: z.enum(['minimal', 'full'], { error: 'is minimal or full' }).default('minimal'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'is debug, info, warn, error or silent' })
    .default('info'),
  ...slackVariables,
  MICROSOFT_APP_ID: z
    .string()
    .trim()
    .min(1, 'is needed when Teams is configured: without it nothing would be verified')
    .optional(),
  MICROSOFT_APP_PASSWORD: text.optional(),
  MICROSOFT_APP_TENANT_ID: text.optional(),
  MICROSOFT_APP_TYPE: z
    .enum(['SingleTenant', 'MultiTenant', 'UserAssignedMSI'], {
      error: 'is SingleTenant, MultiTenant or UserAssignedMSI',
    })
    .default('SingleTenant'),
  MICROSOFT_APP_CERTIFICATE_THUMBPRINT: text.optional(),
  MICROSOFT_APP_CERTIFICATE_KEY: text.optional(),
  TEAMS_ALLOWED_TENANTS: list.default([]),
  TEAMS_OPENID_METADATA_URL: endpoint.optional(),
  TEAMS_TOKEN_ISSUER: text.optional(),
  TEAMS_ALLOWED_SERVICE_HOSTS: list.default([]),
  TEAMS_CONNECTOR_TOKEN: text.optional(),
  ...pagerVariables,
});

type Environment = z.infer<typeof environmentSchema>;

export interface TeamsSettings {
  readonly appId: string;
  readonly appPassword: string | undefined;
  readonly certificate: { readonly thumbprint: string; readonly key: string } | undefined;
  readonly appType: Environment['MICROSOFT_APP_TYPE'];
  readonly tenantId: string | undefined;
  readonly allowedTenants: readonly string[];
  readonly openIdMetadataUrl: string | undefined;
  readonly tokenIssuer: string | undefined;
  /** Absent: Microsoft's, of all its clouds. */
  readonly allowedServiceHosts: readonly string[] | undefined;
  readonly connectorToken: string | undefined;
}

/** Who may read the metrics, and where. Without either they are shown to this machine only. */
export interface MetricsSettings {
  readonly token: string | undefined;
  /** A port of their own, on this machine unless `host` says otherwise. */
  readonly port: number | undefined;
  readonly host: string;
}

export interface Config {
  /** True when no platform is configured: private database, simulator, demo organisation. */
  readonly local: boolean;
  readonly port: number;
  readonly host: string;
  /** Local mode may listen elsewhere than on this machine, for whoever reaches it. */
  readonly simulatorOnNetwork: boolean;
  /** The owner's. Absent, and no logins either = the embedded server in the state folder. */
  readonly databaseUrl: string | undefined;
  /** Logins of the application's and the worker's own. */
  readonly logins: { readonly app: string; readonly worker: string } | undefined;
  /** Of this process, in each of its pools. Absent = the usual number. */
  readonly connections: { readonly app: number | undefined; readonly worker: number | undefined };
  readonly stateDir: string | undefined;
  /** Absent in local mode only: then one is made and kept in the state folder. */
  readonly masterKey: Uint8Array | undefined;
  readonly privacy: 'minimal' | 'full';
  readonly logLevel: Environment['LOG_LEVEL'];
  readonly metrics: MetricsSettings;
  readonly pager: PagerSettings | undefined;
  readonly slack: SlackSettings | undefined;
  readonly teams: TeamsSettings | undefined;
}

/** What is wrong with the settings: one sentence each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The settings need attention:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Reads the settings; throws ConfigError with every problem at once. An empty variable counts as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const problems: string[] = [];
  const env = readKnown(given, problems);
  const wrong = new Set(problems.map((problem) => problem.split(' ')[0]));
  const missing: string[] = [];
  const slack = readSlack(env, missing, given);
  const teams = readTeams(env, missing, given);
  const local = slack === undefined && teams === undefined;
  if (!local && env.BATON_MASTER_KEY === undefined) {
    missing.push(
      'BATON_MASTER_KEY is needed outside local mode: 32 bytes in base64 (openssl rand -base64 32), kept safe',
    );
  }
  const logins = readLogins(env, missing);
  const pager = readPager(env, missing);
  // What is there but wrong was named already; it is not missing as well.
  problems.push(...missing.filter((problem) => !wrong.has(problem.split(' ')[0])));
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    local,
    port: env.PORT,
    host: env.HOST ?? (local ? '127.0.0.1' : '0.0.0.0'),
    simulatorOnNetwork: env.BATON_SIMULATOR_ON_NETWORK === 'yes',
    databaseUrl: env.DATABASE_URL,
    logins,
    connections: { app: env.DATABASE_CONNECTIONS, worker: env.DATABASE_WORKER_CONNECTIONS },
    stateDir: env.BATON_STATE_DIR,
    masterKey:
      env.BATON_MASTER_KEY === undefined ? undefined : new Uint8Array(Buffer.from(env.BATON_MASTER_KEY, 'base64')),
    privacy: env.BATON_PRIVACY,
    logLevel: env.LOG_LEVEL,
    metrics: { token: env.METRICS_TOKEN, port: env.METRICS_PORT, host: env.METRICS_HOST ?? '127.0.0.1' },
    pager,
    slack,
    teams,
  };
}

/** Reads every setting by itself, so that one wrong value hides nothing of the others. */
function readKnown(given: Readonly<Record<string, unknown>>, problems: string[]): Environment {
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  for (const name of wrong) {
    const issue = parsed.error.issues.find((one) => one.path[0] === name);
    problems.push(`${name} ${issue?.message ?? 'is not understood'}`);
  }
  return environmentSchema.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))));
}

function readLogins(env: Environment, problems: string[]): Config['logins'] {
  const { DATABASE_APP_URL: app, DATABASE_WORKER_URL: worker } = env;
  if (app !== undefined && worker !== undefined) return { app, worker };
  if (app !== undefined) problems.push('DATABASE_WORKER_URL is needed beside DATABASE_APP_URL: set both or neither');
  if (worker !== undefined) problems.push('DATABASE_APP_URL is needed beside DATABASE_WORKER_URL: set both or neither');
  return undefined;
}

type Given = Readonly<Record<string, unknown>>;

function readTeams(env: Environment, problems: string[], given: Given): TeamsSettings | undefined {
  const names = Object.keys(given).filter(
    (name) => /^(?:MICROSOFT_APP_|TEAMS_)/.test(name) && name in environmentSchema.shape,
  );
  if (names.length === 0) return undefined;
  if (env.MICROSOFT_APP_ID === undefined)
    problems.push('MICROSOFT_APP_ID is needed when Teams is configured: without it nothing would be verified');
  const { MICROSOFT_APP_CERTIFICATE_THUMBPRINT: thumbprint, MICROSOFT_APP_CERTIFICATE_KEY: key } = env;
  const certificate = thumbprint !== undefined && key !== undefined ? { thumbprint, key } : undefined;
  const secret =
    env.MICROSOFT_APP_PASSWORD !== undefined ||
    certificate !== undefined ||
    env.MICROSOFT_APP_TYPE === 'UserAssignedMSI';
  if (!secret && env.TEAMS_CONNECTOR_TOKEN === undefined) {
    problems.push(
      'MICROSOFT_APP_PASSWORD, a certificate (thumbprint and key) or MICROSOFT_APP_TYPE=UserAssignedMSI is needed',
    );
  }
  const hosts = env.TEAMS_ALLOWED_SERVICE_HOSTS;
  if (env.TEAMS_CONNECTOR_TOKEN !== undefined && (hosts.length === 0 || !hosts.every(isLoopbackHost))) {
    problems.push(
      'TEAMS_CONNECTOR_TOKEN is for tests only: every host of TEAMS_ALLOWED_SERVICE_HOSTS must be this machine',
    );
  }
  const tenants =
    env.TEAMS_ALLOWED_TENANTS.length > 0
      ? env.TEAMS_ALLOWED_TENANTS
      : env.MICROSOFT_APP_TENANT_ID === undefined
        ? []
        : [env.MICROSOFT_APP_TENANT_ID];
  if (tenants.length === 0)
    problems.push('TEAMS_ALLOWED_TENANTS (or MICROSOFT_APP_TENANT_ID) is needed: which tenants may speak to Baton');
  return {
    appId: env.MICROSOFT_APP_ID ?? '',
    appPassword: env.MICROSOFT_APP_PASSWORD,
    certificate,
    appType: env.MICROSOFT_APP_TYPE,
    tenantId: env.MICROSOFT_APP_TENANT_ID,
    allowedTenants: tenants,
    openIdMetadataUrl: env.TEAMS_OPENID_METADATA_URL,
    tokenIssuer: env.TEAMS_TOKEN_ISSUER,
    allowedServiceHosts: hosts.length > 0 ? hosts : undefined,
    connectorToken: env.TEAMS_CONNECTOR_TOKEN,
  };
}
