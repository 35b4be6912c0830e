import { it } from 'vitest';
import { openScene } from './bad-input-scene.ts';
import { openForm } from './bad-input-forgery.ts';
it('probe', async () => {
  const s = await openScene('teams');
  const submit = await openForm(s, 'maya', 'log K7T2-9');
  const o = await s.watch('maya', async () => console.log(JSON.stringify(await submit({ minutes: '-5', outcome: 'reached' })).slice(0, 3000)));
  console.log(o.said, JSON.stringify(s.hand('maya').sees().at(-1)).slice(0,1500));
  await s.close();
}, 300000);
