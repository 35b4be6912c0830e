import { setTimeout as pause } from 'node:timers/promises';
import { resultOf } from '../measure.mjs';

const rounds = 7;
/** Milliseconds after the last one is ready: what was loaded at the start is put away. */
const settling = 3_000;

/**
 * Memory of services that are ready and have nothing to do, all of them at the same time: with Slack, with Teams, and
 * among 100,000 clients. `open`: each starts one.
 */
export async function benchMemory({ open }) {
  const held = Object.fromEntries(Object.keys(open).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const services = [];
    try {
      for (const start of Object.values(open)) services.push(await start());
      await pause(settling);
      for (const [at, name] of Object.keys(open).entries()) held[name].push(await services[at].memory());
    } finally {
      for (const service of services) await service.stop();
    }
  }
  const row = (name, counterpart, ours, theirs) =>
    resultOf({ name: `memory when idle, ${name}`, counterpart, ours, theirs, unit: 'MB' });
  return [
    row('Slack', 'Bolt echo', held.slack, held.slackEcho),
    row('Teams', 'botbuilder echo', held.teams, held.teamsEcho),
    row('Slack, 100 k clients', 'the same with 500', held.crowd, held.slack),
  ];
}
