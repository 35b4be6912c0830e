import { Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { severitySchema } from './rules.ts';

/** What was read is good for this long, in wall milliseconds: whoever asks often does not work the database. */
const readAgainAfter = 15_000;
const minutes = [0, 1, 2, 5, 10, 20, 30, 60, 120, 240, 480, 1_440].map((each) => each * 60);

interface Count {
  readonly severity: string;
  readonly state: string;
  readonly late: boolean;
  readonly count: number;
}
/** So many of them took so many whole seconds. */
interface Span {
  readonly severity: string;
  readonly seconds: number;
  readonly count: number;
}
interface Figures {
  readonly counts: readonly Count[];
  readonly steps: readonly Span[];
  readonly acknowledged: readonly Span[];
}

/**
 * How escalations went, over all organisations, from what is on record: how many are in each state, how late steps of
 * ladders were made, how long it took until somebody had it. Labels are severities and states: never a person, a team,
 * an organisation or a client. The worker's role may not read escalations, so each organisation is asked by itself.
 */
export function measureEscalations(registry: Registry, ports: { readonly store: Store; readonly clock: Clock }): void {
  const { store, clock } = ports;
  let read: { readonly at: number; readonly figures: Promise<readonly Figures[]> } | undefined;
  /** All metrics of one scrape share one reading. A database that does not answer takes no other metric with it. */
  const readOnce = (): Promise<readonly Figures[]> => {
    const now = clock.wallNow().getTime();
    if (read === undefined || now - read.at > readAgainAfter)
      read = { at: now, figures: readAll(store).catch(() => []) };
    return read.figures;
  };
  new Gauge({
    name: 'baton_escalations',
    help: 'Escalations on record, by severity, state and whether something about them was late',
    labelNames: ['severity', 'state', 'late'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { counts } of await readOnce()) {
        for (const { severity, state, late, count } of counts) this.inc({ severity, state, late: String(late) }, count);
      }
    },
  });
  const spans = (name: string, help: string, pick: (figures: Figures) => readonly Span[]): void => {
    new Histogram({
      name,
      help,
      labelNames: ['severity'],
      buckets: minutes,
      registers: [registry],
      async collect() {
        const figures = await readOnce();
        this.reset();
        for (const severity of severitySchema.options) this.zero({ severity });
        for (const { severity, seconds, count } of figures.flatMap(pick)) {
          for (let each = 0; each < count; each += 1) this.observe({ severity }, seconds);
        }
      },
    });
  };
  spans(
    'baton_escalation_ladder_lateness_seconds',
    'How long after its planned moment a step of a ladder was made',
    ({ steps }) => steps,
  );
  spans(
    'baton_escalation_acknowledgement_seconds',
    'How long after the first step of a run somebody acknowledged',
    ({ acknowledged }) => acknowledged,
  );
}

async function readAll(store: Store): Promise<readonly Figures[]> {
  const all: Figures[] = [];
  for (const organisation of await store.organisations())
    all.push(await store.inOrganisation(organisation, readFigures));
  return all;
}

/** Counts only: whole seconds, severities, states. */
async function readFigures({ db, organisation }: OrganisationTransaction): Promise<Figures> {
  const counts = await db.$queryRaw<Count[]>`
    select severity, state, late, count(*)::int as count from escalation
    where organisation_id = ${organisation} group by severity, state, late`;
  const steps = await db.$queryRaw<Span[]>`
    select e.severity, count(*)::int as count,
           greatest(0, round(extract(epoch from v.at - (v.detail ->> 'planned')::timestamptz)))::int as seconds
    from escalation_event v
    join escalation e on e.organisation_id = v.organisation_id and e.id = v.escalation_id
    where v.organisation_id = ${organisation} and v.act = 'step' and v.detail ? 'planned' group by 1, 3`;
  const acknowledged = await db.$queryRaw<Span[]>`
    select e.severity, count(*)::int as count,
           greatest(0, round(extract(epoch from v.at - coalesce(begun.at, e.raised_at))))::int as seconds
    from escalation_event v
    join escalation e on e.organisation_id = v.organisation_id and e.id = v.escalation_id
    left join lateral (
      select min((s.detail ->> 'planned')::timestamptz) as at from escalation_event s
      where s.organisation_id = v.organisation_id and s.escalation_id = v.escalation_id and s.act = 'step'
        and s.detail -> 'run' = v.detail -> 'run'
    ) as begun on true
    where v.organisation_id = ${organisation} and v.act = 'acknowledge' group by 1, 3`;
  return { counts, steps, acknowledged };
}
