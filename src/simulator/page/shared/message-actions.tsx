/** What a person can do with a message itself, beside what stands in it: an emoji, and the app's entries of its menu. */
export function MessageActions(props: {
  readonly emoji: string;
  /** How a screen reader says the emoji. */
  readonly emojiName: string;
  /** Who put it there. */
  readonly reacted: readonly string[];
  readonly user: string;
  readonly entries: readonly { readonly id: string; readonly label: string }[];
  readonly onReact: (back: boolean) => void;
  readonly onEntry: (id: string) => void;
}) {
  const { emoji, emojiName, reacted, user } = props;
  const mine = reacted.includes(user);
  return (
    <div className="message-actions">
      <button
        type="button"
        className="message-action"
        aria-label={`React with ${emojiName}`}
        aria-pressed={mine}
        onClick={() => props.onReact(mine)}
      >
        <span aria-hidden="true">{emoji}</span>
        {reacted.length > 0 && <span className="message-action-count">{reacted.length}</span>}
      </button>
      {props.entries.map(({ id, label }) => (
        <button key={id} type="button" className="message-action" onClick={() => props.onEntry(id)}>
          {label}
        </button>
      ))}
    </div>
  );
}
