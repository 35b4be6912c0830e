import { memo } from 'react';
import { Avatar, BatonMark } from '../shared/avatar.tsx';
import { timeOf } from '../shared/format-time.ts';
import { MessageActions } from '../shared/message-actions.tsx';
import { CardView, type Pressed } from './card-view.tsx';
import type { Search } from './search-choice-set.tsx';
import type { TeamsMessage as Said } from './types.ts';

interface Props {
  readonly message: Said;
  /** The writer's name; undefined for Baton. */
  readonly writer: string | undefined;
  readonly mine: boolean;
  readonly zone: string;
  readonly onPress: (message: string, pressed: Pressed) => Promise<void>;
  readonly search: Search;
  /** This person, as Teams knows them. */
  readonly user: string;
  /** The app's entries of a message's menu. */
  readonly entries: readonly { readonly id: string; readonly label: string }[];
  readonly onReact: (message: string, back: boolean) => void;
  readonly onEntry: (message: string, id: string) => void;
}

/** One message, as this person sees it. */
export const TeamsMessage = memo(
  function TeamsMessage(props: Props) {
    const { message, writer } = props;
    const at = new Date(message.at);
    const answers = message.thread !== undefined;
    return (
      <article
        className={`message teams-message${props.mine ? ' teams-message-mine' : ''}${answers ? ' message-in-thread' : ''}`}
      >
        {!props.mine && (writer === undefined ? <BatonMark /> : <Avatar name={writer} />)}
        <div className="message-content">
          <p className="message-head">
            {!props.mine && <strong>{writer ?? 'Baton'}</strong>}
            <time dateTime={message.at}>{timeOf(at, props.zone)}</time>
            {answers && <span className="message-edited">in the thread</span>}
            {message.updates > 0 && <span className="message-edited">edited</span>}
          </p>
          {message.deleted ? (
            <p className="message-text message-deleted">This message was deleted.</p>
          ) : (
            <>
              {message.text !== undefined && <p className="message-text teams-bubble">{message.text}</p>}
              {message.card !== undefined && (
                <CardView
                  card={message.card}
                  onPress={(pressed) => props.onPress(message.id, pressed)}
                  search={props.search}
                />
              )}
              {!props.mine && (
                <MessageActions
                  emoji="👍"
                  emojiName="thumbs up"
                  reacted={(message.reactions ?? []).map((one) => one.user)}
                  user={props.user}
                  entries={props.entries}
                  onReact={(back) => props.onReact(message.id, back)}
                  onEntry={(id) => props.onEntry(message.id, id)}
                />
              )}
            </>
          )}
        </div>
      </article>
    );
  },
  (before, after) =>
    JSON.stringify(before.message) === JSON.stringify(after.message) && before.onPress === after.onPress,
);
