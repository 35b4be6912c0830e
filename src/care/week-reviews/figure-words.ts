import { formatMinutes } from '../../chat/format-age.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import type { OpenNow } from '../escalations/list-open.ts';
import { describeReason, describeService } from '../referrals/referral-words.ts';
import { summarise, type Figures } from './figures.ts';
import { percentOf, plural } from './point-out.ts';
import { fewestAnswers } from './rules.ts';

interface Fact {
  readonly label: string;
  readonly value: string;
}

export function describeReach(figures: Figures): Fact[] {
  const { attempts, reached } = summarise(figures);
  const rate =
    attempts === 0 ? 'no attempts' : `${percentOf(reached, attempts)}% of ${plural(attempts, 'attempt', 'attempts')}`;
  const modes = figures.modes.map((one) => `${one.mode} ${one.reached} of ${one.attempts}`);
  const other = figures.otherContacts === 0 ? [] : [`family or chart review ${figures.otherContacts}`];
  return [
    { label: 'Reached', value: rate },
    ...(modes.length + other.length === 0 ? [] : [{ label: 'By mode', value: [...modes, ...other].join(' · ') }]),
  ];
}

const mostMissed = 8;

/** Codes only: a row of misses is said of a client, never a name. */
export function describeMissed(missed: Figures['missed'], today: string): string {
  if (missed.length === 0) return 'nobody';
  const said = missed
    .slice(0, mostMissed)
    .map(({ code, tier, times, lastOn }) => `${code} ${times}× (${tier}, last ${formatDay(lastOn, today)})`);
  return [...said, ...(missed.length > mostMissed ? [`and ${missed.length - mostMissed} more`] : [])].join(' · ');
}

/** How many that are open a report says one by one. */
const mostOpen = 8;

/** What is open at this moment, whenever it was raised: `K7T2-9 · CRISIS · open 12 min · nobody has it`. */
export const describeOpenNow = (open: readonly OpenNow[]): readonly string[] => [
  ...open.slice(0, mostOpen).map((one) => `${one.code} · ${one.open}`),
  ...(open.length > mostOpen ? [`and ${open.length - mostOpen} more`] : []),
];

/** What was raised in the time; what is open now stands before, under its own name. */
export function describeEscalations(escalations: Figures['escalations']): Fact[] {
  if (escalations.length === 0) return [{ label: 'Escalations raised in this time', value: 'none' }];
  return escalations.map(({ severity, raised, taken, medianMinutes, longestMinutes, late }) => ({
    label: `Escalations, ${severity}`,
    value: [
      plural(raised, 'raised', 'raised'),
      ...(medianMinutes === null ? [] : [`first taken after ${formatMinutes(medianMinutes)} (median)`]),
      ...(longestMinutes === null || taken < 2 ? [] : [`longest ${formatMinutes(longestMinutes)}`]),
      late === 0 ? 'none late' : `${late} late`,
      ...(raised > taken ? [`${raised - taken} nobody has`] : []),
    ].join(' · '),
  }));
}

/** Shares only where there are enough answers to say one; partners stand in the order of their names. */
export function describePartners(partners: Figures['partners']): Fact[] {
  return partners.map(({ name, asked, decided, inTime, medianHours }) => ({
    label: `${name}, 90 days`,
    value: [
      `asked ${asked}`,
      decided < fewestAnswers
        ? `${inTime} of ${decided} in time, too few for a share`
        : `${percentOf(inTime, decided)}% of ${decided} in time`,
      ...(medianHours === null ? [] : [`median ${formatMinutes(medianHours * 60)}`]),
    ].join(' · '),
  }));
}

/** `housing 2 (no capacity)`: services and reasons, and nobody's code. */
export function describeUnmet(unmet: Figures['unmet']): Fact[] {
  if (unmet.length === 0) return [];
  const said = unmet.map(
    ({ service, reason, times }) =>
      `${service === '' ? 'no service named' : describeService(service)} ${times} (${describeReason(reason)})`,
  );
  return [{ label: 'Asked for, not served', value: said.join(' · ') }];
}

/** Load as people feel it. */
export function describeWork({ work, tiers }: Figures): Fact[] {
  const { contacts, afterHours, daysOff, acts, logged } = work;
  const minutes = tiers
    .filter(({ clients }) => clients > 0)
    .map(({ tier, clients, minutes: all }) => `${tier} ${Math.round((10 * all) / clients) / 10}`);
  return [
    {
      label: 'Outside working hours',
      value: `${afterHours} of ${plural(contacts, 'contact', 'contacts')} before or after hours, ${daysOff} on days off`,
    },
    {
      label: 'Taps a contact',
      value: logged === 0 ? 'nothing was logged' : `${Math.round((10 * acts) / logged) / 10} (${acts} for ${logged})`,
    },
    ...(minutes.length === 0 ? [] : [{ label: 'Minutes a client', value: minutes.join(' · ') }]),
  ];
}
