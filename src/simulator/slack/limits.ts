/**
 * What Slack itself accepts, written down apart from the renderer's own (smaller) caps, so that a wrong number
 * there is found here. `messageSize` is where Slack was seen to answer `msg_blocks_too_long`; it is undocumented.
 */
export const slackAccepts = {
  messageBlocks: 50,
  messageText: 40_000,
  messageSize: 13_200,
  viewBlocks: 100,
  viewTitle: 24,
  viewStack: 3,
  privateMetadata: 3_000,
  id: 255,
  sectionText: 3_000,
  sectionFields: 10,
  fieldText: 2_000,
  header: 150,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  confirmTitle: 100,
  confirmText: 300,
  confirmAnswer: 30,
  optionText: 75,
  optionValue: 75,
  options: 100,
  boxes: 10,
  placeholder: 150,
  label: 2_000,
  imageUrl: 3_000,
  imageAlt: 2_000,
  inputText: 3_000,
  tableRows: 100,
  tableCells: 20,
  responseUses: 5,
  responseMinutes: 30,
} as const;

/** What Slack waits for by the wall's clock, in milliseconds. */
export interface Waits {
  readonly acknowledgeMs: number;
  readonly triggerMs: number;
}
export const slackWaits: Waits = { acknowledgeMs: 3_000, triggerMs: 3_000 };
