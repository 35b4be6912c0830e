import {
  dayFrom,
  idOf,
  kinds,
  momentFrom,
  serverOf,
  teamOf,
  tiers,
  worksOn,
  type DataSet,
  type Who,
} from './digest-reference-sets.ts';

/** One thing a person's digest has, as plain loops over a data set find it: no SQL and nothing of the product. */
export interface Listed {
  readonly id: string;
  /** The day it is due on, days off considered. */
  readonly dueOn: string;
  /** The day that stands in the tables. */
  readonly planned: string;
  readonly tier: string;
  readonly code: string;
  readonly stands: 'by its day' | 'waits for others' | 'waits on me' | 'not taken' | 'to watch';
  /** Of an escalation, worst = 0; with when it was raised. */
  readonly grave?: { readonly rank: number; readonly raised: number };
}

/** The local date of a moment, by the formatter. */
export function dateIn(zone: string, moment: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    moment,
  );
}

/** The first day from this one on which its owner works. */
function workDay(set: DataSet, person: Who, planned: string): string {
  const day = new Date(`${planned}T00:00:00Z`);
  while (!worksOn(set, person, day.toISOString().slice(0, 10))) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

const served = ['active', 'relapse-prevention', 'paused'];

/** Everything that waits on a person, or that they wait for, whenever it is due. */
export function listThings(set: DataSet, number: number, codes: readonly string[], person: Who): readonly Listed[] {
  const zone = set.zones[teamOf[person]];
  const found: (Omit<Listed, 'dueOn'> & { readonly clinical?: boolean })[] = [];
  set.clients.forEach(({ contact, status, tier }, index) => {
    if (contact?.owner !== person || contact.state !== 'open' || !served.includes(status)) return;
    found.push({
      id: `follow-up:${idOf(number, kinds.contact, index)}`,
      planned: dayFrom(set, contact.days),
      tier,
      code: codes[index] ?? '',
      stands: 'by its day',
    });
  });
  set.tasks.forEach((task, index) => {
    const client = set.clients[task.client];
    if (task.owner !== person || !task.open || client === undefined || !served.includes(client.status)) return;
    found.push({
      id: `follow-up:${idOf(number, kinds.task, index)}`,
      planned: dayFrom(set, task.days),
      tier: client.tier,
      code: codes[task.client] ?? '',
      stands: 'by its day',
    });
  });
  set.referrals.forEach((referral, index) => {
    const turn = turnOf(referral, person);
    if (turn === 'nobody' || referral.hours === null) return;
    found.push({
      id: `referral:${idOf(number, kinds.referral, index)}`,
      planned: dateIn(zone, momentFrom(set, referral.hours)),
      tier: set.clients[referral.client]?.tier ?? '',
      code: codes[referral.client] ?? '',
      stands: turn === 'mine' ? 'by its day' : turn === 'my word' ? 'waits on me' : 'waits for others',
    });
  });
  set.escalations.forEach((one, index) => {
    if (one.state === 'resolved') return;
    // An acknowledgement that has run out is none, whoever has noticed.
    const held = one.state === 'acknowledged' && (one.expires === null || one.expires > 0);
    const client = set.clients[one.client];
    const told = !held && one.told.includes(person);
    if (one.owner !== person && !told && client?.coordinator !== person) return;
    found.push({
      id: `escalation:${idOf(number, kinds.escalation, index)}`,
      planned: dateIn(zone, momentFrom(set, one.state === 'raised' && one.step === 0 ? Math.max(0, one.hours) : 0)),
      tier: one.severity === 'crisis' ? 'high' : (client?.tier ?? ''),
      code: codes[one.client] ?? '',
      stands: one.owner !== person && !told ? 'to watch' : held ? 'by its day' : 'not taken',
      grave: { rank: ['crisis', 'urgent', 'concern'].indexOf(one.severity), raised: one.raised },
      clinical: true,
    });
  });
  set.recommendations.forEach((one, index) => {
    if (one.to !== person || one.state !== 'open' || one.client === null) return;
    found.push({
      id: `recommendation:${idOf(number, kinds.recommendation, index)}`,
      planned: dayFrom(set, one.days),
      tier: set.clients[one.client]?.tier ?? '',
      code: codes[one.client] ?? '',
      stands: 'waits on me',
    });
  });
  return found
    .map(({ clinical = false, ...one }): Listed => {
      const stays = clinical || one.stands === 'waits for others';
      return { ...one, dueOn: stays ? one.planned : workDay(set, person, one.planned) };
    })
    .sort(asWritten);
}

/** The order as it is promised: severity, clinical clocks, tier, the earlier day; of what is grave the older one. */
export function asWritten(a: Listed, b: Listed): number {
  const rank = ({ grave }: Listed): number => grave?.rank ?? 9;
  const tier = (one: Listed): number => tiers.findIndex((name) => name === one.tier);
  return (
    rank(a) - rank(b) ||
    tier(a) - tier(b) ||
    (a.grave !== undefined && b.grave !== undefined ? a.grave.raised - b.grave.raised : order(a.dueOn, b.dueOn)) ||
    order(a.code, b.code) ||
    order(a.id, b.id)
  );
}

/** What is later stands by its day. */
export const byDay = (a: Listed, b: Listed): number => order(a.dueOn, b.dueOn) || asWritten(a, b);

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `my word`: somebody stands still until this person answers. */
type Turn = 'mine' | 'my word' | 'somebody else' | 'nobody';

/** Whose step is next in a referral, as this person sees it: the loop in plain words, apart from the product's table. */
function turnOf(referral: DataSet['referrals'][number], person: Who): Turn {
  const { state, said, requester, changedBy } = referral;
  const server = serverOf(referral);
  const isOpen = ['requested', 'accepted', 'in-progress', 'on-hold'].includes(state);
  const isOver = ['completed', 'rejected', 'failed', 'cancelled'].includes(state);
  if (!isOpen && !isOver) return 'nobody';
  const byRequester = changedBy === 'requester' || server === requester;
  if (state === 'cancelled' && byRequester) return 'nobody';
  const asks = isOpen && said === 'asked';
  if (asks || isOver) {
    if (person === requester) return asks ? 'my word' : 'mine';
    // Who asked a question waits for its answer; whoever served and is done waits for nothing.
    return asks && person === server ? 'somebody else' : 'nobody';
  }
  // A team's, not taken yet: each of its people who may take one can.
  const takes = person !== 'bill' && person !== requester && teamOf[person] === teamOf[referral.server];
  if (server === undefined ? takes : person === server) return state === 'requested' ? 'my word' : 'mine';
  return person === requester ? 'somebody else' : 'nobody';
}
