import { describe, expect, it } from 'vitest';
import { answersGoTo } from '../../../src/slack/answer-hosts.ts';

describe('an answer goes by response_url', () => {
  it.each([
    ['https://hooks.slack.com/commands/T1/2/3', undefined, true],
    ['https://hooks.slack-gov.com/commands/T1/2/3', 'https://slack-gov.com/api/', true],
    ['http://hooks.slack.com/commands/T1/2/3', undefined, false],
    ['https://hooks.slack.com.evil.example/x', undefined, false],
    ['https://evilslack.com/x', undefined, false],
    ['https://hooks.slack.com@evil.example/x', undefined, false],
    ['https://evil.example/hooks.slack.com', undefined, false],
    ['http://127.0.0.1:3000/x', undefined, false],
    ['http://169.254.169.254/latest/meta-data', undefined, false],
    ['http://127.0.0.1:3000/x', 'http://127.0.0.1:3000/api/', true],
    ['https://hooks.slack.com/x', 'http://localhost:3000/api/', false],
    ['http://10.0.0.1/x', 'http://localhost:3000/api/', false],
    ['no address', undefined, false],
  ])('%s, with the API at %s: %s', (url, api, goes) => {
    expect(answersGoTo(url, api)).toBe(goes);
  });
});
