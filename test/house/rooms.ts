/**
 * The rooms of the house and the doors between them: the whole of the allowed imports, as a table.
 * A room always sees itself and the ground (the files that stand directly in src: clock, ids, log, config).
 */
export type Room = keyof typeof rooms;

interface Doors {
  /** Rooms it may load. */
  readonly sees: readonly string[];
  /** Rooms it may name in types only. */
  readonly seesTypesOf?: readonly string[];
  /** Rooms it may load with `import()` only, so that a process without that platform never pays for it. */
  readonly loadsLazily?: readonly string[];
}

const everything = [
  'calendar',
  'care',
  'chat',
  'feature',
  'slack',
  'delivery',
  'schedule',
  'store',
  'access',
  'audit',
  'exchange',
  'retention',
  'paging',
];

export const rooms = {
  /** clock, ids, log, config. */
  ground: { sees: [] },
  main: { sees: ['app', 'store'], loadsLazily: ['local-mode'] },
  cli: { sees: ['app', ...everything] },
  /** The composition root: the only one who knows everybody, and the only one who knows the dispatcher. */
  app: { sees: ['dispatch', ...everything], loadsLazily: ['teams', 'simulator', 'local-mode'] },
  /** Loaded only where no platform is configured, so what it loads is lazy already. */
  'local-mode': { sees: ['app', 'simulator', 'teams', ...everything] },
  /** Days, zones, working time: pure, so that rules may stand on it. */
  calendar: { sees: [] },
  /** Nouns call ports, never a platform; app.ts plugs the ports. */
  care: {
    sees: ['calendar', 'feature', 'chat', 'store', 'audit', 'access'],
    seesTypesOf: ['delivery', 'schedule', 'pictures'],
  },
  /** The contract between the nouns and the house. */
  feature: { sees: ['calendar', 'chat', 'access', 'store', 'audit'] },
  /** From a request to a use case and back: who it is, what they may, their one answer. */
  dispatch: { sees: ['calendar', 'feature', 'chat', 'access', 'store', 'audit'] },
  /** The conversation and nothing else. Names a picture's type in a card, and says it in words where nobody can see it. */
  chat: { sees: ['calendar', 'pictures'] },
  /** Draws plain values as SVG and PNG; knows nobody. */
  pictures: { sees: [] },
  /** Adapters translate and nothing else; store is for installations and conversation references. */
  slack: { sees: ['chat', 'feature', 'store', 'pictures'] },
  teams: { sees: ['chat', 'feature', 'store', 'pictures'] },
  /** Knows destinations, renderers and senders as ports. */
  delivery: { sees: ['calendar', 'feature', 'chat', 'store', 'audit'] },
  schedule: { sees: ['calendar', 'feature', 'chat', 'store', 'audit', 'delivery'] },
  /** Calls the organisation's own gateway; what it waits for, nobody else waits for. */
  paging: { sees: ['feature', 'store', 'delivery', 'schedule'] },
  store: { sees: [] },
  /** Takes away what is past its time; knows tables, no noun. */
  retention: { sees: ['store'] },
  access: { sees: ['calendar', 'store', 'audit'] },
  audit: { sees: ['store', 'access'] },
  exchange: { sees: ['chat', 'calendar'] },
  /** Two strict platforms that know nothing of Baton: sharing its limits would share its mistakes. */
  simulator: { sees: [] },
} as const satisfies Record<string, Doors>;

/** Files directly in src that are no ground: they put the house together. */
const atDoor: Readonly<Record<string, Room>> = {
  main: 'main',
  cli: 'cli',
  app: 'app',
  health: 'app',
  service: 'app',
  'guard-metrics': 'app',
  'measure-service': 'app',
  'measure-requests': 'app',
  'measure-pools': 'app',
  'open-metrics': 'app',
  'secure-headers': 'app',
  'serve-http': 'app',
  'open-platforms': 'app',
  'refuse-quietly': 'app',
  'local-mode': 'local-mode',
  'open-demo': 'local-mode',
  'require-demo': 'local-mode',
};

/** The room a path from the checkout belongs to; undefined outside src and for a folder the table does not know. */
export function roomOf(file: string): Room | undefined {
  const [root, first = '', ...rest] = file.split('/');
  if (root !== 'src') return undefined;
  const name = rest.length === 0 ? first.replace(/\.tsx?$/, '') : first;
  if (rest.length === 0) return Object.hasOwn(atDoor, name) ? atDoor[name] : 'ground';
  return Object.hasOwn(rooms, name) ? (name as Room) : undefined;
}

/** Why `from` may not import `to` in this way, or undefined when it may. */
export function closedDoor(from: Room, to: Room, kind: 'value' | 'type' | 'lazy'): string | undefined {
  if (from === to || to === 'ground') return undefined;
  const doors: Doors = rooms[from];
  if (doors.sees.includes(to)) return undefined;
  if (doors.seesTypesOf?.includes(to) === true) {
    return kind === 'type' ? undefined : `${from} may name the types of ${to} only`;
  }
  if (doors.loadsLazily?.includes(to) === true) {
    return kind === 'value' ? `${from} may load ${to} with import() only` : undefined;
  }
  return `${from} may not import ${to}`;
}
