import { Gauge, Histogram, type Registry } from 'prom-client';
import { askInTime } from '../../ask-in-time.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import { readFigures, type Figures, type Span } from './measure-records.ts';
import { severitySchema } from './rules.ts';

/** What was read is good for this long, in wall milliseconds: whoever asks often does not work the database. */
const readAgainAfter = 15_000;
const minutes = [0, 1, 2, 5, 10, 20, 30, 60, 120, 240, 480, 1_440].map((each) => each * 60);

/**
 * How escalations went, over all organisations, from what is on record: how many are in each state, how late steps of
 * ladders were made, how long it took until somebody had it. Labels are severities and states: never a person, a team,
 * an organisation or a client. The worker's role may not read escalations, so each organisation is asked by itself.
 */
export function measureEscalations(registry: Registry, ports: { readonly store: Store; readonly clock: Clock }): void {
  const { store, clock } = ports;
  /** All metrics of one scrape share one reading. A database that does not answer takes no other metric with it. */
  const readOnce = askInTime(clock, () => readAll(store), readAgainAfter);
  new Gauge({
    name: 'baton_escalations',
    help: 'Escalations on record, by severity, state and whether something about them was late',
    labelNames: ['severity', 'state', 'late'],
    registers: [registry],
    async collect() {
      const figures = await readOnce();
      this.reset();
      for (const { counts } of figures ?? []) {
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
        if (figures === undefined) return;
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
