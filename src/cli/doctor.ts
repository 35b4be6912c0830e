import type { CliCommand } from './command.ts';

export const doctor: CliCommand = {
  name: 'doctor',
  usage: 'doctor',
  summary: 'Say whether the database answers and what is in it',
  async run({ store }) {
    const problem = await store.problem();
    const organisations = await store.organisations();
    const checks = [
      { check: 'database', ok: problem === undefined, says: problem ?? 'answers, and its schema is current' },
      {
        check: 'organisation',
        ok: organisations.length > 0,
        says: organisations.length > 0 ? organisations.join(', ') : 'none yet: baton apply ORG.yaml',
      },
    ];
    return {
      exit: checks.every((one) => one.ok) ? 0 : 1,
      text: checks.map((one) => `${one.ok ? 'ok  ' : 'look'} ${one.check}: ${one.says}`).join('\n'),
      json: { checks },
    };
  },
};
