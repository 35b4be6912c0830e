import { addDays, format, parseISO } from 'date-fns';
import { demoPeople, type DemoPerson } from './demo-people.ts';

/** A synthetic client of the demo organisation. Dates are local dates, `2026-12-03`. */
export interface DemoClient {
  /** The code this client should get, where the documentation names it. */
  readonly code?: string;
  readonly fullName: string;
  readonly birthDate: string;
  /** Of the numbers kept free for stories: 555-0100 to 555-0199. */
  readonly phone: string;
  /** Id of a person in riverside.yaml. */
  readonly coordinator: string;
  readonly status: 'active' | 'relapse-prevention' | 'paused' | 'inactive';
  readonly tier: 'high' | 'medium' | 'low' | 'maintenance';
  readonly programme?: string;
  readonly payer?: string;
  readonly enrolledOn: string;
  readonly lastContactOn?: string;
  readonly nextContactOn?: string;
  readonly preferences: {
    readonly mode?: 'phone' | 'video' | 'visit' | 'text' | 'email' | 'letter';
    /** Local hours in which calls are welcome, `10:00`. */
    readonly from?: string;
    readonly to?: string;
    readonly language?: string;
    /** IANA zone, where it is not the team's. */
    readonly zone?: string;
  };
}

const programmes = ['CCBHC', 'CoCM', 'General BHI', 'Court-referred', 'School (IEP)', 'Housing support'] as const;
const payers = ['Medicaid', 'Medicare', 'BlueCross', 'United', 'VA', 'Self-pay'] as const;
const areas = ['658', '311', '676', '402'] as const;

/** The same people every time; only their dates follow `today` (an ISO local date). */
export function demoClients(today: string): DemoClient[] {
  const start = parseISO(today);
  const day = (offset: number): string => format(addDays(start, offset), 'yyyy-MM-dd');
  return demoPeople.map(([fullName, birthDate, coordinator, tier, due, last, more = {}]: DemoPerson, index) => {
    const { code, status = 'active', ...preferences } = more;
    return {
      ...(code === undefined ? {} : { code }),
      fullName,
      birthDate,
      phone: `(${areas[index % areas.length] ?? ''}) 555-01${String(index + 10).padStart(2, '0')}`,
      coordinator,
      status,
      tier,
      // Two lists of the same length, walked at different paces, so that every pair comes up.
      programme: programmes[index % programmes.length] ?? '',
      payer: payers[(index + Math.floor(index / payers.length)) % payers.length] ?? '',
      enrolledOn: day(-40 - ((index * 37) % 500)),
      ...(last === null ? {} : { lastContactOn: day(-last) }),
      ...(due === null || status === 'inactive' ? {} : { nextContactOn: day(due) }),
      preferences,
    };
  });
}
