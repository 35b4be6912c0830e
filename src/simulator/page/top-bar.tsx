import { useEffect, useRef, useState } from 'react';
import { act, Refused } from './shared/ask-simulator.ts';
import { BatonMark } from './shared/avatar.tsx';
import { cityOf, dateOf, timeOf } from './shared/format-time.ts';
import { useLive } from './shared/live.tsx';
import type { SimulatorState } from './shared/types.ts';
import { FaultMenu } from './fault-menu.tsx';
import { Ledger } from './ledger.tsx';

/** The product's time, going on with the wall's between two answers of the simulator. */
function useProductTime(now: string): Date {
  const base = useRef({ now: '', at: 0 });
  if (base.current.now !== now) base.current = { now, at: Date.now() };
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 5000);
    return () => clearInterval(timer);
  }, []);
  return new Date(Date.parse(now) + (Date.now() - base.current.at));
}

const pushes = [
  ['+1 hour', { advance: 'PT1H' }],
  ['Next morning', { to: 'next-morning' }],
  ['Next Monday', { to: 'next-monday' }],
] as const;

/** Time, and what may go wrong. */
export function TopBar({ state }: { readonly state: SimulatorState }) {
  const { changed, connected } = useLive();
  const [busy, setBusy] = useState<string>();
  const [trouble, setTrouble] = useState('');
  const { zone } = state.clock;
  const now = useProductTime(state.clock.now);
  const push = async (label: string, body: object): Promise<void> => {
    setBusy(label);
    setTrouble('');
    try {
      await act('clock', body);
    } catch (error) {
      setTrouble(error instanceof Refused ? error.message : 'The clock did not move. Is the service still running?');
    }
    setBusy(undefined);
    changed();
  };
  return (
    <header className="top-bar">
      <h1>
        <BatonMark />
        Baton <span className="top-bar-mode">on this computer, with invented clients</span>
      </h1>
      <div className="clock" role="group" aria-label="Clock">
        <time dateTime={now.toISOString()} className="clock-time">
          <strong>{timeOf(now, zone)}</strong> {dateOf(now, zone)}
          <span className="clock-zone"> {cityOf(zone)}</span>
        </time>
        {pushes.map(([label, body]) => (
          <button
            key={label}
            type="button"
            className="bar-button"
            disabled={busy !== undefined}
            aria-busy={busy === label}
            onClick={() => void push(label, body)}
          >
            {label}
          </button>
        ))}
      </div>
      <div className="top-bar-menus">
        <FaultMenu state={state} />
        <Ledger lines={state.ledger} zone={zone} />
      </div>
      <p role="status" className="top-bar-trouble">
        {trouble !== '' ? trouble : connected ? '' : 'The service does not answer. Waiting for it.'}
      </p>
    </header>
  );
}
