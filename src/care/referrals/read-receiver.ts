import { prefixedKind, userKind } from '../../chat/argument-kinds.ts';
import type { ArgumentKind } from '../../chat/command.ts';

/** Who is asked, as typed: a mention, `team:west`, `partner:home-start`. */
export type ReceiverWord = { readonly mention: string } | { readonly team: string } | { readonly partner: string };

const teamKind = prefixedKind('team', 'team');
const partnerKind = prefixedKind('partner', 'partner');

/** One argument for all three, so that two different receivers in one line are refused as two answers for one place. */
export const receiverKind: ArgumentKind<ReceiverWord> = {
  label: 'receiver',
  read(word, reading) {
    const mention = userKind.read(word, reading);
    if (mention.is !== 'no') return mention.is === 'yes' ? { is: 'yes', value: { mention: mention.value } } : mention;
    const team = teamKind.read(word, reading);
    if (team.is !== 'no') return team.is === 'yes' ? { is: 'yes', value: { team: team.value } } : team;
    const partner = partnerKind.read(word, reading);
    return partner.is === 'yes' ? { is: 'yes', value: { partner: partner.value } } : partner;
  },
};
