import { timeOf } from './shared/format-time.ts';
import type { LedgerLine } from './shared/types.ts';

const names = { slack: 'Slack', teams: 'Teams' } as const;
const went = ({ status, failure }: LedgerLine): boolean => status >= 200 && status < 300 && failure === undefined;

/** The last requests between the platforms and Baton: which, how they ended, how long they took. */
export function Requests({ lines, zone }: { readonly lines: readonly LedgerLine[]; readonly zone: string }) {
  if (lines.length === 0) return <p className="menu-note">No request yet.</p>;
  return (
    <div className="ledger-scroll" tabIndex={0} role="region" aria-label="Last requests">
      <table className="ledger">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Way</th>
            <th scope="col">What</th>
            <th scope="col">Answer</th>
            <th scope="col">ms</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, 60).map((line) => (
            <tr key={line.number} className={went(line) ? '' : 'ledger-trouble'}>
              <td>{timeOf(new Date(line.at), zone)}</td>
              <td>
                {line.direction === 'to-baton' ? `${names[line.platform]} → Baton` : `Baton → ${names[line.platform]}`}
              </td>
              <td>{line.what}</td>
              <td>{line.status === 0 ? 'none' : line.status}</td>
              <td className="ledger-number">{line.ms}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
