import type { Work } from '../../feature/feature.ts';
import { findClientMarks, listCallHours, type ClientMark } from './mark-records.ts';
import type { Preferences } from './rules.ts';

/** Clients of things that were already authorised, by what stands of them in clear: nothing sealed is opened. */
export const findMarksOf = (work: Pick<Work, 'tx'>, ids: readonly string[]): Promise<ReadonlyMap<string, ClientMark>> =>
  findClientMarks(work.tx, ids);

/** When these clients welcome calls, and where they are. */
export const findCallHours = (
  work: Pick<Work, 'tx'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly preferences: Preferences; readonly zone: string }>> =>
  listCallHours(work.tx, ids);
