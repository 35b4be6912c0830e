import { limits } from '../../src/care/referrals/rules.ts';
import { endOfLimit } from '../../src/calendar/limits.ts';
import type { Figures } from '../../src/care/week-reviews/figures.ts';
import type { Period } from '../../src/care/week-reviews/period.ts';
import { assignmentsOf, before, code, local, personId, pick, shiftDate, type WeekData } from './week-data.ts';

/**
 * The figures counted plainly, one loop each, from the rows themselves: what the statements must give. It shares no
 * list of words and no window with them; numbers of the rules are written out once more.
 */
const weights = { high: 3, medium: 2, low: 1, maintenance: 0.5 };
const tiers = ['high', 'medium', 'low', 'maintenance'] as const;
const served = ['active', 'relapse-prevention', 'paused'];
const attempts = ['phone', 'video', 'visit', 'text', 'email', 'letter'];
const missing = ['left-message', 'no-answer', 'no-show', 'wrong-number'];
const DAY = 86_400_000;
const median = (list: readonly number[]): number | null => {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};
const byName = (a: { name: string; id: string }, b: { name: string; id: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;
const bucket = (ages: readonly number[], starts: readonly number[]): number[] =>
  starts.map(
    (low, at) => ages.filter((age) => age >= low && age < (starts[at + 1] ?? Number.POSITIVE_INFINITY)).length,
  );

export function countWeek(data: WeekData, period: Period, person: string | undefined): Figures {
  const people = data.people.map((one, at) => ({ ...one, id: personId(at) }));
  const some = people.length > 0;
  const { zone } = data;
  const { from, to, start, end, closes } = period;
  const whoever = (id: string): boolean => person === undefined || person === id;
  const nth = (at: number): string => personId(at % people.length);
  const clients = some
    ? data.clients.map((one, at) => ({ ...one, code: code(at), held: assignmentsOf(data, one) }))
    : [];
  const holder = (client: (typeof clients)[number], at: Date): string | undefined => {
    const found = client.held.find((each) => each.from <= at && (each.to === undefined || each.to > at));
    return found === undefined ? undefined : personId(found.person);
  };
  const contacts =
    clients.length === 0
      ? []
      : data.contacts.map((one, at) => ({
          ...one,
          by: nth(one.person),
          about: pick(clients, one.client),
          at: before(one.ago, at),
          logged: before(one.ago - one.loggedAfter, at),
          on: local(before(one.ago, at), zone).date,
        }));
  const good = contacts.filter((one) => !one.error);
  const ours = good.filter((one) => one.about.team === 'east');
  const inDays = ours.filter((one) => one.on >= from && one.on <= to && whoever(one.by));
  const inTime = (at: Date): boolean => at >= start && at < end;

  const load = people
    .filter((one) => one.team === 'east' && whoever(one.id))
    .map((one) => {
      const heldAt = (at: Date) =>
        clients.filter((client) => served.includes(client.status) && holder(client, at) === one.id);
      const trend = period.weekEnds.map((at) => heldAt(at).reduce((sum, { tier }) => sum + weights[tier], 0));
      return { ...one, count: heldAt(end).length, trend };
    })
    .filter((one) => (one.active && one.coordinator) || one.count > 0)
    .sort(byName)
    .map(({ id, name, fte, count, trend }) => ({
      person: id,
      name,
      clients: count,
      points: trend.at(-1) ?? 0,
      ceiling: (fte ?? 1) * 120,
      trend,
    }));

  const late =
    clients.length === 0
      ? []
      : data.followUps.filter((one) => {
          const due = shiftDate('2026-11-23', one.due);
          const closed = one.openFor === null ? undefined : before(one.ago - one.openFor);
          return (
            pick(clients, one.client).team === 'east' &&
            whoever(nth(one.person)) &&
            due < closes &&
            before(one.ago) < end &&
            (closed === undefined || closed >= end)
          );
        });
  const overdue = bucket(
    late.map((one) => (Date.parse(closes) - Date.parse(shiftDate('2026-11-23', one.due))) / DAY - 1),
    [0, 3, 8, 15],
  );

  const modes = attempts.flatMap((mode) => {
    const tried = inDays.filter((one) => one.mode === mode);
    return tried.length === 0
      ? []
      : [{ mode, attempts: tried.length, reached: tried.filter((one) => one.outcome === 'reached').length }];
  });
  const weeks = Array.from({ length: 8 }, (_, at) => {
    const first = shiftDate(to, -7 * (7 - at) - 6);
    const tried = ours.filter(
      (one) => attempts.includes(one.mode) && one.on >= first && one.on <= shiftDate(first, 6) && whoever(one.by),
    );
    return { from: first, attempts: tried.length, reached: tried.filter((one) => one.outcome === 'reached').length };
  });

  const missed = clients
    .filter(
      (client) =>
        client.team === 'east' &&
        served.includes(client.status) &&
        (person === undefined || holder(client, end) === person),
    )
    .flatMap((client) => {
      const tried = ours
        .filter(
          (one) => one.about === client && attempts.includes(one.mode) && one.on <= to && one.on >= shiftDate(to, -180),
        )
        .sort((a, b) => b.at.getTime() - a.at.getTime());
      const answered = tried.findIndex((one) => !missing.includes(one.outcome));
      const row = answered === -1 ? tried : tried.slice(0, answered);
      const lastOn = row
        .map((one) => one.on)
        .sort()
        .at(-1);
      return row.length < 3 || lastOn === undefined
        ? []
        : [{ code: client.code, tier: client.tier, times: row.length, lastOn }];
    })
    .sort((a, b) => b.times - a.times || tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || (a.code < b.code ? -1 : 1));

  const escalations = ['crisis', 'urgent', 'concern'].flatMap((severity) => {
    const raised = some
      ? data.escalations.filter(
          (one) =>
            one.team === 'east' && one.severity === severity && inTime(before(one.ago)) && whoever(nth(one.person)),
        )
      : [];
    const waits = raised.flatMap(({ taken }) => (taken === null || taken.act === 'add-note' ? [] : [taken.after]));
    return raised.length === 0
      ? []
      : [
          {
            ...{ severity, raised: raised.length, medianMinutes: median(waits) },
            taken: raised.filter(({ stands }) => stands === 'held' || stands === 'resolved').length,
            longestMinutes: waits.length === 0 ? null : Math.max(...waits),
            late: raised.filter((one) => one.late).length,
          },
        ];
  });

  const referrals = (clients.length === 0 ? [] : data.referrals)
    .map((one) => {
      let ago = one.ago;
      const events: { to: string; at: Date; reason?: string | undefined }[] = [{ to: 'requested', at: before(ago) }];
      for (const { after, to: state, reason } of one.steps)
        events.push({ to: state, at: before((ago -= after)), reason });
      const receiver = one.receiver === null ? undefined : nth(one.receiver);
      return { ...one, asked: before(one.ago), events, from: nth(one.requester), receiver };
    })
    .filter(
      (one) =>
        pick(clients, one.client).team === 'east' &&
        (whoever(one.from) || (one.receiver !== undefined && whoever(one.receiver))),
    );
  const open = referrals.filter((one) => {
    const last = one.events.filter(({ at }) => at < end).at(-1);
    return last !== undefined && !['closed', 'cancelled'].includes(last.to);
  });
  const loops = bucket(
    open.map((one) => Math.floor((end.getTime() - one.asked.getTime()) / DAY)),
    [0, 7, 14],
  );

  // Whoever asked later, the need was taken up again.
  const asked = (clients.length === 0 ? [] : data.referrals).map((one) => ({ ...one, asked: before(one.ago) }));
  const unserved = referrals.flatMap((one) => {
    const ended = one.events.findLast(
      ({ to: state, at, reason }) =>
        ['rejected', 'failed'].includes(state) &&
        inTime(at) &&
        ['no-capacity', 'ineligible', 'insurance', 'wrong-service', 'transport', 'not-said'].includes(reason ?? ''),
    );
    const again = asked.some(
      (other) =>
        pick(clients, other.client) === pick(clients, one.client) &&
        other.service === one.service &&
        ended !== undefined &&
        other.asked > ended.at &&
        other.asked < end,
    );
    return ended === undefined || again ? [] : [{ service: one.service ?? '', reason: ended.reason ?? '' }];
  });
  const unmet = [...new Set(unserved.map(({ service, reason }) => `${service}/${reason}`))]
    .map((key) => {
      const [service = '', reason = ''] = key.split('/');
      const times = unserved.filter((one) => one.service === service && one.reason === reason).length;
      return { service, reason, times };
    })
    .sort(
      (a, b) =>
        b.times - a.times ||
        (a.service < b.service
          ? -1
          : a.service > b.service
            ? 1
            : a.reason < b.reason
              ? -1
              : a.reason > b.reason
                ? 1
                : 0),
    );

  const partners = [
    ['home', 'Home Start'],
    ['anne', 'St Anne'],
  ].flatMap(([id, name = '']) => {
    const asked = referrals
      .filter((one) => one.partner === id && one.asked < end && one.asked.getTime() >= end.getTime() - 90 * DAY)
      .map((one) => {
        const answered = one.events.find(
          ({ to: state, at }) => ['accepted', 'rejected'].includes(state) && at < end,
        )?.at;
        const calendar = {
          zone,
          workingDays: new Set(['mon', 'tue', 'wed', 'thu', 'fri']),
          closures: new Set(['2026-11-11']),
        };
        const due = endOfLimit(one.asked, limits[one.urgency].answer, calendar);
        return { ...one, answered, due };
      });
    const hours = asked.flatMap((one) =>
      one.answered === undefined ? [] : [(one.answered.getTime() - one.asked.getTime()) / 3_600_000],
    );
    return asked.length === 0
      ? []
      : [
          {
            ...{ name, asked: asked.length, medianHours: median(hours) },
            decided: asked.filter((one) => one.answered !== undefined || one.due < end).length,
            inTime: asked.filter((one) => one.answered !== undefined && one.answered <= one.due).length,
          },
        ];
  });

  const [opens, shuts] = (data.staffed ?? '08:00-18:00').split('-');
  const typed = (one: (typeof good)[number]): boolean => one.source === 'slack' || one.source === 'teams';
  const works = (date: string): boolean =>
    ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()) && date !== '2026-11-11';
  const done = ours.filter((one) => typed(one) && inTime(one.at) && whoever(one.by)).map((one) => local(one.at, zone));
  const inTeam = (id: string): boolean => people.some((one) => one.id === id && one.team === 'east') && whoever(id);
  const work = {
    contacts: done.length,
    afterHours: done.filter(({ date, time }) => works(date) && !(time >= (opens ?? '') && time < (shuts ?? ''))).length,
    daysOff: done.filter(({ date }) => !works(date)).length,
    acts: some
      ? data.acts.filter(
          (one) =>
            one.person !== null && inTeam(nth(one.person)) && one.kind !== 'installed' && inTime(before(one.ago)),
        ).length
      : 0,
    logged: good.filter((one) => typed(one) && inTeam(one.by) && inTime(one.logged)).length,
  };

  const mine = clients.filter(
    (client) =>
      client.team === 'east' &&
      served.includes(client.status) &&
      holder(client, end) !== undefined &&
      whoever(holder(client, end) ?? ''),
  );
  const byTier = tiers.flatMap((tier) => {
    const these = mine.filter((client) => client.tier === tier);
    const minutes = inDays.filter((one) => these.includes(one.about)).reduce((sum, one) => sum + (one.minutes ?? 0), 0);
    return these.length === 0 ? [] : [{ tier, clients: these.length, minutes }];
  });

  return {
    ...{ load, overdue, modes, weeks, missed, escalations, loops, partners, unmet, work, tiers: byTier },
    otherContacts: inDays.filter((one) => ['collateral', 'review'].includes(one.mode)).length,
  };
}
