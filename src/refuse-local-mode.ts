import { isLoopbackHost, type Config } from './config.ts';

/** What makes Baton the real thing; the README lists it. */
export const realThing =
  'set SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN for Slack, or MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and ' +
  'MICROSOFT_APP_TENANT_ID for Teams, beside BATON_MASTER_KEY';

/**
 * Why the settings mean no local mode, in words; undefined when they may. Whoever gives a database or a key has an
 * organisation somewhere, and a simulator lets everybody act as anybody in it. Asked by the service alone: the command
 * line needs no platform.
 */
export function refuseLocalMode(config: Config): string | undefined {
  const given = [
    config.databaseUrl === undefined ? [] : ['DATABASE_URL'],
    config.logins === undefined ? [] : ['DATABASE_APP_URL and DATABASE_WORKER_URL'],
    config.masterKey === undefined ? [] : ['BATON_MASTER_KEY'],
  ].flat();
  if (given.length > 0) {
    const names = given.join(', ');
    return (
      `Neither Slack nor Teams is configured, and the simulator does not open beside ${names}. ` +
      `To serve people, ${realThing}; to try Baton out, leave ${names} out.`
    );
  }
  if (!isLoopbackHost(config.host) && !config.simulatorOnNetwork) {
    return (
      'Neither Slack nor Teams is configured, and the simulator, in which everybody acts as anybody, listens on this ' +
      `machine only. Leave HOST out, or add BATON_SIMULATOR_ON_NETWORK=yes; to serve people, ${realThing}.`
    );
  }
  return undefined;
}
