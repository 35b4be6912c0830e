import type { Row } from './report.mjs';

export interface Goal {
  readonly name: string;
  readonly counterpart: string;
  readonly asked?: boolean;
}
export const goals: readonly Goal[];

/** The row with its goal, whether it is met, and by how much not. */
export function judge(row: Row): Row;
