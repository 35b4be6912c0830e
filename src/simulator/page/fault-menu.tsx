import { useId, useState } from 'react';
import { act } from './shared/ask-simulator.ts';
import { useLive } from './shared/live.tsx';
import { Menu } from './shared/menu.tsx';
import type { SimulatorState } from './shared/types.ts';

const kinds = [
  ['429', 'Too many requests (429)'],
  ['500', 'Server error (500)'],
  ['503', 'Service unavailable (503)'],
  ['slow', 'Slow'],
  ['hang', 'No answer, nothing done'],
  ['lost-reply', 'Done, but the reply is lost'],
  ['truncated', 'Done, but the reply is cut off'],
  ['refused', 'No connection'],
] as const;
const labels = new Map<string, string>(kinds);

/** What goes wrong with Baton's next requests to a platform. */
export function FaultMenu({ state }: { readonly state: SimulatorState }) {
  const { changed } = useLive();
  const [platform, setPlatform] = useState('slack');
  const [kind, setKind] = useState<string>('429');
  const [times, setTimes] = useState('1');
  const [said, setSaid] = useState('');
  const id = useId();
  const ask = (body: object, done: string): void => {
    act('faults', body).then(
      () => {
        setSaid(done);
        changed();
      },
      (error: unknown) => setSaid(error instanceof Error ? error.message : 'That did not work.'),
    );
  };
  const { faults } = state;
  return (
    <Menu label={faults.length === 0 ? 'Faults' : `Faults (${faults.length})`}>
      <form
        className="fault-form"
        onSubmit={(event) => {
          event.preventDefault();
          ask({ platform, kind, times: Number(times) }, 'It will happen.');
        }}
      >
        <p className="menu-title">What goes wrong next</p>
        <div className="fault-field">
          <label htmlFor={`${id}-where`}>Where</label>
          <select id={`${id}-where`} value={platform} onChange={(event) => setPlatform(event.target.value)}>
            {state.slack !== undefined && <option value="slack">Slack</option>}
            {state.teams !== undefined && <option value="teams">Teams</option>}
          </select>
        </div>
        <div className="fault-field">
          <label htmlFor={`${id}-what`}>What</label>
          <select id={`${id}-what`} value={kind} onChange={(event) => setKind(event.target.value)}>
            {kinds.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <div className="fault-field">
          <label htmlFor={`${id}-times`}>How often</label>
          <input
            id={`${id}-times`}
            type="number"
            min={1}
            max={100}
            value={times}
            onChange={(event) => setTimes(event.target.value)}
          />
        </div>
        <div className="fault-buttons">
          <button type="submit" className="bar-button bar-button-strong">
            Set
          </button>
          <button type="button" className="bar-button" onClick={() => ask({ clear: true }, 'All is well again.')}>
            Clear all
          </button>
        </div>
        <p role="status" className="menu-note">
          {said}
        </p>
      </form>
      <ul className="fault-list" aria-label="Faults that were set">
        {faults.map((fault) => (
          <li key={fault.platform}>
            {fault.platform === 'slack' ? 'Slack' : 'Teams'}: {labels.get(fault.kind) ?? fault.kind}, set for{' '}
            {fault.times === 1 ? 'one request' : `${fault.times} requests`}
          </li>
        ))}
      </ul>
    </Menu>
  );
}
