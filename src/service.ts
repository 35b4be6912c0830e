import type { Router } from 'express';
import type { CommandLimit } from './dispatch/command-limit.ts';
import type { CollectedFeatures } from './feature/collect-features.ts';
import type { Receive } from './chat/reply.ts';
import type { Clock } from './clock.ts';
import type { Config, MetricsSettings, TeamsSettings } from './config.ts';
import type { PaceLimits } from './delivery/pace.ts';
import type { Ids } from './ids.ts';
import type { Log } from './log.ts';
import type { PagerSettings } from './pager-settings.ts';
import type { SlackSettings } from './slack-settings.ts';
import type { SlackAdapter } from './slack/create-slack.ts';
import type { OpenDatabase } from './store/open-database.ts';
import type { Store } from './store/store.ts';
import type { Teams } from './teams/create-teams.ts';

/** The database, opened, with the tables of features: what the service and the command line share. */
export interface House {
  readonly database: OpenDatabase;
  readonly store: Store;
  readonly features: CollectedFeatures;
  readonly clock: Clock;
  readonly ids: Ids;
  close(): Promise<void>;
}

export interface Service {
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly receive: Receive;
  readonly slack: SlackAdapter | undefined;
  readonly teams: Teams | undefined;
  /** Makes what is due by now: runs by itself every second, and when the clock was pushed. */
  tick(): Promise<void>;
  /** Sends until nothing is due by the product's clock and nothing is under way. */
  delivered(): Promise<void>;
  /** Calls the pager's gateway until nothing is due by the product's clock and nothing is under way. */
  paged(): Promise<void>;
  /** Takes no new request, finishes those under way, at most 10 s. */
  stop(): Promise<void>;
}

/** The platforms a service speaks to. */
export interface Platforms {
  readonly slack: SlackSettings | undefined;
  readonly teams: TeamsSettings | undefined;
  /** Routes before all others: the simulator's, in local mode. */
  readonly before?: Router;
}

export interface ServiceOptions {
  readonly house: House;
  readonly log: Log;
  readonly privacy: Config['privacy'];
  readonly port: number;
  readonly host: string;
  /** Who may read the metrics. Default: this machine. */
  readonly metrics?: MetricsSettings;
  /** The organisation's own gateway. Absent: nobody is paged. */
  readonly pager?: PagerSettings | undefined;
  /** Given where the service listens: a simulated platform lives at the same address. */
  readonly platforms: (url: string) => Platforms;
  /** False where somebody else calls `tick`: tests decide themselves when time passes. Default: every second. */
  readonly ticking?: boolean;
  /** How fast one place is written to. Default: what the platforms ask for. */
  readonly pace?: PaceLimits;
  /** How many commands a person may type at a stroke. Default: the usual limit. */
  readonly limit?: CommandLimit;
  /** Milliseconds a platform may take to answer what is sent to it. Default: 8000. */
  readonly sendTimeoutMs?: number;
  /** Milliseconds the pager's gateway may take. Default: 5000. */
  readonly pagerTimeoutMs?: number;
  /** Milliseconds until a request is acknowledged without its answer. Default: 2000. */
  readonly answerDeadlineMs?: number;
  /**
   * Milliseconds until whoever waits for a connection is turned away; what the platform says of whoever acts is waited for
   * half as long. Default: half of `answerDeadlineMs`.
   */
  readonly patienceMs?: number;
}
