import { useEffect, useRef, type ReactNode } from 'react';

const FOCUSABLE = 'input:not([disabled]), select, textarea, button:not([disabled]), [tabindex="0"]';

/**
 * A form over one pane; the other pane stays usable, as the other platform would. The pane behind it is made inert
 * by whoever shows it.
 */
export function Overlay(props: {
  readonly title: string;
  readonly className: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(props.onClose);
  close.current = props.onClose;
  useEffect(() => {
    const before = document.activeElement;
    const inside = box.current?.querySelector<HTMLElement>(`.overlay-body :is(${FOCUSABLE})`);
    (inside ?? box.current)?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div className="overlay">
      <div
        ref={box}
        role="dialog"
        aria-label={props.title}
        tabIndex={-1}
        className={`overlay-box ${props.className}`}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close.current();
        }}
      >
        <div className="overlay-head">
          <h2>{props.title}</h2>
          <button type="button" className="overlay-close" aria-label="Close the form" onClick={() => close.current()}>
            <span aria-hidden="true">×</span>
          </button>
        </div>
        {props.children}
      </div>
    </div>
  );
}
