import { Message, type Block } from 'slack-blocks-to-jsx';
import type { ReactNode } from 'react';
import { ButtonRow, type Press } from './button-row.tsx';
import { isActions, isInput, type InputBlock, type SlackBlock } from './block-kit.ts';
import { isLiteral, LiteralBlock, prepare } from './literal-blocks.tsx';

/** Runs of blocks that only show something, and the ones that do something between them. */
function runsOf(blocks: readonly SlackBlock[]): (SlackBlock | SlackBlock[])[] {
  const runs: (SlackBlock | SlackBlock[])[] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (isActions(block) || isInput(block) || isLiteral(block)) runs.push(block);
    else if (Array.isArray(last)) last.push(block);
    else runs.push([block]);
  }
  return runs;
}

/** Without ids: the renderer would make them ids of the document, where every message has the same ones. */
const drawn = (blocks: readonly SlackBlock[]): Block[] =>
  // The local Slack has checked them against Slack's own rules, which the renderer's types follow.
  blocks.map(prepare) as Block[];

/** Blocks of a message, a modal or the home tab. Showing is the renderer's; buttons and inputs are live here. */
export function BlockList(props: {
  readonly blocks: readonly SlackBlock[];
  readonly onPress: Press;
  readonly input?: (block: InputBlock) => ReactNode;
}) {
  return (
    <div className="blocks">
      {runsOf(props.blocks).map((run, index) => {
        if (Array.isArray(run)) {
          return <Message key={index} blocks={drawn(run)} logo="" name="Baton" theme="light" withoutWrapper />;
        }
        if (isActions(run)) return <ButtonRow key={index} block={run} onPress={props.onPress} />;
        if (isLiteral(run)) return <LiteralBlock key={index} block={run} />;
        return isInput(run) ? <div key={run.block_id}>{props.input?.(run)}</div> : null;
      })}
    </div>
  );
}
