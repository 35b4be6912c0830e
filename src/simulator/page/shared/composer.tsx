import { useId, useRef, useState, type KeyboardEvent } from 'react';

/** The box to type in. Enter sends; the arrow up brings back what was typed before. */
export function Composer(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly tries: readonly string[];
  /** Why nothing can be sent here, or undefined. */
  readonly closed?: string | undefined;
  readonly onSend: (text: string) => void;
  /** What the app put beside the box, and what happens when one is chosen. */
  readonly entries?: readonly { readonly id: string; readonly label: string }[];
  readonly onEntry?: (id: string) => void;
}) {
  const [text, setText] = useState('');
  const sent = useRef<string[]>([]);
  const back = useRef(0);
  const id = useId();
  const matching =
    text === '' ? [] : props.tries.filter((one) => one !== text && one.toLowerCase().startsWith(text.toLowerCase()));

  const send = (): void => {
    const words = text.trim();
    if (words === '') return;
    sent.current.push(words);
    back.current = 0;
    setText('');
    props.onSend(words);
  };
  const recall = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    if (sent.current.length === 0) return;
    event.preventDefault();
    back.current = Math.min(sent.current.length, Math.max(0, back.current + (event.key === 'ArrowUp' ? 1 : -1)));
    setText(back.current === 0 ? '' : (sent.current.at(-back.current) ?? ''));
  };

  if (props.closed !== undefined) return <p className="composer-closed">{props.closed}</p>;
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {matching.length > 0 && (
        <div className="composer-tries">
          {matching.slice(0, 4).map((one) => (
            <button key={one} type="button" className="chip" onClick={() => setText(one)}>
              {one}
            </button>
          ))}
        </div>
      )}
      {props.entries !== undefined && props.entries.length > 0 && (
        <div className="composer-entries">
          {props.entries.map((entry) => (
            <button key={entry.id} type="button" className="message-action" onClick={() => props.onEntry?.(entry.id)}>
              {entry.label}
            </button>
          ))}
        </div>
      )}
      <div className="composer-box">
        <label className="unseen" htmlFor={id}>
          {props.label}
        </label>
        <input
          id={id}
          value={text}
          placeholder={props.placeholder}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="send"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={recall}
        />
        <button type="submit" className="composer-send" disabled={text.trim() === ''}>
          Send
        </button>
      </div>
    </form>
  );
}
