import { useEffect, useRef, type ReactNode } from 'react';

/** A conversation: the newest below, in view unless the person scrolled up to read. */
export function MessageLog(props: {
  readonly label: string;
  /** Changes whenever something was said. */
  readonly mark: string;
  readonly empty: ReactNode;
  readonly children: readonly ReactNode[];
}) {
  const log = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const placed = useRef(0);
  useEffect(() => {
    const element = log.current;
    if (element === null || !follows.current) return;
    // A message taller than the pane is read from its beginning.
    const last = element.lastElementChild;
    const start = last instanceof HTMLElement ? last.offsetTop - element.offsetTop : 0;
    element.scrollTop = Math.min(element.scrollHeight - element.clientHeight, start);
    placed.current = element.scrollTop;
  }, [props.mark]);
  return (
    <div
      ref={log}
      className="log"
      role="log"
      aria-label={props.label}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        const atEnd = scrollHeight - scrollTop - clientHeight < 80;
        follows.current = atEnd || Math.abs(scrollTop - placed.current) < 4;
      }}
    >
      {props.children.length === 0 ? <div className="empty">{props.empty}</div> : props.children}
    </div>
  );
}

/** What to type first, as buttons that type it. */
export function FirstSteps(props: {
  readonly title: string;
  readonly text: string;
  readonly tries: readonly string[];
  readonly onTry: (text: string) => void;
}) {
  return (
    <div className="first-steps">
      <p className="first-steps-title">{props.title}</p>
      <p>{props.text}</p>
      <div className="first-steps-tries">
        {props.tries.map((text) => (
          <button key={text} type="button" className="chip" onClick={() => props.onTry(text)}>
            {text}
          </button>
        ))}
      </div>
    </div>
  );
}
