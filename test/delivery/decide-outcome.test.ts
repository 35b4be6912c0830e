import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainReason } from '../../src/care/deliveries/rules.ts';
import { backoff, patienceOf } from '../../src/delivery/backoff.ts';
import { decideOutcome, type Tried } from '../../src/delivery/decide-outcome.ts';
import type { Platform } from '../../src/platform.ts';
import { readFailure as readSlack } from '../../src/slack/read-failure.ts';
import { readFailure as readTeams } from '../../src/teams/read-failure.ts';

const now = new Date('2026-11-23T14:00:00Z');
const words = { slack: readSlack, teams: readTeams };
const tried = ({ platform = 'slack', ...given }: Partial<Tried> & { platform?: Platform } = {}): Tried => ({
  method: 'post',
  read: words[platform],
  audience: 'person',
  priority: 1,
  attempts: 1,
  uncertain: false,
  plain: false,
  otherWay: false,
  rerouted: false,
  now,
  chance: 0,
  ...given,
});
const no = (
  code: string,
  more: { status?: number; retryAfterSeconds?: number; unknown?: boolean; tokenRefused?: true } = {},
) => ({
  code,
  unknown: false,
  ...more,
});

describe("what a platform's no means", () => {
  it.each([
    ['internal_error', 'unknown'],
    ['fatal_error', 'unknown'],
    ['http_503', 'unknown'],
    ['service_unavailable', 'retry'],
    ['no_connection', 'retry'],
    ['ratelimited', 'hold'],
    ['is_archived', 'refused'],
    ['channel_not_found', 'refused'],
    ['not_in_channel', 'refused'],
    ['restricted_action', 'refused'],
    ['missing_scope', 'refused'],
    ['user_not_found', 'person-gone'],
    ['users_not_found', 'person-gone'],
    ['user_disabled', 'person-gone'],
    ['cannot_dm_bot', 'person-gone'],
    ['token_revoked', 'workspace-gone'],
    ['token_expired', 'workspace-gone'],
    ['invalid_auth', 'workspace-gone'],
    ['app_uninstalled', 'workspace-gone'],
    ['team_access_not_granted', 'workspace-gone'],
    ['msg_too_long', 'plain'],
    ['msg_blocks_too_long', 'plain'],
    ['invalid_blocks', 'plain'],
    ['message_not_found', 'message-gone'],
    ['a_code_of_next_year', 'refused'],
    ['toString', 'refused'],
  ])('on Slack, %s is %s', (code, verdict) => {
    expect(readSlack('team', no(code))).toBe(verdict);
  });

  it.each([
    [400, 'plain'],
    [401, 'retry'],
    [403, 'refused'],
    [404, 'refused'],
    [412, 'retry'],
    [413, 'refused'],
    [429, 'hold'],
    [503, 'retry'],
  ])('on Teams, %d is %s', (status, verdict) => {
    expect(readTeams('team', no('SomeCode', { status }))).toBe(verdict);
  });

  // https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability, "Status codes from bot
  // conversational APIs"; MessageWritesBlocked and ActivityNotFound are what older pages and connectors say.
  it.each([
    ['BotNotRegistered', 401, 'workspace-gone'],
    ['BotDisabledByAdmin', 403, 'workspace-gone'],
    ['BotNotInConversationRoster', 403, 'refused'],
    ['ConversationBlockedByUser', 403, 'refused'],
    ['MessageWritesBlocked', 403, 'refused'],
    ['ForbiddenOperationException', 403, 'refused'],
    ['InvalidBotApiHost', 403, 'refused'],
    ['NotEnoughPermissions', 403, 'refused'],
    ['ActivityNotFoundInConversation', 404, 'message-gone'],
    ['ActivityNotFound', 404, 'message-gone'],
    ['ConversationNotFound', 404, 'refused'],
    ['PreconditionFailed', 412, 'retry'],
    ['MessageSizeTooBig', 413, 'refused'],
    ['Throttled', 429, 'hold'],
    ['ServiceUnavailable', 503, 'retry'],
    // The word decides, whatever status a gateway put in front of it.
    ['BotDisabledByAdmin', 404, 'workspace-gone'],
    ['ActivityNotFoundInConversation', 400, 'message-gone'],
    ['ConversationBlockedByUser', 400, 'refused'],
    ['Throttled', 403, 'hold'],
  ])('on Teams, %s with %d is %s', (code, status, verdict) => {
    expect(readTeams('team', no(code, { status }))).toBe(verdict);
  });

  it.each([
    ['BotDisabledByAdmin', 'switched Baton off'],
    ['BotNotRegistered', 'settings for Teams'],
    ['InvalidBotApiHost', 'settings for Teams'],
    ['ConversationBlockedByUser', 'They blocked Baton'],
    ['ForbiddenOperationException', 'is not added there'],
    ['NotEnoughPermissions', 'lacks a right'],
    ['ServiceUnavailable', 'could not be reached'],
    ['channel_not_found', 'Baton is not in that channel. Invite it there, then retry.'],
    ['is_archived', 'The channel is archived. Give the team another place, then retry.'],
    ['not_in_channel', 'Baton is not in that channel. Invite it there, then retry.'],
    ['restricted_action', 'Baton may not write there. Change who may post, then retry.'],
    ['account_inactive', 'Baton is not installed there any more. It goes out by itself'],
    ['missing_scope', 'Baton lacks a right there. Tell your administrator, then retry.'],
    ['BotNotInConversationRoster', 'Baton is not added there. Add it, then retry.'],
    ['MessageWritesBlocked', 'Baton may not write there. Change who may post, then retry.'],
    ['ConversationNotFound', 'The conversation is gone. Give the team another place, then retry.'],
  ])('a supervisor reads of %s what to do: %s', (code, words) => {
    expect(explainReason(code)).toContain(words);
    expect(explainReason(code)).not.toContain(code);
  });

  it('on Teams, a bot that the administrator disabled waits with its changes, and tries another way with its messages', () => {
    const disabled = no('BotDisabledByAdmin', { status: 403 });
    expect(decideOutcome(disabled, tried({ platform: 'teams', method: 'update' })).is).toBe('wait');
    expect(decideOutcome(disabled, tried({ platform: 'teams', otherWay: true })).is).toBe('move');
    expect(decideOutcome(disabled, tried({ platform: 'teams', priority: 0 })).is).toBe('reroute');
  });

  it('on Teams, a gateway that gave up waiting may have done it', () => {
    expect(readTeams('team', no('x', { status: 502, unknown: true }))).toBe('unknown');
  });

  it('an inactive account is the person where a person was written to, and our own where a place was', () => {
    expect(readSlack('person', no('account_inactive'))).toBe('person-gone');
    expect(readSlack('team', no('account_inactive'))).toBe('workspace-gone');
  });
});

describe('what follows', () => {
  it('a token that is refused: whoever can be told elsewhere is told there at once; else it waits as before', () => {
    const refused = no('Unauthorized', { status: 401, tokenRefused: true });
    expect(decideOutcome(refused, tried({ platform: 'teams', otherWay: true })).is).toBe('move');
    expect(decideOutcome(refused, tried({ platform: 'teams' })).is).toBe('wait');
    expect(decideOutcome(refused, tried({ platform: 'teams', audience: 'team', otherWay: true })).is).toBe('wait');
    expect(decideOutcome(refused, tried({ platform: 'teams', method: 'update', otherWay: true })).is).toBe('wait');
  });

  it.each([1, 30, 300])('Retry-After %d is kept to the second', (retryAfterSeconds) => {
    const decision = decideOutcome(no('ratelimited', { retryAfterSeconds }), tried());
    expect(decision).toMatchObject({ is: 'hold', until: new Date(now.getTime() + retryAfterSeconds * 1_000) });
  });

  it.each(['slack', 'teams'] as const)('429 without Retry-After on %s waits by our own backoff', (platform) => {
    const failure = platform === 'slack' ? no('ratelimited') : no('x', { status: 429 });
    const decision = decideOutcome(failure, tried({ platform, attempts: 3 }));
    expect(decision).toMatchObject({ is: 'hold', until: new Date(now.getTime() + 4_000) });
  });

  it('a wait never parks: a platform that asks for patience gets it', () => {
    expect(decideOutcome(no('ratelimited'), tried({ attempts: 10_000 })).is).toBe('hold');
  });

  it('an unknown outcome is repeated once; a second one is parked, unless it is an escalation', () => {
    const lost = no('no_reply', { unknown: true });
    expect(decideOutcome(lost, tried())).toMatchObject({ is: 'wait', uncertain: true });
    expect(decideOutcome(lost, tried({ priority: 3 }))).toMatchObject({ is: 'wait', uncertain: true });
    expect(decideOutcome(lost, tried({ uncertain: true })).is).toBe('park');
    expect(decideOutcome(lost, tried({ uncertain: true, priority: 3 })).is).toBe('park');
    expect(decideOutcome(lost, tried({ uncertain: true, priority: 0 }))).toMatchObject({ is: 'wait', uncertain: true });
  });

  it('what may have arrived once stays uncertain through a later definite no', () => {
    expect(decideOutcome(no('service_unavailable'), tried({ uncertain: true }))).toMatchObject({ uncertain: true });
    expect(decideOutcome(no('ratelimited'), tried({ uncertain: true }))).toMatchObject({ uncertain: true });
  });

  it('patience ends by priority: parked, and an escalation goes to the next person', () => {
    for (const priority of [1, 2, 3]) {
      const { attempts } = patienceOf(priority);
      expect(decideOutcome(no('no_connection'), tried({ priority, attempts: attempts - 1 })).is).toBe('wait');
      expect(decideOutcome(no('no_connection'), tried({ priority, attempts })).is).toBe('park');
    }
    const spent = tried({ priority: 0, attempts: patienceOf(0).attempts });
    expect(decideOutcome(no('no_connection'), spent).is).toBe('reroute');
    expect(decideOutcome(no('no_connection'), { ...spent, rerouted: true }).is).toBe('park');
  });

  it('a person who is gone is rerouted once, and never on and on', () => {
    expect(decideOutcome(no('user_not_found'), tried()).is).toBe('reroute');
    expect(decideOutcome(no('user_not_found'), tried({ rerouted: true })).is).toBe('park');
  });

  it('a person who cannot be reached on one platform is reached on the other', () => {
    expect(decideOutcome(no('token_revoked'), tried({ otherWay: true })).is).toBe('move');
    expect(decideOutcome(no('restricted_action'), tried({ otherWay: true })).is).toBe('move');
    expect(decideOutcome(no('token_revoked'), tried()).is).toBe('park');
  });

  it('every platform of a person is tried before an escalation goes to somebody else', () => {
    const spent = patienceOf(0).attempts;
    for (const code of ['user_not_found', 'invalid_blocks', 'no_connection', 'token_revoked', 'is_archived']) {
      for (const rerouted of [false, true]) {
        const here = tried({ priority: 0, attempts: spent, otherWay: true, plain: true, rerouted });
        expect(decideOutcome(no(code), here)).toEqual({ is: 'move', reason: code });
        expect(decideOutcome(no(code), { ...here, otherWay: false }).is).toBe(rerouted ? 'park' : 'reroute');
      }
    }
  });

  it('changing a message is tried as long as it takes, and left where it cannot be changed any more', () => {
    const update = tried({ method: 'update', attempts: 5_000 });
    expect(decideOutcome(no('no_reply', { unknown: true }), update).is).toBe('wait');
    expect(decideOutcome(no('service_unavailable'), update).is).toBe('wait');
    expect(decideOutcome(no('token_revoked'), update).is).toBe('wait');
    for (const code of ['message_not_found', 'is_archived', 'invalid_blocks', 'edit_window_closed']) {
      expect(decideOutcome(no(code), update).is).toBe('leave');
    }
  });

  it('taking a message back is done when it is gone, whoever took it', () => {
    const remove = tried({ method: 'remove' });
    expect(decideOutcome(no('message_not_found'), remove).is).toBe('removed');
    expect(decideOutcome(no('no_reply', { unknown: true }), remove).is).toBe('wait');
  });

  it('no answer of a platform is without consequence, and every wait lies ahead', () => {
    const anyTried = fc.record({
      method: fc.constantFrom('post' as const, 'update' as const, 'remove' as const),
      read: fc.constantFrom(readSlack, readTeams),
      audience: fc.constantFrom('person' as const, 'team' as const),
      priority: fc.integer({ min: 0, max: 3 }),
      attempts: fc.integer({ min: 1, max: 400 }),
      uncertain: fc.boolean(),
      plain: fc.boolean(),
      otherWay: fc.boolean(),
      rerouted: fc.boolean(),
      chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
      now: fc.constant(now),
    });
    const anyFailure = fc.record({
      code: fc.oneof(fc.string(), fc.constantFrom('ratelimited', 'is_archived', 'user_not_found', 'invalid_blocks')),
      status: fc.integer({ min: 400, max: 599 }),
      unknown: fc.boolean(),
    });
    fc.assert(
      fc.property(anyFailure, anyTried, (failure, about) => {
        const decision = decideOutcome(failure, about);
        if (decision.is === 'wait' || decision.is === 'hold') expect(decision.until > now).toBe(true);
        if (decision.is === 'move') expect(about.otherWay).toBe(true);
        if (decision.is === 'reroute') expect(about.rerouted).toBe(false);
        if (about.method === 'post') expect(['leave', 'removed']).not.toContain(decision.is);
        else expect(['park', 'reroute', 'move', 'plain']).not.toContain(decision.is);
      }),
    );
  });
});

describe('backoff', () => {
  it('doubles from two seconds, half of it by chance, up to the longest of its priority', () => {
    expect([1, 2, 3, 4].map((attempts) => backoff(attempts, 1, 0))).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(backoff(1, 1, 0.999)).toBe(1_999);
    expect([0, 1, 2, 3].map((priority) => backoff(1_000, priority, 1))).toEqual([60_000, 300_000, 300_000, 900_000]);
  });
});
