import { spanOf, timeOf } from './shared/format-time.ts';
import type { Delivery, DeliveryLedger, DeliveryState } from './shared/types.ts';

const platforms = { slack: 'Slack', teams: 'Teams' } as const;
/** What needs a look first. */
const states = ['parked', 'unknown', 'sending', 'pending', 'sent', 'superseded', 'cancelled'] as const;
const stateWords: Readonly<Record<DeliveryState, string>> = {
  pending: 'Pending',
  sending: 'Sending',
  sent: 'Sent',
  unknown: 'Unknown',
  parked: 'Parked',
  cancelled: 'Cancelled',
  superseded: 'Superseded',
};

/** `follow-ups.due-list` → `Follow ups · due list`. */
const kindWords = (kind: string): string =>
  (kind.charAt(0).toUpperCase() + kind.slice(1)).replace('.', ' · ').replaceAll('-', ' ');

function nextTry({ nextAt, redrawn }: Delivery, now: Date): string | undefined {
  if (nextAt === null) return undefined;
  const what = redrawn ? 'Changes' : 'Next try';
  const left = Date.parse(nextAt) - now.getTime();
  return left <= 0 ? `${what} now` : `${what} in ${spanOf(left)}`;
}

/** What is to be said beside state, destination and age: why it stands, and when it goes on. */
function remarksOf(delivery: Delivery, now: Date): readonly string[] {
  const { state, reason, why, attempts } = delivery;
  const remarks: (string | undefined)[] = [
    state === 'unknown' ? 'The reply was lost: it may have arrived.' : undefined,
    why,
    reason === null ? undefined : state === 'pending' && attempts > 0 ? `Last answer: ${reason}` : `Reason: ${reason}`,
    nextTry(delivery, now),
  ];
  return remarks.filter((remark) => remark !== undefined);
}

function DeliveryItem(props: { readonly delivery: Delivery; readonly now: Date; readonly zone: string }) {
  const { delivery, now, zone } = props;
  const { state, kind, audience, to, platform, attempts, createdAt } = delivery;
  const made = new Date(createdAt);
  const where = [
    audience === 'team' ? `${to} (team)` : to,
    ...(platform === null ? [] : [platforms[platform]]),
    attempts === 0 ? 'not tried yet' : attempts === 1 ? '1 try' : `${attempts} tries`,
  ];
  return (
    <li className="delivery">
      <span className={`delivery-state delivery-${state}`}>{stateWords[state]}</span>
      <span className="delivery-kind">{kindWords(kind)}</span>
      <time className="delivery-age" dateTime={createdAt} title={timeOf(made, zone)}>
        {spanOf(now.getTime() - made.getTime())} ago
      </time>
      <div className="delivery-words">
        <p>To {where.join(' · ')}</p>
        {remarksOf(delivery, now).map((remark) => (
          <p key={remark} className="delivery-remark">
            {remark}
          </p>
        ))}
      </div>
    </li>
  );
}

/** Every message Baton owes somebody, copy by copy, and what came of it. */
export function Deliveries({ ledger, zone }: { readonly ledger: DeliveryLedger | undefined; readonly zone: string }) {
  if (ledger === undefined) return <p className="menu-note">Looking…</p>;
  const { counts, deliveries } = ledger;
  if (deliveries.length === 0) return <p className="menu-note">Nothing had to be delivered yet.</p>;
  const now = new Date(ledger.now);
  const total = states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  const summary = states.flatMap((state) => ((counts[state] ?? 0) === 0 ? [] : [`${counts[state]} ${state}`]));
  return (
    <>
      <p className="menu-note">{summary.join(' · ')}</p>
      <div className="ledger-scroll" tabIndex={0} role="region" aria-label="Deliveries, newest first">
        <ol className="deliveries">
          {deliveries.map((delivery) => (
            <DeliveryItem key={delivery.id} delivery={delivery} now={now} zone={zone} />
          ))}
        </ol>
        {total > deliveries.length && <p className="menu-note">Older ones are not shown.</p>}
      </div>
    </>
  );
}
