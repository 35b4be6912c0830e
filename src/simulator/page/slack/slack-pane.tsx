import { useState } from 'react';
import { act, query, Refused } from '../shared/ask-simulator.ts';
import { Composer } from '../shared/composer.tsx';
import { inThreads } from '../shared/in-threads.ts';
import { useLive, useLook } from '../shared/live.tsx';
import { MessageActions } from '../shared/message-actions.tsx';
import { FirstSteps, MessageLog } from '../shared/message-log.tsx';
import { NoticeLine, useNotice } from '../shared/notice.tsx';
import { PersonPicker } from '../shared/person-picker.tsx';
import { PlaceList, type PlaceItem } from '../shared/place-list.tsx';
import type { Answer, PlatformState, SimulatorState } from '../shared/types.ts';
import { BlockList } from './block-list.tsx';
import type { ButtonElement, SlackMessage as Said, SlackView } from './block-kit.ts';
import { SlackMessage } from './slack-message.tsx';
import { SlackModal } from './slack-modal.tsx';

const TRIES = ['/care next', '/care help', '/care log', '/care client', '/care caseload'];
const HOME = 'home';
const DIRECT = 'dm';
const errors: Readonly<Record<string, string>> = {
  operation_timeout: 'Baton did not answer within three seconds.',
  dispatch_failed: 'Baton could not be reached.',
};

/** A Slack workspace with one person sitting at it. */
export function SlackPane({ state, slack }: { readonly state: SimulatorState; readonly slack: PlatformState }) {
  const people = state.people.filter((person) => person.slackUser !== undefined);
  const [person, setPerson] = useState(people.find(({ id }) => id === 'maya')?.id ?? people[0]?.id ?? '');
  const [place, setPlace] = useState(DIRECT);
  const { changed } = useLive();
  const { notice, tell } = useNotice();
  const user = people.find(({ id }) => id === person)?.slackUser ?? '';
  const channels = slack.channels.filter(({ members }) => members.includes(user));
  const said = useLook<{ messages: readonly Said[] }>(
    place === HOME ? undefined : `slack/messages?${query({ channel: place, user: person })}`,
  );
  const seen = useLook<{ views: readonly SlackView[]; home: SlackView | null }>(
    `slack/views?${query({ user: person })}`,
  );
  const messages = inThreads(said?.messages ?? [], ({ ts }) => ts);
  const modal = seen?.views.at(-1);

  const run = async (path: string, body: object): Promise<void> => {
    try {
      const { failure, error } = await act<Answer & { error?: string }>(`slack/${path}`, { user: person, ...body });
      const wrong = failure ?? error;
      if (wrong !== undefined) tell(errors[wrong] ?? wrong, 'trouble');
    } catch (error) {
      tell(error instanceof Refused ? error.message : 'That did not work. Please try again.', 'trouble');
    }
    changed();
  };
  const send = (text: string): void => {
    const channel = place === HOME ? DIRECT : place;
    if (place === HOME) setPlace(DIRECT);
    if (text.startsWith('/')) {
      if (!/^\/care(\s|$)/.test(text)) tell('This workspace knows one command: /care', 'trouble');
      else void run('command', { channel, text });
    } else if (channel === DIRECT) void run('message', { text });
    else tell('In a channel Baton hears /care only.');
  };
  const choose = (id: string): void => {
    setPlace(id);
    if (id === HOME) void run('home', {});
  };
  const pressOn =
    (where: object) =>
    ({ action_id, value }: ButtonElement, block_id: string): Promise<void> =>
      run('action', { ...where, action: { action_id, block_id, ...(value === undefined ? {} : { value }) } });

  const entries = (type: string): { id: string; label: string }[] =>
    (slack.shortcuts ?? []).flatMap((one) => (one.type === type ? [{ id: one.callback_id, label: one.name }] : []));

  const places: PlaceItem[] = [
    { id: HOME, label: 'Home', mark: '⌂' },
    { id: DIRECT, label: 'Baton', mark: '•' },
    ...channels.map(({ id, name }): PlaceItem => ({ id, label: name, mark: '#' })),
  ];
  const title =
    place === HOME ? 'Home' : place === DIRECT ? 'Baton' : `#${channels.find(({ id }) => id === place)?.name}`;
  const nameOf = (id: string): string | undefined =>
    id === 'USLACKBOT' ? 'Slackbot' : slack.users.find((one) => one.id === id)?.name;

  return (
    <section className="pane slack" aria-label="Slack">
      <header className="pane-head" inert={modal !== undefined}>
        <h2>
          <span className="pane-platform">Slack</span> {slack.name}
        </h2>
        <PersonPicker
          label="Who am I in Slack"
          people={people}
          chosen={person}
          onChoose={(id) => {
            setPerson(id);
            setPlace(DIRECT);
          }}
        />
      </header>
      <div className="pane-body" inert={modal !== undefined}>
        <PlaceList label="Slack conversations" places={places} chosen={place} onChoose={choose} />
        <div className="conversation">
          <h3 className="conversation-title">{title}</h3>
          {place === HOME ? (
            <div className="log home" tabIndex={0} role="region" aria-label="Home tab">
              {!seen?.home ? (
                <p className="empty">Baton has not drawn a home tab yet.</p>
              ) : (
                <BlockList blocks={seen.home.view.blocks} onPress={pressOn({ view: seen.home.id })} />
              )}
            </div>
          ) : (
            <MessageLog
              label={`Messages in ${title}`}
              mark={`${place} ${person} ${messages.length} ${messages.at(-1)?.ts ?? ''}`}
              empty={
                said !== undefined && (
                  <FirstSteps
                    title="Nothing here yet."
                    text="Ask Baton what comes next, or see what it can do:"
                    tries={['/care next', '/care help']}
                    onTry={send}
                  />
                )
              }
            >
              {messages.map((message) => (
                <SlackMessage
                  key={message.ts}
                  message={message}
                  writer={nameOf(message.user)}
                  zone={state.clock.zone}
                  onPress={pressOn({ channel: place, message: message.ts })}
                >
                  <MessageActions
                    emoji="👀"
                    emojiName="eyes"
                    reacted={(message.reactions ?? []).map((one) => one.user)}
                    user={user}
                    entries={entries('message')}
                    onReact={(back) => void run('react', { channel: place, message: message.ts, name: 'eyes', back })}
                    onEntry={(callback_id) =>
                      void run('shortcut', { callback_id, channel: place, message: message.ts })
                    }
                  />
                </SlackMessage>
              ))}
            </MessageLog>
          )}
          <NoticeLine notice={notice} />
          <Composer
            label="Message or command in Slack"
            placeholder={place === DIRECT || place === HOME ? 'Type /care next, or a line to Baton' : 'Type /care next'}
            tries={TRIES}
            onSend={send}
            entries={entries('global')}
            onEntry={(callback_id) => void run('shortcut', { callback_id })}
          />
        </div>
      </div>
      {modal !== undefined && (
        <SlackModal
          key={`${person} ${modal.id} ${modal.hash}`}
          user={person}
          open={modal}
          onPress={pressOn({ view: modal.id })}
        />
      )}
    </section>
  );
}
