import type { OrganisationTransaction } from '../../store/transaction.ts';
import { readMissed, readModes, readWeeks } from './contact-records.ts';
import { summarise, type Figures, type Week } from './figures.ts';
import { readLoad, readOverdue } from './load-records.ts';
import { readEscalations, readLoops, readPartners } from './loop-records.ts';
import { planForThese } from './records.ts';
import { periodBefore, type Period } from './period.ts';
import type { Scope } from './scope.ts';
import { readUnmet } from './unmet-records.ts';
import { readTiers, readWork } from './work-records.ts';

/** All figures of a period, each by its own statement. */
export async function readFigures(
  tx: OrganisationTransaction,
  scope: Scope,
  period: Period,
  now: Date,
): Promise<Figures> {
  return {
    load: await readLoad(tx, scope, period),
    overdue: await readOverdue(tx, scope, period),
    ...(await readModes(tx, scope, period)),
    weeks: await readWeeks(tx, scope, period),
    missed: await readMissed(tx, scope, period),
    escalations: await readEscalations(tx, scope, period, now),
    loops: await readLoops(tx, scope, period),
    partners: await readPartners(tx, scope, period),
    unmet: await readUnmet(tx, scope, period),
    work: await readWork(tx, scope, period),
    tiers: await readTiers(tx, scope, period),
  };
}

/** The same, with what it is compared with: as many days before it. */
export async function readWeek(tx: OrganisationTransaction, scope: Scope, period: Period, now: Date): Promise<Week> {
  planForThese(tx);
  const before = await readFigures(tx, scope, periodBefore(period, now), now);
  return { now: await readFigures(tx, scope, period, now), before: summarise(before) };
}
