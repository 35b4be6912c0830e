export type CaseloadStatus = 'active' | 'relapse-prevention' | 'inactive';
export type CaseloadTier = 'high' | 'medium' | 'low' | 'maintenance';

/** How sheets write a status, folded by `foldWord`. */
export const statusWords: ReadonlyMap<string, CaseloadStatus> = new Map([
  ['active', 'active'],
  ['rpp', 'relapse-prevention'],
  ['rp', 'relapse-prevention'],
  ['relapse prevention', 'relapse-prevention'],
  ['relapse prevention plan', 'relapse-prevention'],
  ['inactive', 'inactive'],
  ['discharged', 'inactive'],
  ['closed', 'inactive'],
]);

/** How sheets write a tier, folded by `foldWord`. */
export const tierWords: ReadonlyMap<string, CaseloadTier> = new Map([
  ['h', 'high'],
  ['high', 'high'],
  ['m', 'medium'],
  ['med', 'medium'],
  ['medium', 'medium'],
  ['moderate', 'medium'],
  ['l', 'low'],
  ['low', 'low'],
  ['maint', 'maintenance'],
  ['maintenance', 'maintenance'],
]);

/** Case, dashes and spaces do not tell these words apart. */
export function foldWord(cell: string): string {
  return cell
    .toLowerCase()
    .replace(/[-_\s]+/g, ' ')
    .trim();
}
