import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { answersGoTo } from '../../../src/slack/answer-hosts.ts';
import { chooseCloud } from '../../../src/teams/clouds.ts';
import { createServiceHosts, microsoftServiceHosts } from '../../../src/teams/service-hosts.ts';

describe('the clouds of the platforms', () => {
  it.each([
    ['public', 'https://smba.trafficmanager.net/amer/'],
    ['GCC', 'https://smba.infra.gcc.teams.microsoft.com/teams'],
    ['GCC High', 'https://smba.infra.gov.teams.microsoft.us/teams'],
    ['DoD', 'https://smba.infra.dod.teams.microsoft.us/teams'],
  ])('Teams %s is written to without a setting', (_cloud, serviceUrl) => {
    const { teams } = readConfig({
      MICROSOFT_APP_ID: 'app',
      MICROSOFT_APP_PASSWORD: 'word',
      MICROSOFT_APP_TENANT_ID: 'tenant',
      BATON_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    });
    expect(teams?.allowedServiceHosts).toBeUndefined();
    expect(createServiceHosts(microsoftServiceHosts).allows(serviceUrl)).toBe(true);
  });

  it('the government’s issuer brings its keys, its sign-in and its scope with it', () => {
    const cloud = chooseCloud('https://api.botframework.us');
    expect(Object.values(cloud).filter((address) => !/^https:\/\/[^/]+\.us(\/|$)/.test(address))).toEqual([]);
    expect(chooseCloud(undefined).tokenIssuer).toBe('https://api.botframework.com');
    expect(chooseCloud('https://issuer.of.tests')).toEqual(chooseCloud(undefined));
  });

  it('answers go to GovSlack too', () => {
    const url = 'https://hooks.slack-gov.com/commands/1';
    expect(answersGoTo(url, 'https://slack-gov.com/api/')).toBe(true);
    expect(answersGoTo('https://slack-gov.com.evil.example/', 'https://slack-gov.com/api/')).toBe(false);
  });
});
