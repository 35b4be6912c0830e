import { isSelf, requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { findPersonById, findPersonByIdentity, type NamedPerson } from '../../access/find-person-by-identity.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { listTeamsAndPartners } from './records.ts';
import type { ReceiverWord } from './read-receiver.ts';
import type { To } from './write-records.ts';

/** Who is asked: as typed in a command, or by the person's id from a form. */
export type Receiver = ReceiverWord | { readonly person: string };

export interface ChosenReceiver {
  readonly to: To;
  /** The named human of the receiving side: none yet for a team; who asks tracks a partner by hand. */
  readonly receiver: string | undefined;
}

/** Finds who is asked. `field` is where a form shows the sentence. Refuses yourself, leavers, and who takes none. */
export async function chooseReceiver(work: Work, named: Receiver, field = 'to'): Promise<ChosenReceiver> {
  const refuse = (sentence: string): Refusal =>
    new Refusal('invalid-value', sentence, {
      fields: { [field]: sentence },
      offers: [{ action: 'referrals.request', label: 'Choose from a list', opensForm: true }],
    });
  if ('mention' in named || 'person' in named) {
    const person =
      'mention' in named
        ? await findPersonByIdentity(work.tx, work.platform, named.mention)
        : await findPersonById(work.tx, named.person);
    if (person === undefined)
      throw refuse('I do not know that person here, so nobody was asked. Choose somebody else.');
    const problem = whyNotPerson(work, person);
    if (problem !== undefined) throw refuse(problem);
    return { to: { person: person.id }, receiver: person.id };
  }
  const { teams, partners } = await listTeamsAndPartners(work.tx);
  if ('team' in named) {
    if (teams.some((team) => team.id === named.team)) return { to: { team: named.team }, receiver: undefined };
    throw refuse('I do not know a team of that name, so nobody was asked. Choose one from the list.');
  }
  if (partners.some((partner) => partner.id === named.partner)) {
    return { to: { partner: named.partner }, receiver: requirePerson(work.actor).person };
  }
  throw refuse('I do not know a partner of that name, so nobody was asked. Choose one from the list.');
}

function whyNotPerson(work: Work, person: NamedPerson): string | undefined {
  if (isSelf(work.actor, person.id)) {
    return 'That is you, and a referral needs somebody else. Choose a colleague, a team or a partner.';
  }
  if (!person.active)
    return `${person.name} cannot be reached here any more, so nobody was asked. Choose somebody else.`;
  // Whether this client would be near or far does not matter: who serves a referral may stand anywhere.
  if (!allows(person, 'referral.answer', 'organisation')) {
    return `${person.name} does not take referrals, so nobody was asked. Choose somebody of a care team.`;
  }
  return undefined;
}
