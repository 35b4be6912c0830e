import { useEffect, useId, useRef, useState } from 'react';
import type { ActionsBlock, ButtonElement, Confirm } from './block-kit.ts';

export type Press = (button: ButtonElement, block: string) => Promise<void>;

/** The question before a button does what it does. */
function Question(props: { readonly ask: Confirm; readonly onYes: () => void; readonly onNo: () => void }) {
  const { ask } = props;
  const no = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => no.current?.focus(), []);
  return (
    <div
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      className="question"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        props.onNo();
      }}
    >
      <p id={`${id}-title`} className="question-title">
        {ask.title.text}
      </p>
      <p id={`${id}-text`}>{ask.text.text}</p>
      <div className="question-answers">
        <button ref={no} type="button" className="slack-button" onClick={props.onNo}>
          {ask.deny.text}
        </button>
        <button type="button" className="slack-button slack-button-primary" onClick={props.onYes}>
          {ask.confirm.text}
        </button>
      </div>
    </div>
  );
}

/** An actions block. A pressed button waits for the answer; the others stay usable, as in Slack. */
export function ButtonRow({ block, onPress }: { readonly block: ActionsBlock; readonly onPress: Press }) {
  const [busy, setBusy] = useState<string>();
  const [asking, setAsking] = useState<ButtonElement>();
  const press = async (button: ButtonElement): Promise<void> => {
    setAsking(undefined);
    setBusy(button.action_id);
    await onPress(button, block.block_id);
    setBusy(undefined);
  };
  return (
    <div className="button-row">
      {block.elements.map((button) => (
        <button
          key={button.action_id}
          type="button"
          className={`slack-button${button.style === undefined ? '' : ` slack-button-${button.style}`}`}
          aria-label={button.accessibility_label}
          aria-busy={busy === button.action_id}
          disabled={busy === button.action_id}
          onClick={() => {
            if (button.confirm === undefined) void press(button);
            else setAsking(button);
          }}
        >
          {button.text.text}
        </button>
      ))}
      {asking?.confirm !== undefined && (
        <Question ask={asking.confirm} onYes={() => void press(asking)} onNo={() => setAsking(undefined)} />
      )}
    </div>
  );
}
