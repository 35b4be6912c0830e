import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate, localTime } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { workspaceCardKind } from '../../feature/tell-administrators.ts';

const words: Readonly<Record<string, string>> = {
  'workspace.installed': 'Baton was installed in',
  'workspace.token-replaced': 'The token of Baton was replaced in',
  'workspace.token-refused': 'The token of Baton is refused in',
  'workspace.removed': 'Baton was taken out of',
};

const advice = 'If nobody of you did that, take Baton out there and ask whoever runs it. Who did it is in the audit.';
const advices: Readonly<Record<string, string>> = {
  'workspace.token-refused':
    'Nothing arrives there until whoever runs Baton gives it a new token. Until then people are told on their other platform, where they have one.',
};

/** Whoever can install Baton can read what it is told: an administrator hears of it, whoever it was. */
export function drawWorkspace(work: Work, subject: string): Promise<Card> {
  if (!work.actor.roles.includes('admin')) {
    throw new Refusal('not-allowed', 'That is shown to administrators.', { denial: true });
  }
  const [verb = '', at = '', ...rest] = subject.split('/');
  const moment = new Date(at);
  const said = Object.hasOwn(words, verb) ? words[verb] : undefined;
  if (said === undefined || Number.isNaN(moment.getTime()))
    throw new Refusal('already-done', 'There is nothing of that.');
  const { zone } = work.actor;
  const when = `${formatDay(localDate(moment, zone), work.reading.today)} ${localTime(moment, zone)}`;
  const summary = `${said} the workspace ${rest.join('/')}.`;
  return Promise.resolve({
    kind: workspaceCardKind,
    subject,
    summary,
    nodes: [
      { kind: 'text', text: `${summary} ${when}` },
      { kind: 'text', text: advices[verb] ?? advice },
    ],
  });
}
