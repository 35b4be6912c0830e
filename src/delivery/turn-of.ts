import type { Turn } from '../store/connection-queue.ts';
import type { Claimed } from './claim.ts';
import { priorities } from './states.ts';

/** An escalation goes out whatever holds the other connections. */
export const turnOf = ({ priority }: Pick<Claimed, 'priority'>): Turn =>
  priority === priorities.escalation ? 'urgent' : 'patient';
