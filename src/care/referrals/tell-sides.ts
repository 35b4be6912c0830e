import type { Work, Post } from '../../feature/feature.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { listMembers, type Referral } from './records.ts';
import type { Side } from './rules.ts';

export const referralCardKind = 'referrals.card';

/**
 * Every copy follows the referral in place. Who must hear news gets a fresh copy besides, which takes the place of
 * their earlier one, because nobody is told of a message that changed.
 */
export async function tellSides(
  work: Work,
  referral: Referral,
  client: Client,
  news: {
    readonly from: Side | 'start';
    readonly tells: boolean;
    /** Somebody of the asked team took it just now: it gets a place among their own messages. */
    readonly taken: boolean;
  },
): Promise<void> {
  await work.refresh(referralCardKind, referral.id);
  const sides: readonly Side[] =
    news.from === 'start' ? ['requester', 'target'] : news.from === 'requester' ? ['target'] : ['requester'];
  if (news.tells) {
    for (const side of sides) {
      const to = addressOf(referral, side, news.from);
      if (to !== undefined) await postCopy(work, referral, side, to);
    }
  }
  if (news.taken && referral.receiver !== undefined) {
    await postCopy(work, referral, 'target', { person: referral.receiver });
  }
  // Until somebody of an asked team takes it, it waits on each of them; and until just now it did.
  const members = referral.toTeam !== undefined && (referral.receiver === undefined || news.taken);
  const people = new Set([
    referral.requester,
    ...(referral.receiver === undefined ? [] : [referral.receiver]),
    ...(members ? await listMembers(work.tx, referral.toTeam ?? '') : []),
  ]);
  await work.publish('due.changed', { team: client.team, people: [...people] });
}

/** A partner has no chat: who asks tracks it in one copy. A team hears once, in its places; those copies follow. */
function addressOf(referral: Referral, side: Side, from: Side | 'start'): Post['to'] | undefined {
  if (referral.toKind === 'partner')
    return from === 'start' && side === 'requester' ? { person: referral.requester } : undefined;
  if (side === 'requester') return { person: referral.requester };
  if (referral.receiver !== undefined) return { person: referral.receiver };
  return from === 'start' && referral.toTeam !== undefined ? { team: referral.toTeam } : undefined;
}

/** A fresh copy, in place of the one this person or place has. */
export async function postCopy(work: Work, referral: Referral, side: Side, to: Post['to']): Promise<void> {
  const series = `referral:${referral.id}:${'team' in to ? 'team' : side}`;
  await work.post({
    key: `${series}:${referral.version}`,
    to,
    kind: referralCardKind,
    subject: referral.id,
    priority: 'answer',
    series,
    // What cannot wait for an answer does not wait for anybody's morning either.
    ...(referral.urgency === 'routine' ? {} : { atOnce: true }),
  });
}
