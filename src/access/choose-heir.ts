import type { Role } from './roles.ts';

/** Somebody who works here and could answer for what a colleague leaves behind. */
export interface Candidate {
  readonly id: string;
  readonly team: string;
  readonly roles: readonly Role[];
  /** Can be told about it on a platform now. */
  readonly reachable: boolean;
}

const careWork: readonly Role[] = ['coordinator', 'peer-specialist', 'clinician'];

/**
 * Whose it becomes, nearest first: a leaver's clients belong to the supervisor at the instant of deactivation (domain
 * notes §11). Where no supervisor is left, whoever can hand it on; where nobody is, a colleague who works with clients,
 * because somebody who left answers for nothing.
 */
function rank({ team, roles }: Candidate, leaver: { readonly team: string }): number | undefined {
  const near = team === leaver.team;
  if (roles.includes('supervisor')) return near ? 0 : 1;
  if (roles.includes('director')) return 2;
  if (roles.includes('admin')) return 3;
  if (roles.some((role) => careWork.includes(role))) return near ? 4 : 5;
  return undefined;
}

/** One named human, always the same one for the same people; undefined only when nobody could answer. */
export function chooseHeir(
  candidates: readonly Candidate[],
  leaver: { readonly id: string; readonly team: string },
): string | undefined {
  const ranked = candidates.flatMap((one) => {
    const place = one.id === leaver.id ? undefined : rank(one, leaver);
    // Who cannot be told comes last: nobody would hand it on.
    return place === undefined ? [] : [{ id: one.id, place: place + (one.reachable ? 0 : 10) }];
  });
  ranked.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
  return ranked[0]?.id;
}
