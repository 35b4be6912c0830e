import type { KnownUser } from '../access/records.ts';
import { localDate } from '../calendar/zones.ts';
import { Refusal } from '../chat/refusal.ts';
import type { Repeated } from './records.ts';

/**
 * Whether a request repeats one that was done. Then no refusal may say that nothing was: it says that nothing is said
 * again.
 */
type Before = Pick<Repeated, 'done'> | undefined;

const nothingDone = (before: Before): string =>
  before?.done === true ? 'so I do not answer this again' : 'so I did nothing';

export const strangerRefusal = (before?: Before): Refusal =>
  new Refusal(
    'stranger',
    `I do not know you here yet, ${nothingDone(before)}. Please ask your Baton administrator to link your account.`,
    { denial: true },
  );

/** Lets in whom the organisation knows and who works there today; everybody else is refused in words. */
export function admit(user: KnownUser | undefined, now: Date, before?: Before): KnownUser {
  if (user === undefined) throw strangerRefusal(before);
  const so = nothingDone(before);
  if (user.uninvited) {
    throw new Refusal(
      'guest',
      `Guests need an invitation with an end date, ${so}. Your Baton administrator can give you one.`,
      { denial: true },
    );
  }
  if (!user.active) {
    throw new Refusal('leaver', `Your access to Baton has ended, ${so}. Your supervisor can help.`, { denial: true });
  }
  if (user.guestUntil !== undefined && localDate(now, user.actor.zone) > user.guestUntil) {
    throw new Refusal('guest', `Your guest access has ended, ${so}. Your administrator can renew it.`, {
      denial: true,
    });
  }
  return user;
}

/** The first answer belongs to the person it was made for, and to nobody else with the same ids. */
export function requireOwn(before: Repeated, person: string): void {
  if (before.person === person) return;
  throw before.done
    ? new Refusal('not-allowed', 'This was already answered to somebody else. Please send yours anew.', {
        denial: true,
      })
    : new Refusal('not-allowed', 'I refused this when it first came, so I did nothing. Please send it anew.', {
        denial: true,
      });
}
