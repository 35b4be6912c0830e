import type { Ask } from '../../chat/feature.ts';
import { findClientMarks, listCallHours, type ClientMark } from './mark-records.ts';
import type { Preferences } from './rules.ts';

/** Clients of things that were already authorised, by what stands of them in clear: nothing sealed is opened. */
export const findMarksOf = (ask: Pick<Ask, 'tx'>, ids: readonly string[]): Promise<ReadonlyMap<string, ClientMark>> =>
  findClientMarks(ask.tx, ids);

/** When these clients welcome calls, and where they are. */
export const findCallHours = (
  ask: Pick<Ask, 'tx'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly preferences: Preferences; readonly zone: string }>> =>
  listCallHours(ask.tx, ids);
