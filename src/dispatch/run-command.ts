import type { CollectedFeatures } from '../feature/collect-features.ts';
import type { Work, Command } from '../feature/feature.ts';
import { helpCard } from '../chat/help.ts';
import { parseCommand, type ParsedCommand } from '../chat/parse-command.ts';
import { findCommand } from '../chat/parse-command-name.ts';
import type { Arguments } from '../chat/command.ts';
import { Refusal } from '../chat/refusal.ts';
import { answer, type Reply } from '../chat/reply.ts';
import { isTooLong, TOO_LONG_SENTENCE, tokeniseCommand } from '../chat/tokenise-command.ts';

/** A command in a Teams channel stands there for all to read; Slack shows slash commands to nobody. */
const deletePlease = 'Please delete your message in the channel; next time type it here.';

/** Reads one command line and runs what it asks for. */
export async function runCommand(features: CollectedFeatures, work: Work, typed: string): Promise<Reply> {
  if (isTooLong(typed)) throw new Refusal('unknown-word', TOO_LONG_SENTENCE);
  const found = findCommand(tokeniseCommand(typed), features.commands);
  if (found.is === 'home') return answer(await work.draw('home', ''));
  const wasSeen = work.platform === 'teams' && work.place.kind !== 'direct';
  if (found.is === 'unknown') {
    const sentence =
      found.suggestion === undefined
        ? 'I do not know that command. Type help to see what I can do.'
        : `I do not know that command. Did you mean ${found.suggestion}? Type help to see what I can do.`;
    throw new Refusal('unknown-command', wasSeen ? `${sentence} ${deletePlease}` : sentence);
  }
  const { command, words } = found;
  if (command.name === 'help') return answer(helpCard(features.commands, work.actor.roles, words.join(' ')));
  // Whatever stands behind a command may name somebody: there is no telling, so the careful side.
  const notice = wasSeen && words.length > 0 ? deletePlease : undefined;
  try {
    requireRole(work, command);
    return withNotice(await runParsed(work, command, parseCommand(words, command.arguments, work.reading)), notice);
  } catch (error) {
    if (error instanceof Refusal && notice !== undefined) {
      throw new Refusal(error.code, `${error.message} ${notice}`, error);
    }
    throw error;
  }
}

function requireRole(work: Work, command: Command): void {
  if (command.roles.some((role) => work.actor.roles.includes(role))) return;
  throw new Refusal('not-allowed', `Your role does not include ${command.name}. Your administrator can change that.`, {
    denial: true,
  });
}

async function runParsed(work: Work, command: Command, parsed: ParsedCommand<Arguments>): Promise<Reply> {
  // Named in clear text: nothing is saved, nothing echoed, the picker opens with what else was understood.
  if (parsed.looksLikeName && command.withoutClient !== undefined) return command.withoutClient(work, parsed.values);
  const problem = parsed.problems[0];
  if (problem !== undefined) {
    const offers = problem.code === 'bad-check-character' ? (command.offers ?? []) : [];
    throw new Refusal(problem.code, problem.sentence, { offers });
  }
  if (parsed.leftover > 0) {
    const said = parsed.unknown.find((word) => word.suggestion !== undefined) ?? parsed.unknown[0];
    throw new Refusal('unknown-word', `${said?.sentence ?? 'I did not understand that.'} Nothing was saved.`);
  }
  return command.run(work, parsed.values);
}

function withNotice(reply: Reply, notice: string | undefined): Reply {
  if (notice === undefined) return reply;
  if (reply.kind === 'form') return { ...reply, form: { ...reply.form, intro: [notice, ...(reply.form.intro ?? [])] } };
  if (reply.kind !== 'answer' || reply.card === undefined) return reply;
  return { ...reply, card: { ...reply.card, nodes: [...reply.card.nodes, { kind: 'text', text: notice }] } };
}
