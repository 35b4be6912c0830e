import { useState } from 'react';
import { act, Refused } from '../shared/ask-simulator.ts';
import { useLive } from '../shared/live.tsx';
import { Overlay } from '../shared/overlay.tsx';
import type { Choice } from '../shared/type-ahead.tsx';
import type { Answer } from '../shared/types.ts';
import { BlockList } from './block-list.tsx';
import {
  initialOf,
  isInput,
  optionsOf,
  type Filled,
  type InputBlock,
  type InputElement,
  type SlackView,
} from './block-kit.ts';
import type { Press } from './button-row.tsx';
import { InputField } from './input-field.tsx';

/** The sentence for a field Slack's own screen does not send empty. */
const missing = (block: InputBlock, value: Filled): string | undefined =>
  block.optional !== true && (value === null || value.length === 0) ? 'Please complete this field.' : undefined;

/** A modal: the form, its sentences, and what came of sending it. Keyed by view id and hash by whoever shows it. */
export function SlackModal(props: { readonly user: string; readonly open: SlackView; readonly onPress: Press }) {
  const { user, open } = props;
  const { view } = open;
  const { changed } = useLive();
  const inputs = view.blocks.filter(isInput);
  const [values, setValues] = useState<Readonly<Record<string, Filled>>>(() =>
    Object.fromEntries(inputs.map((block) => [block.block_id, initialOf(block)])),
  );
  const [own, setOwn] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();

  const search = async (action_id: string, query: string): Promise<readonly Choice[]> => {
    const answer = await act<Answer>('slack/options', { user, query, action_id, view: open.id });
    return optionsOf(answer.body as Pick<InputElement, 'options' | 'option_groups'>).map(({ value, text }) => ({
      value,
      label: text.text,
    }));
  };
  const submit = async (): Promise<void> => {
    const wrong = Object.fromEntries(
      inputs.flatMap((block) => {
        const sentence = missing(block, values[block.block_id] ?? null);
        return sentence === undefined ? [] : [[block.block_id, sentence]];
      }),
    );
    setOwn(wrong);
    setTrouble(undefined);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      await act('slack/submit', { user, view: open.id, values });
    } catch (error) {
      setTrouble(error instanceof Refused ? error.message : 'That did not work. Please try again.');
    }
    setBusy(false);
    changed();
  };
  const close = (): void => {
    void act('slack/close', { user, view: open.id }).then(changed, changed);
  };

  const said = trouble ?? open.trouble;
  return (
    <Overlay title={view.title?.text ?? 'Form'} className="slack-modal" onClose={close}>
      <form
        className="overlay-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="overlay-body">
          {said !== undefined && (
            <p role="alert" className="field-error">
              {said}
            </p>
          )}
          <BlockList
            blocks={view.blocks}
            onPress={props.onPress}
            input={(block) => (
              <InputField
                block={block}
                id={`${open.id}-${block.block_id}`}
                value={values[block.block_id] ?? null}
                error={own[block.block_id] ?? open.errors?.[block.block_id]}
                onChange={(value) => setValues((before) => ({ ...before, [block.block_id]: value }))}
                search={search}
              />
            )}
          />
        </div>
        <div className="overlay-foot">
          <button type="button" className="slack-button" onClick={close}>
            {view.close?.text ?? 'Cancel'}
          </button>
          {view.submit !== undefined && (
            <button type="submit" className="slack-button slack-button-primary" disabled={busy} aria-busy={busy}>
              {view.submit.text}
            </button>
          )}
        </div>
      </form>
    </Overlay>
  );
}
