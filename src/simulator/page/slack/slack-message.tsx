import type { ReactNode } from 'react';
import { Avatar, BatonMark } from '../shared/avatar.tsx';
import { timeOf } from '../shared/format-time.ts';
import { BlockList } from './block-list.tsx';
import type { SlackMessage as Said } from './block-kit.ts';
import type { Press } from './button-row.tsx';

const unescape = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** One message, as this person sees it. */
export function SlackMessage(props: {
  readonly message: Said;
  /** The writer's name; undefined for Baton. */
  readonly writer: string | undefined;
  readonly zone: string;
  readonly onPress: Press;
  /** What stands below it; nothing below what only this person sees. */
  readonly children?: ReactNode;
}) {
  const { message, writer } = props;
  const at = new Date(Number(message.ts) * 1000);
  const mine = message.onlyFor !== undefined;
  const answers = message.thread !== undefined;
  return (
    <article className={`message${mine ? ' message-ephemeral' : ''}${answers ? ' message-in-thread' : ''}`}>
      {writer === undefined ? <BatonMark /> : <Avatar name={writer} square />}
      <div className="message-content">
        {mine && (
          <p className="message-private">
            <EyeMark /> Only visible to you
          </p>
        )}
        <p className="message-head">
          <strong>{writer ?? 'Baton'}</strong>
          {writer === undefined && <span className="app-badge">App</span>}
          <time dateTime={at.toISOString()}>{timeOf(at, props.zone)}</time>
          {answers && <span className="message-edited">in the thread</span>}
          {message.edited === true && <span className="message-edited">edited</span>}
        </p>
        {message.blocks.length === 0 ? (
          <p className="message-text">{unescape(message.text)}</p>
        ) : (
          <BlockList blocks={message.blocks} onPress={props.onPress} />
        )}
        {!mine && props.children}
      </div>
    </article>
  );
}

function EyeMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="eye">
      <path
        d="M1 8s2.5-4.5 7-4.5S15 8 15 8s-2.5 4.5-7 4.5S1 8 1 8Z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
      />
      <circle cx="8" cy="8" r="2" fill="currentColor" />
    </svg>
  );
}
