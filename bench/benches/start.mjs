import { interleave, median, milliseconds, resultOf, round } from '../measure.mjs';
import { startService } from '../processes.mjs';
import { createSlack } from '../slack-requests.mjs';

const rounds = 7;

/** How much more a service holds than an echo does; the goal is a difference, not a ratio. */
const memoryOf = (ours, theirs) => ({
  name: 'memory after the first command',
  counterpart: 'Bolt echo',
  ...{ ratio: round(ours / theirs), goal: '<= + 30 MB', goalMet: ours - theirs <= 30, rounds, unit: 'MB' },
  ...{ ours: round(ours), theirs: round(theirs) },
});

/** From the start of the process until its first command is acknowledged. */
export async function benchStart({ settings, embedded, people, codes }) {
  /** Megabytes held after the first command, by program. */
  const held = {};
  const first = (script, environment, code) => async () => {
    const slack = createSlack(1);
    let service;
    const taken = await milliseconds(async () => {
      service = await startService(script, environment);
      await slack.command(service.url, people[0].slack, `log ${code} phone reached 15m fu +3d`);
    });
    slack.close();
    (held[script] ??= []).push(await service.memory());
    await service.stop();
    return taken;
  };
  const sides = {
    baton: first('dist/main.js', settings, codes.own),
    own: first('dist/main.js', embedded, codes.embedded),
    echo: first('bench/counterparts/slack-echo.mjs', settings, codes.own),
  };
  await interleave(1, sides);
  const taken = await interleave(rounds, sides);
  const shared = { counterpart: 'Bolt echo', theirs: taken.echo, unit: 'ms' };
  return [
    resultOf({ name: 'start to first acknowledgement, warm', ours: taken.baton, atMost: 1.5, ...shared }),
    memoryOf(median(held['dist/main.js']), median(held['bench/counterparts/slack-echo.mjs'])),
    resultOf({ name: 'the same, starting its own PostgreSQL', ours: taken.own, ...shared }),
  ];
}
