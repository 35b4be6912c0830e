/**
 * Slack's limits, the only table of them in this folder. Counts of characters are UTF-16 units, as Slack's own
 * client libraries count. `message.size` and `view.size` are ours: Slack documents no total, and refused messages
 * near 13,200 characters of block JSON, so we stay well below.
 */
export const limits = {
  message: { blocks: 50, size: 10_000, text: 4_000, tables: 1 },
  view: { blocks: 100, size: 60_000, title: 24, metadata: 3_000 },
  header: 150,
  /** One paragraph block of ours; a section of Slack's takes as much. */
  paragraph: 2_500,
  context: 1_000,
  id: 255,
  actions: { elements: 25, size: 3_000 },
  button: { text: 75, value: 2_000 },
  confirm: { title: 100, text: 300, answer: 30 },
  option: { text: 75, value: 75 },
  options: 100,
  radios: 5,
  checkboxes: 10,
  table: { rows: 100, cells: 20, size: 6_000 },
  /** `upload` is ours, in milliseconds: longer than this no message waits for its pictures. */
  image: { alt: 1_000, url: 3_000, upload: 6_000 },
  label: 150,
  hint: 500,
  placeholder: 150,
  input: 3_000,
  /** Longest a search waits for letters before it asks. */
  searchLetters: 2,
} as const;
