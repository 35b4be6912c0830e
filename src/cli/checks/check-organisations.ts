import type { Check } from './check.ts';

export const checkOrganisations: Check = async ({ store }) => {
  const organisations = await store.organisations();
  const some = organisations.length > 0;
  return [
    { check: 'organisation', ok: some, says: some ? organisations.join(', ') : 'none yet: baton apply ORG.yaml' },
  ];
};
