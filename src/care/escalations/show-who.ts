import { requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { paragraph, type Card, type Span } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { listTeams } from '../../access/records.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAllowedClient } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { numbersNode } from './cards.ts';
import { formatMoment, nameFor, readerOf, sayPhone, type Reader } from './describe-escalation.ts';
import { describeTold } from './escalation-words.ts';
import { planCalls, type PlannedStep } from './plan-calls.ts';
import { type Severity, severitySchema } from './rules.ts';

/**
 * Who would be called now: a dry run that tells nobody and writes nothing but that somebody looked. About a client whom
 * this person may not see it shows their own team's ladder, the same as for a code of nobody.
 */
export async function showWho(
  work: Work,
  asked: { readonly client: string | undefined; readonly team: string | undefined; readonly severity: Severity },
): Promise<Card> {
  const client = asked.client === undefined ? undefined : await seen(work, asked.client);
  const team = client?.team ?? asked.team ?? work.actor.team;
  if (!(await listTeams(work.tx)).some(({ id }) => id === team)) {
    throw new Refusal('invalid-value', 'I do not know a team of that name here.');
  }
  const { scene, steps } = await planCalls(
    work,
    { team, client: client?.id, raisedBy: requirePerson(work.actor).person },
    asked.severity,
  );
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'escalations.who',
    subjectKind: 'team',
    subjectId: team,
    detail: { severity: asked.severity, client: client?.code ?? null },
    at: work.now,
  });
  const reader = readerOf(work);
  const about = client === undefined ? scene.setup.name : `${client.code}, ${scene.setup.name}`;
  return {
    kind: 'escalations.who',
    subject: [asked.severity, team, client?.code ?? ''].join('/'),
    summary: 'Who would be called now.',
    nodes: [
      paragraph([
        { bold: `Who would be called now · ${asked.severity} · ${about}` },
        '. As if you raised it, so you stand in no step. Nothing was raised; nobody was told.',
      ]),
      numbersNode({ scene }),
      ...(scene.nobodyOnDuty ? [paragraph([{ bold: 'Nobody is on duty at this hour.' }])] : []),
      ...steps.map((step) => paragraph(describeStep(step, reader))),
      { kind: 'buttons', buttons: [{ action: 'escalations.raise', label: 'Escalate', opensForm: true }] },
    ],
  };
}

/** The same for `<severity>/<team>/<client's code>`. */
export function drawWho(work: Work, subject: string): Promise<Card> {
  const [severity, team, code] = subject.split('/');
  const client = code === '' ? undefined : code;
  return showWho(work, { client, team, severity: severitySchema.safeParse(severity).data ?? 'crisis' });
}

async function seen(work: Work, code: string): Promise<Awaited<ReturnType<typeof findAllowedClient>> | undefined> {
  try {
    const client = await findAllowedClient(work, 'escalation.raise', { code });
    return allows(work.actor, 'client.see', relationTo(work.actor, client)) ? client : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function describeStep({ step, at, people }: PlannedStep, reader: Reader): readonly Span[] {
  return [
    { bold: `${step} · ${formatMoment(at, reader)}` },
    ...people.flatMap(({ id, name, reason, phone }): Span[] => [
      `\n${nameFor({ id, name }, reader)} (${describeTold(reason)}): `,
      sayPhone(phone),
    ]),
    ...(people.length === 0 ? ['\nnobody'] : []),
  ];
}
