import type { Check } from './check.ts';

export const checkDatabase: Check = async ({ store }) => {
  const problem = await store.problem();
  return [{ check: 'database', ok: problem === undefined, says: problem ?? 'answers, and its schema is current' }];
};
