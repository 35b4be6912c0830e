import { useEffect, useRef, type ReactNode } from 'react';

/** A panel below a button of the top bar. Escape and a click elsewhere close it. */
export function Menu(props: {
  readonly label: string;
  readonly wide?: boolean;
  /** Told when it opens and closes. */
  readonly onToggle?: (open: boolean) => void;
  readonly children: ReactNode;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event): void => {
      const menu = details.current;
      if (menu === null || !menu.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        menu.querySelector('summary')?.focus();
      } else if (event.target instanceof Node && menu.contains(event.target)) return;
      menu.open = false;
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details ref={details} className="menu" onToggle={() => props.onToggle?.(details.current?.open === true)}>
      <summary className="bar-button">{props.label}</summary>
      <div className={props.wide === true ? 'menu-panel menu-panel-wide' : 'menu-panel'}>{props.children}</div>
    </details>
  );
}
