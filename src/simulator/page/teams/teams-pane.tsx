import { useCallback, useState } from 'react';
import { act, query, Refused } from '../shared/ask-simulator.ts';
import { Composer } from '../shared/composer.tsx';
import { inThreads } from '../shared/in-threads.ts';
import { useLive, useLook } from '../shared/live.tsx';
import { FirstSteps, MessageLog } from '../shared/message-log.tsx';
import { NoticeLine, useNotice } from '../shared/notice.tsx';
import { Overlay } from '../shared/overlay.tsx';
import { PersonPicker } from '../shared/person-picker.tsx';
import { PlaceList, type PlaceItem } from '../shared/place-list.tsx';
import type { PlatformState, SimulatorState } from '../shared/types.ts';
import { CardView, type Pressed } from './card-view.tsx';
import type { Search } from './search-choice-set.tsx';
import { TeamsMessage } from './teams-message.tsx';
import { choicesOf, wordsOf, type TeamsAnswer, type TeamsDialog, type TeamsMessage as Said } from './types.ts';

const TRIES = ['next', 'help', 'log', 'client', 'caseload'];
const CHAT = 'dm';

/** A Teams tenant with one person sitting at it. */
export function TeamsPane({ state, teams }: { readonly state: SimulatorState; readonly teams: PlatformState }) {
  const people = state.people.filter((person) => person.teamsUser !== undefined);
  const [person, setPerson] = useState(people.find(({ id }) => id === 'keisha')?.id ?? people[0]?.id ?? '');
  const [place, setPlace] = useState(CHAT);
  const { changed } = useLive();
  const { notice, tell } = useNotice();
  const user = people.find(({ id }) => id === person)?.teamsUser ?? '';
  const channels = teams.channels.filter(({ members }) => members.includes(user));
  const said = useLook<{ messages: readonly Said[] }>(`teams/messages?${query({ conversation: place, user: person })}`);
  const open = useLook<{ dialogs: readonly TeamsDialog[] }>(`teams/dialogs?${query({ user: person })}`);
  const messages = inThreads(said?.messages ?? [], ({ id }) => id);
  const dialog = open?.dialogs.at(-1);

  const run = useCallback(
    async (path: string, body: object): Promise<void> => {
      try {
        const words = wordsOf(await act<TeamsAnswer>(`teams/${path}`, { user: person, ...body }));
        if (words !== undefined) tell(words.text, words.tone);
      } catch (error) {
        tell(error instanceof Refused ? error.message : 'That did not work. Please try again.', 'trouble');
      }
      changed();
    },
    [person, tell, changed],
  );
  const search: Search = useCallback(
    async (dataset, words) =>
      choicesOf(await act<TeamsAnswer>('teams/search', { user: person, dataset, query: words })),
    [person],
  );
  const press = useCallback(
    (activity: string, { title, verb, rowId, values }: Pressed): Promise<void> =>
      values === undefined
        ? run('press', { activity, title, ...(verb && { verb }), ...(rowId && { rowId }) })
        : run('submit', { activity, title, values }),
    [run],
  );
  const send = (text: string): void => void run('message', { conversation: place, text });
  const close = (): void => {
    if (dialog !== undefined) void run('dismiss', { dialog: dialog.id });
  };

  const entries = (context: string): { id: string; label: string }[] =>
    (teams.extension ?? []).flatMap((one) => (one.context.includes(context) ? [{ id: one.id, label: one.title }] : []));

  const places: PlaceItem[] = [
    { id: CHAT, label: 'Baton', mark: '•' },
    ...channels.map(({ id, name }): PlaceItem => ({ id, label: name, mark: '#' })),
  ];
  const title = place === CHAT ? 'Baton' : (channels.find(({ id }) => id === place)?.name ?? '');

  return (
    <section className="pane teams" aria-label="Microsoft Teams">
      <header className="pane-head" inert={dialog !== undefined}>
        <h2>
          <span className="pane-platform">Teams</span> {teams.name}
        </h2>
        <PersonPicker
          label="Who am I in Teams"
          people={people}
          chosen={person}
          onChoose={(id) => {
            setPerson(id);
            setPlace(CHAT);
          }}
        />
      </header>
      <div className="pane-body" inert={dialog !== undefined}>
        <PlaceList label="Teams conversations" places={places} chosen={place} onChoose={setPlace} />
        <div className="conversation">
          <h3 className="conversation-title">{title}</h3>
          <MessageLog
            label={`Messages in ${title}`}
            mark={`${place} ${person} ${messages.length} ${messages.at(-1)?.id ?? ''}`}
            empty={
              said !== undefined && (
                <FirstSteps
                  title="Nothing here yet."
                  text={
                    place === CHAT
                      ? 'Ask Baton what comes next, or see what it can do:'
                      : 'In a channel, what you type here mentions @Baton; the answer comes to your own chat with it.'
                  }
                  tries={['next', 'help']}
                  onTry={send}
                />
              )
            }
          >
            {messages.map((message) => (
              <TeamsMessage
                key={message.id}
                message={message}
                writer={teams.users.find(({ id }) => id === message.from)?.name}
                mine={message.from === user}
                zone={state.clock.zone}
                onPress={press}
                search={search}
                user={user}
                entries={entries('message')}
                onReact={(activity, back) => void run('react', { activity, type: 'like', back })}
                onEntry={(activity, command) => void run('extend', { conversation: place, command, activity })}
              />
            ))}
          </MessageLog>
          <NoticeLine notice={notice} />
          <Composer
            label="Message in Teams"
            placeholder={place === CHAT ? 'Type next, or /care next' : 'Mention @Baton: type next'}
            tries={TRIES}
            onSend={send}
            entries={entries('compose')}
            onEntry={(command) => void run('extend', { conversation: place, command })}
          />
        </div>
      </div>
      {dialog !== undefined && (
        <Overlay key={`${person} ${dialog.id}`} title={dialog.title} className="teams-dialog" onClose={close}>
          <div className="overlay-body">
            <CardView
              card={dialog.card}
              onPress={({ title: button, values = {} }) => run('submit', { dialog: dialog.id, values, title: button })}
              search={search}
            />
          </div>
        </Overlay>
      )}
    </section>
  );
}
