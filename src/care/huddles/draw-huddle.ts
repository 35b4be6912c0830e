import { isSelf } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card, Row } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { Refusal } from '../../chat/refusal.ts';
import { clientSpans } from '../clients/cards.ts';
import { findClientsOf } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { noteCard, recordNoteRead } from '../clients/typed-words.ts';
import { readTasks } from '../follow-ups/plan-task.ts';
import { agendaCard, agendaDetail, pastCard, reminderCard } from './agenda-card.ts';
import { mineNoteKind } from './card-kinds.ts';
import type { AgendaLine } from './arrange-agenda.ts';
import { buildAgenda } from './build-agenda.ts';
import { currentOf, findRunTeam, findSeenHuddle } from './find-huddle.ts';
import { describeDecision, notListed } from './huddle-words.ts';
import { liveCard } from './live-card.ts';
import { findNextHuddle } from './next-huddle.ts';
import { readDecisions } from './outcome-records.ts';
import { findHuddle, findHuddles, findOpenHuddle, listPast, type Huddle } from './records.ts';
import type { Rhythm } from './rules.ts';
import { decisionWords, mineCard, summaryCard } from './summary-card.ts';
import { findNames } from './team-records.ts';
import { identify, viewHuddle, type HuddleView } from './view-huddle.ts';

/** A huddle as it stands: the live card while it runs, what came of it afterwards. */
export const drawHuddle = (work: Work, id: string): Promise<Card> => draw(work, id, false);

/** The same for whoever pressed for it: what was written stands there, for who may read it. */
export const drawOpenedHuddle = (work: Work, id: string): Promise<Card> => draw(work, id, true);

async function draw(work: Work, id: string, opened: boolean): Promise<Card> {
  const huddle = await findSeenHuddle(work, id);
  if (huddle.state === 'planned' || huddle.state === 'skipped') return drawReminderOf(work, huddle);
  if (huddle.state === 'ended') return summaryCard(await viewHuddle(work, huddle, huddle.items, opened));
  const current = currentOf(huddle);
  return liveCard(await viewHuddle(work, huddle, current === undefined ? [] : [current], opened));
}

/** The same as somebody opens it for themselves: on record, with whom they saw. */
export async function openHuddleCard(work: Work, id: string): Promise<Card> {
  const huddle = await findSeenHuddle(work, id);
  const current = huddle.state === 'open' ? currentOf(huddle)?.client?.code : undefined;
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'huddle.see',
    subjectKind: 'huddle',
    subjectId: huddle.id,
    detail: current === undefined ? { clients: huddle.items.length } : { client: current },
    at: work.now,
  });
  return drawOpenedHuddle(work, id);
}

async function drawReminderOf(work: Work, huddle: Huddle): Promise<Card> {
  const lines = huddle.state === 'planned' ? await buildAgenda(work, huddle.team, huddle.rhythm) : [];
  const today = localDate(work.now, huddle.zone);
  return reminderCard(huddle, lines, { now: work.now, zone: huddle.zone, today });
}

/** What runs now, else what comes next with its agenda; privately, one access record a view. */
export async function showHuddle(work: Work, teamId: string, rhythm?: Rhythm): Promise<Card> {
  const team = await findRunTeam(work, teamId);
  const open = await findOpenHuddle(work.tx, team.id);
  if (open !== undefined) return openHuddleCard(work, open);
  const next = await findNextHuddle(work, team, rhythm);
  const lines = await buildAgenda(work, team.id, next?.meeting.plan.rhythm ?? rhythm ?? 'weekly');
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'huddle.see',
    subjectKind: 'team',
    subjectId: team.id,
    detail: { clients: lines.length },
    at: work.now,
  });
  const reader = { now: work.now, zone: team.zone, today: localDate(work.now, team.zone) };
  return agendaCard(team, next?.meeting, await agendaRows(work, lines, reader.today), reader);
}

async function agendaRows(work: Work, lines: readonly AgendaLine[], today: string): Promise<readonly Row[]> {
  const clients = await findClientsOf(
    work,
    lines.flatMap(({ client }) => client?.id ?? []),
  );
  const names = await findNames(
    work.tx,
    lines.flatMap(({ person }) => person ?? []),
  );
  return lines.map((line): Row => {
    const client = line.client === undefined ? undefined : clients.get(line.client.id);
    const sees = client !== undefined && allows(work.actor, 'client.see', relationTo(work.actor, client));
    const name = line.client?.code ?? (line.person === undefined ? notListed : (names.get(line.person) ?? line.person));
    return {
      id: line.id,
      text: [
        ...(sees ? clientSpans(client, work.privacy) : [{ bold: name }]),
        ...(line.tier === undefined ? [] : [` · ${line.tier}`]),
      ],
      detail: agendaDetail(line, { reasons: work.agendaReasons, today }),
      ...(sees ? { buttons: [{ action: 'clients.show', label: 'Show the client', subject: client.id }] } : {}),
    };
  });
}

/** How many of the last ones a list shows. */
const mostPast = 10;

export async function drawPast(work: Work, teamId: string): Promise<Card> {
  const team = await findRunTeam(work, teamId === '' ? work.actor.team : teamId);
  const past = await findHuddles(work.tx, await listPast(work.tx, team.id, mostPast));
  return pastCard(team, past, { now: work.now, zone: team.zone });
}

/** What of a huddle's decisions one person has: theirs to read, and of whoever reads their messages when they left. */
export async function drawMine(work: Work, subject: string): Promise<Card> {
  return mineCard(await viewMine(work, subject), subject);
}

/** What was written with them, for one person, on record decision by decision. */
export async function readMineNote(work: Work, subject: string): Promise<Card> {
  const view = await viewMine(work, subject);
  const found = decisionWords(view);
  for (const { decision } of found) await recordNoteRead(work, { kind: 'decision', ...decision });
  return noteCard({
    kind: mineNoteKind,
    subject,
    about: [{ bold: 'What was decided' }],
    code: found.map(({ decision }) => decision.code).join(', '),
    lines: found.map(({ decision, words }) => [
      ...identify(view, { client: { id: decision.client, code: decision.code }, person: undefined }),
      `: ${words}`,
    ]),
  });
}

async function viewMine(work: Work, subject: string): Promise<HuddleView> {
  const [id = '', person = ''] = subject.split('/');
  const huddle = await findHuddle(work.tx, id, true);
  const mine = isSelf(work.actor, person) || allows(work.actor, 'follow-up.reassign', 'organisation');
  if (huddle === undefined || work.audience !== 'person' || !mine) {
    throw new Refusal('not-allowed', 'That message belongs to somebody else.', { denial: true });
  }
  const followUps = huddle.decisions.map(({ followUp }) => followUp);
  const tasks = await readTasks(work.tx, followUps);
  const decisions = huddle.decisions.filter(({ followUp }) => tasks.get(followUp)?.owner === person);
  if (decisions.length === 0) throw new Refusal('already-done', 'None of these decisions is theirs any more.');
  return viewHuddle(work, { ...huddle, decisions }, []);
}

/** One decision with its words, opened from its follow-up by whoever has it or may see the client. */
export async function drawDecision(work: Work, followUp: string): Promise<Card> {
  const [decision] = await readDecisions(work.tx, { followUps: [followUp] }, true);
  const task = (await readTasks(work.tx, [followUp])).get(followUp);
  const client =
    decision === undefined ? undefined : (await findClientsOf(work, [decision.client])).get(decision.client);
  const sees = client !== undefined && allows(work.actor, 'client.see', relationTo(work.actor, client));
  if (decision === undefined || task === undefined || !(sees || isSelf(work.actor, task.owner))) {
    throw new Refusal('unknown-button', 'I cannot find that decision among yours.', { denial: true });
  }
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'huddle.see',
    subjectKind: 'huddle',
    subjectId: decision.huddle,
    detail: { client: decision.code },
    at: work.now,
  });
  const today = localDate(work.now, work.actor.zone);
  return {
    kind: 'huddles.decision',
    subject: followUp,
    summary: `Decided for ${decision.code}.`,
    nodes: [
      {
        kind: 'text',
        text: [
          'Decided: ',
          ...(sees ? clientSpans(client, work.privacy) : [{ bold: decision.code }]),
          ` · ${describeDecision(decision.what)}`,
        ],
      },
      ...(decision.words === undefined ? [] : [{ kind: 'text' as const, text: decision.words }]),
      {
        kind: 'facts',
        facts: [
          { label: 'Who', value: task.ownerName },
          { label: 'By', value: formatDay(task.dueOn, today) },
          {
            label: 'Recorded',
            value: `${decision.madeByName}, ${formatDay(localDate(decision.madeAt, work.actor.zone), today)}`,
          },
        ],
      },
    ],
  };
}
