/** Messages as they are read: what answers to another stands right below it, in order. */
export function inThreads<M extends { readonly thread?: string }>(
  messages: readonly M[],
  idOf: (message: M) => string,
): readonly M[] {
  const roots = new Set(messages.map(idOf));
  const answers = new Map<string, M[]>();
  const first: M[] = [];
  for (const message of messages) {
    const { thread } = message;
    if (thread === undefined || !roots.has(thread)) first.push(message);
    else answers.set(thread, [...(answers.get(thread) ?? []), message]);
  }
  return first.flatMap((message) => [message, ...(answers.get(idOf(message)) ?? [])]);
}
