import type { Check } from './check.ts';

/** Who the service's connections came in as, and what these could make of themselves. */
export const checkLogins: Check = async ({ store }) => {
  const { app, worker } = await store.logins();
  const powers = [...new Set([...app.powers, ...worker.powers])];
  if (app.name === worker.name) {
    const says =
      `the service comes in by DATABASE_URL, whose login ${powers.join(', ') || 'takes both roles'}: row security holds ` +
      'only as long as no query of ours can be bent. Set DATABASE_APP_URL and DATABASE_WORKER_URL (docs/operations.md)';
    return [{ check: 'logins', ok: true, note: true, says }];
  }
  const [power] = powers;
  if (power !== undefined || app.roles.length + worker.roles.length > 2) {
    const says = `a login of DATABASE_APP_URL or DATABASE_WORKER_URL ${power ?? 'may take both roles'}: give each one role`;
    return [{ check: 'logins', ok: false, says }];
  }
  return [{ check: 'logins', ok: true, says: 'the service cannot become the owner of the database' }];
};
