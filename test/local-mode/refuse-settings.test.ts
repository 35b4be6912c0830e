import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';
import { refuseLocalMode } from '../../src/refuse-local-mode.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const url = 'postgresql://owner:secret@db.example/baton';
const logins = { DATABASE_APP_URL: url, DATABASE_WORKER_URL: url };
const refusal = (environment: Readonly<Record<string, string>>): string | undefined =>
  refuseLocalMode(readConfig(environment));

describe('local mode, with no platform in the settings', () => {
  it.each([
    ['DATABASE_URL', { DATABASE_URL: url }],
    ['BATON_MASTER_KEY', { BATON_MASTER_KEY: key }],
    ['DATABASE_APP_URL and DATABASE_WORKER_URL', logins],
    ['DATABASE_URL, BATON_MASTER_KEY', { DATABASE_URL: url, BATON_MASTER_KEY: key }],
  ])('does not open beside %s, and names what is missing', (names, environment) => {
    const sentence = refusal(environment);
    expect(sentence).toContain(`the simulator does not open beside ${names}.`);
    expect(sentence).toContain('SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN');
    expect(sentence).toContain('MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANT_ID');
    expect(sentence).not.toContain('secret@');
  });

  it.each(['0.0.0.0', '::', '192.168.1.7', 'clinic.example'])('listens on no network: %s', (HOST) => {
    expect(refusal({ HOST })).toContain('add BATON_SIMULATOR_ON_NETWORK=yes');
    expect(refusal({ HOST, BATON_SIMULATOR_ON_NETWORK: 'no' })).toBeDefined();
    expect(refusal({ HOST, BATON_SIMULATOR_ON_NETWORK: 'yes' })).toBeUndefined();
  });

  it.each([{}, { HOST: 'localhost' }, { HOST: '127.0.0.1' }, { HOST: '::1' }, { BATON_STATE_DIR: '/tmp/x' }])(
    'opens with %j',
    (environment) => {
      expect(refusal(environment)).toBeUndefined();
    },
  );
});

describe('the two logins', () => {
  it.each([
    [{ DATABASE_APP_URL: url }, 'DATABASE_WORKER_URL is needed beside DATABASE_APP_URL: set both or neither'],
    [{ DATABASE_WORKER_URL: url }, 'DATABASE_APP_URL is needed beside DATABASE_WORKER_URL: set both or neither'],
  ])('are set both or neither: %j', (environment, problem) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).toThrow(problem);
  });

  it('are held to the shape of DATABASE_URL', () => {
    const wrong = { DATABASE_APP_URL: `${url}?options=-c%20role%3Downer`, DATABASE_WORKER_URL: 'mysql://h/d' };
    expect(() => readConfig(wrong)).toThrow('DATABASE_APP_URL must not carry options=');
    expect(() => readConfig(wrong)).toThrow('DATABASE_WORKER_URL begins with postgresql://');
  });
});
