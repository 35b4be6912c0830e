import { useLook } from './shared/live.tsx';
import type { SimulatorState } from './shared/types.ts';
import { SlackPane } from './slack/slack-pane.tsx';
import { TeamsPane } from './teams/teams-pane.tsx';
import { TopBar } from './top-bar.tsx';

/** Both platforms side by side, with the clock above them. */
export function App() {
  const state = useLook<SimulatorState>('state');
  if (state === undefined) return <p className="waiting">Opening Slack and Teams…</p>;
  return (
    <>
      <TopBar state={state} />
      <main className="panes">
        {state.slack !== undefined && <SlackPane state={state} slack={state.slack} />}
        {state.teams !== undefined && <TeamsPane state={state} teams={state.teams} />}
      </main>
    </>
  );
}
