import type { Work, Post } from '../../feature/feature.ts';
import type { Told } from './choose-told.ts';
import type { Escalation } from './records.ts';
import { escalationCardKind, newsCardKind } from './save-change.ts';
import { insertNotice } from './write-records.ts';

/** One live card a person or place: a new one rings anew, and the one before it goes when the new one is there. */
export const cardSeries = (id: string): string => `escalation:${id}`;
/** Likewise one line of news, which the next one takes the place of. */
const newsSeries = (id: string): string => `escalation-news:${id}`;

/** Sends the card to people, and on record whom and why. One post a run, step and person. */
export async function tellPeople(
  work: Work,
  escalation: Pick<Escalation, 'id' | 'frozen' | 'team' | 'severity'>,
  step: number,
  people: readonly Told[],
): Promise<void> {
  const { id, frozen, team } = escalation;
  // Sent together: what one is told needs nothing of what the next is.
  await Promise.all(
    people.map(async ({ person, reason }) => {
      const key = `escalation:${id}:${frozen.run}:${step}:person:${person}`;
      await tell(work, id, { key, to: { person }, step, reason });
      await ring(work, escalation, { key, person, rung: step });
    }),
  );
  // Until somebody has it, it waits on each of them.
  await work.publish('due.changed', { team, people: people.map(({ person }) => person) });
}

/** Sends the card to the team's places, once a run. */
export async function tellPlace(
  work: Work,
  { id, frozen, team }: Pick<Escalation, 'id' | 'frozen' | 'team'>,
): Promise<void> {
  await tell(work, id, {
    key: `escalation:${id}:${frozen.run}:team:${team}`,
    to: { team },
    step: 1,
    reason: 'place',
  });
}

/** Sends the card to one person outside the ladder. `version` tells this time from others. */
export async function tellBeside(
  work: Work,
  escalation: Pick<Escalation, 'id' | 'frozen' | 'version' | 'team' | 'severity'>,
  { person, reason }: Told,
): Promise<void> {
  const { id, frozen, version, team } = escalation;
  const key = `escalation:${id}:${frozen.run}:${reason}:${version}:person:${person}`;
  await tell(work, id, { key, to: { person }, step: 0, reason });
  // Whoever raised it knows of it, and is rung when the ladder calls them.
  if (reason !== 'raiser') await ring(work, escalation, { key, person, rung: 0 });
  await work.publish('due.changed', { team, people: [person] });
}

async function tell(
  work: Work,
  id: string,
  notice: { readonly key: string; readonly to: Post['to']; readonly step: number; readonly reason: string },
): Promise<void> {
  const { key, to, step, reason } = notice;
  await work.post({
    ...{ key, to, kind: escalationCardKind, subject: id, priority: 'escalation' },
    series: cardSeries(id),
  });
  await insertNotice(work.tx, { escalation: id, to, step, reason, postKey: key }, work.now);
}

/** Where there is a pager it rings too, by the same key: who, how grave, which step; nothing of whom it is about. */
const ring = async (
  { pager }: Work,
  { id, team, severity }: Pick<Escalation, 'id' | 'team' | 'severity'>,
  call: { readonly key: string; readonly person: string; readonly rung: number },
): Promise<void> => pager?.call({ ...call, team, severity, incident: id });

/** Everybody who was told, and who raised it. */
export const everybodyTold = ({ notices, raisedBy }: Pick<Escalation, 'notices' | 'raisedBy'>): readonly string[] => [
  ...new Set([raisedBy.id, ...notices.flatMap(({ person }) => (person === undefined ? [] : [person.id]))]),
];

/** A fresh line to these people, because nobody is told of a message that only changed. */
export async function sendNews(
  work: Work,
  { id, version, severity }: Pick<Escalation, 'id' | 'version' | 'severity'>,
  people: readonly string[],
  priority: Post['priority'] = 'answer',
): Promise<void> {
  // Who was woken for it need not lie awake over how it ended.
  const atOnce = severity !== 'concern';
  for (const person of new Set(people)) {
    const key = `escalation:${id}:news:${version}:person:${person}`;
    await work.post({ key, to: { person }, kind: newsCardKind, subject: id, priority, atOnce, series: newsSeries(id) });
  }
}
