import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { raiseEscalation } from '../../src/care/escalations/raise-escalation.ts';
import { nextCardKind } from '../../src/care/follow-ups/cards.ts';
import type { Work } from '../../src/feature/feature.ts';
import type { FormValue, FormValues } from '../../src/chat/form.ts';
import { addDaysToDate } from '../../src/calendar/local-dates.ts';
import { renderPlain } from '../../src/chat/render-plain.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { askOf } from './digest-asks.ts';

/** A dozen, from the first to see a day to the last: quarter hours, and clocks that change at different times. */
const zones = [
  ...['Pacific/Kiritimati', 'Pacific/Auckland', 'Australia/Lord_Howe', 'Asia/Tokyo', 'Asia/Kathmandu', 'Asia/Kolkata'],
  ...[
    'Europe/Vienna',
    'Europe/London',
    'America/St_Johns',
    'America/New_York',
    'America/Los_Angeles',
    'Pacific/Pago_Pago',
  ],
];
/** Days around a change of clocks (Vienna, New York, Auckland), the end of a year and a leap day. */
const days = [
  '2027-03-27',
  '2027-03-28',
  '2027-10-31',
  '2027-03-14',
  '2026-11-01',
  '2027-04-04',
  '2026-12-31',
  '2028-02-29',
];

interface Case {
  readonly reader: string;
  readonly team: string;
  /** Whose clock shows the time. */
  readonly whose: 'reader' | 'team';
  readonly day: string;
  readonly time: '23:30' | '00:10' | '03:15';
}
const zone = fc.constantFrom(...zones);
const drawn = fc.record<Case>({
  reader: zone,
  team: zone,
  whose: fc.constantFrom('reader', 'team'),
  day: fc.constantFrom(...days),
  time: fc.constantFrom('23:30', '00:10', '03:15'),
});
/** Every pair of neighbours and of opposites of the dozen, at half past eleven where the reader is, and where the team is. */
const always = zones.flatMap((reader, index): Case[] =>
  [1, 6].flatMap((away) =>
    (['reader', 'team'] as const).map((whose) => ({
      ...{ reader, whose, time: '23:30' as const },
      team: zones[(index + away) % zones.length] ?? reader,
      day: days[index % days.length] ?? '2027-03-28',
    })),
  ),
);

/** What a clock there shows, by the formatter and nothing of the product. */
function clockIn(timeZone: string, at: Date): { readonly day: string; readonly time: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...({ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' } as const),
    ...({ hour: '2-digit', minute: '2-digit' } as const),
  }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { day: `${of('year')}-${of('month')}-${of('day')}`, time: `${of('hour')}:${of('minute')}` };
}
/** The first moment at which a clock there shows this. */
function momentIn(timeZone: string, day: string, time: string): Date {
  const plain = Date.parse(`${day}T${time}:00Z`);
  for (let quarters = 14 * 4; quarters >= -12 * 4; quarters -= 1) {
    const at = new Date(plain - quarters * 15 * 60_000);
    const shown = clockIn(timeZone, at);
    if (shown.day === day && shown.time === time) return at;
  }
  throw new Error(`no clock in ${timeZone} shows ${time} on ${day}`);
}
const sayDay = (iso: string, today: string): string => {
  const [weekday, date, month] = new Intl.DateTimeFormat('en-GB', {
    ...({ timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' } as const),
  })
    .formatToParts(new Date(`${iso}T00:00:00Z`))
    .flatMap(({ type, value }) => (type === 'literal' ? [] : [value.slice(0, 3)]));
  return `${weekday} ${date} ${month}${iso.slice(0, 4) === today.slice(0, 4) ? '' : ` ${iso.slice(0, 4)}`}`;
};
/** `23:20`, with its day where that is not today there. */
function sayMoment(timeZone: string, at: Date, now: Date): string {
  const [shown, today] = [clockIn(timeZone, at), clockIn(timeZone, now).day];
  return shown.day === today ? shown.time : `${sayDay(shown.day, today)} ${shown.time}`;
}
const sayDue = (days: number): string =>
  ({ '-3': '3 days over', '-2': '2 days over', '-1': '1 day over', '0': 'due today', '1': 'due tomorrow' })[days] ??
  `due in ${days} days`;

class Undo extends Error {}
const minute = 60_000;

describe('a reader and a team in two zones, late in the evening', () => {
  const clock = createPushableClock({ start: new Date('2026-10-01T12:00:00Z'), frozen: true });
  let database: TestDatabase;
  let store: Store;
  /** Of these the first three have a follow-up, the last an escalation. */
  let clients: readonly { id: string; code: string }[];
  beforeAll(async () => {
    database = await createDatabase();
    store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(7), clock, ids: randomIds });
    // They work every day: what days off move is tried elsewhere.
    const everyDay = (text: string): string =>
      text
        .replace('workingDays: [mon, tue, wed, thu, fri]', 'workingDays: [mon, tue, wed, thu, fri, sat, sun]')
        .replace('closures: ["2026-11-26", "2026-11-27", "2026-12-25"]', 'closures: []');
    await applyFile(store, await readSample(everyDay), clock);
    clients = await enrol(
      store,
      clock,
      ['One', 'Two', 'Three', 'Four'].map((name) => aClient({ name: `Client ${name}` })),
    );
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  async function holds({ reader, team, whose, day, time }: Case): Promise<void> {
    const now = momentIn(whose === 'reader' ? reader : team, day, time);
    const [here, there] = [clockIn(reader, now).day, clockIn(team, now).day];
    const work = store.inOrganisation('riverside', async (tx) => {
      await tx.db.$executeRaw`update team set zone = ${team} where id = 'east'`;
      await tx.db.$executeRaw`update person set zone = ${reader} where id = 'maya'`;
      const work = askOf(tx, now, { zone: reader });
      const followUps = [-1, 0, 1].map((away) => ({ id: tx.ids.uuid(), dueOn: addDaysToDate(here, away), away }));
      await tx.db.$executeRaw`
        insert into follow_up (organisation_id, id, client_id, owner_id, due_on, zone, state, created_at)
        select ${tx.organisation}, g.id::uuid, g.client::uuid, 'maya', g.due_on::date, ${team}, 'open', ${now}
        from unnest(${followUps.map(({ id }) => id)}::text[], ${clients.slice(0, 3).map(({ id }) => id)}::text[],
                    ${followUps.map(({ dueOn }) => dueOn)}::text[]) as g (id, client, due_on)`;
      // Raised 95 minutes ago; Dana's hold of it ended 31 minutes ago.
      const [raisedAt, ended] = [new Date(now.getTime() - 95 * minute), new Date(now.getTime() - 31 * minute)];
      const client = { code: clients[3]?.code ?? '' };
      const ask = askOf(tx, raisedAt, { zone: reader });
      const { id } = (await raiseEscalation(ask, { client, severity: 'urgent' })).escalation;
      await tx.db.$executeRaw`
        update escalation set owner_id = 'maya', state = 'acknowledged', acknowledged_by = 'dana',
          acknowledged_at = ${raisedAt}, expires_at = ${ended} where id = ${id}::uuid`;

      const open = (where: string): string =>
        `urgent · open 1 h 35 · lapsed: Dana Whitfield’s hold ended ${sayMoment(where, ended, now)}, nobody has it`;
      const rowOf = (index: number, today: string): string => {
        const { dueOn = '' } = followUps[index] ?? {};
        return `medium, ${sayDue(Math.round((Date.parse(dueOn) - Date.parse(today)) / 86_400_000))}`;
      };
      // One's own lists go by one's own day.
      const next = renderPlain(await work.draw(nextCardKind, ''));
      const home = renderPlain(await work.draw('home', ''));
      const digest = renderPlain(await work.draw('digests.person', 'maya'));
      expect(next).toContain('Today: 3');
      expect(home).toContain('3 on your list today.');
      expect(digest).toContain('3 need you today.');
      expect(digest).toContain('1 not acknowledged · 1 over · 1 due today');
      for (const list of [next, home, digest]) {
        expect(list).toContain(open(reader));
        expect(list).toContain(rowOf(0, here));
        expect(list).toContain(rowOf(1, here));
      }
      expect(next).toContain(rowOf(2, here));
      // What opens from a row says of it what the row says.
      for (const [index, { id: followUp }] of followUps.entries()) {
        expect(await presses(work, 'follow-ups.more', followUp)).toContain(rowOf(index, here));
      }
      // A team's lists go by the team's.
      const place = askOf(tx, now, { audience: 'place', zone: team });
      const shared = renderPlain(await place.draw('digests.team-list', 'east'));
      expect(shared).toContain(open(team));
      const [over, due] = [(day: string) => day < there, (day: string) => day === there].map(
        (fits) => followUps.filter(({ dueOn }) => fits(dueOn)).length,
      );
      const counts = renderPlain(await place.draw('digests.team', 'east'));
      expect(counts).toContain(
        ['1 not acknowledged', ...(over ? [`${over} over`] : []), ...(due ? [`${due} due today`] : [])].join(' · '),
      );
      followUps.forEach((_one, index) => expect(shared).toContain(rowOf(index, there)));
      await expectDefaults(work, followUps[1]?.id ?? '', { here, there });
      throw new Undo();
    });
    await work.catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  }

  /** What a form proposes is taken as it stands. */
  async function expectDefaults(
    work: Work,
    followUp: string,
    { here, there }: { readonly here: string; readonly there: string },
  ): Promise<void> {
    const later = here > there ? here : there;
    const snoozed = await sendsAsProposed(work, 'follow-ups.snooze', { followUp }, { reason: 'capacity' });
    expect(String(snoozed['until']) > later).toBe(true);
    const [known, chosen] = clients;
    const logged = await sendsAsProposed(work, 'contacts.log', { client: known?.id }, { outcome: 'reached' });
    expect(logged['on']).toBe(there);
    await sendsAsProposed(work, 'contacts.log', {}, { client: chosen?.id ?? '', outcome: 'reached' });
    const rows = await work.tx.db.contact.findMany({ select: { occurredOn: true } });
    expect(rows.map(({ occurredOn }) => occurredOn.toISOString().slice(0, 10))).toEqual([there, there]);
  }

  it('by one’s own day in one’s own lists, by the team’s in the team’s, and every proposal is taken', async () => {
    for (const one of always) await holds(one).catch((error: unknown) => failedAt(one, error));
    await fc.assert(
      fc.asyncProperty(drawn, async (one) => {
        // Not every clock shows a quarter past three on every day.
        fc.pre(exists(one));
        await holds(one);
      }),
      { numRuns: propertyRuns.dataSets, seed: 20_270_328 },
    );
  });
});

const exists = ({ reader, team, whose, day, time }: Case): boolean => {
  try {
    return momentIn(whose === 'reader' ? reader : team, day, time) instanceof Date;
  } catch {
    return false;
  }
};
function failedAt(one: Case, error: unknown): never {
  throw new Error(JSON.stringify(one), { cause: error });
}

async function presses(work: Work, action: string, subject: string): Promise<string> {
  const reply = await collectedFeatures.buttons.get(action)?.(work, {
    ...{ subject, version: undefined, choice: undefined },
  });
  return reply?.kind === 'answer' && reply.card !== undefined ? renderPlain(reply.card) : '';
}

/** Opens a form and sends it with what it proposes and these; returns what was sent. */
async function sendsAsProposed(
  work: Work,
  kind: string,
  context: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, string>>,
): Promise<FormValues> {
  const form = collectedFeatures.forms.get(kind);
  if (form === undefined) throw new Error(`no form ${kind}`);
  const { fields } = await form.draw(work, context);
  const proposed = fields.flatMap((field): [string, FormValue][] => {
    if (field.kind === 'client') return field.initial === undefined ? [] : [[field.name, field.initial.value]];
    const initial = 'initial' in field ? field.initial : undefined;
    return typeof initial === 'string' ? [[field.name, initial]] : [];
  });
  const values: FormValues = { ...Object.fromEntries(proposed), ...given };
  await form.submit(work, values, context);
  return values;
}
