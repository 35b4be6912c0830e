import { describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { patternOf } from '../../src/care/duty/policies.ts';
import { teamPoliciesSchema } from '../../src/care/escalations/policies.ts';

/** Two versions run side by side on one database: the file of the newer one may hold keys the older never heard of. */
describe('a setting of another version', () => {
  const shift = { weekday: 'mon', from: '08:00', to: '18:00', person: 'jon' } as const;
  const policies = {
    escalation: { crisis: { steps: [{ after: 0, tell: ['duty'] }] } },
    duty: { pattern: [shift] },
    'of-another-version': { whatever: true },
  };

  it('stops neither an escalation nor the rota from being read', () => {
    expect(teamPoliciesSchema.parse(policies).escalation?.crisis?.steps).toEqual([{ after: 0, tell: ['duty'] }]);
    expect(patternOf(policies)).toEqual([shift]);
  });

  it('stops no schedule', () => {
    const team = { id: 'east', zone: 'UTC', digestAt: null, policies, schedules: { 'of-another-version': 1 } };
    const planned = [...collectedFeatures.schedules].flatMap(([kind, schedule]) =>
      schedule.of === 'team' && schedule.when(team) !== undefined ? [kind] : [],
    );
    expect(planned).toEqual(['duty-gaps', 'duty-check']);
  });
});
