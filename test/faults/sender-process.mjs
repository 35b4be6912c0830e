// A process that does nothing but send: the compiled delivery engine with the real Slack sender and the real cards of one
// noun. It starts in a fraction of the time of a whole service, so that it can be killed every second.
import { caseloads } from '../../dist/care/caseloads/feature.js';
import { collectFeatures } from '../../dist/feature/collect-features.js';
import { createDrawer } from '../../dist/dispatch/draw-for-reader.js';
import { wallClock as clock } from '../../dist/clock.js';
import { startDeliveries } from '../../dist/delivery/start-deliveries.js';
import { randomIds as ids } from '../../dist/ids.js';
import { createLog } from '../../dist/log.js';
import { createSlack } from '../../dist/slack/create-slack.js';
import { oneWorkspace } from '../../dist/slack/installations.js';
import { openStore } from '../../dist/store/store.js';
import { Registry } from 'prom-client';

const { DATABASE_URL: url, BATON_MASTER_KEY, SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN, LOG_LEVEL } = process.env;
const log = createLog(LOG_LEVEL);
const store = openStore({ url, masterKey: Buffer.from(BATON_MASTER_KEY, 'base64'), clock, ids });
const slack = createSlack({
  ...{ signingSecret: 'nobody is listened to', clock, log, apiUrl },
  installations: oneWorkspace(SLACK_BOT_TOKEN),
  receive: async () => ({ kind: 'nothing' }),
});
const sending = startDeliveries({
  ...{ store, clock, ids, log, url, registry: new Registry() },
  senders: { slack: slack.sender },
  draw: createDrawer({ features: collectFeatures([caseloads]), privacy: 'minimal' }),
  parkedCard: { kind: 'deliveries.parked', subject: 'open' },
  courtesy: {
    ...{ hours: '07:00-20:00', perMinute: 6, bundleKind: 'deliveries.bundle' },
    digest: { kind: 'digests.person', schedule: 'daily-digest-person' },
    unfolded: [],
  },
});
process.on('SIGTERM', () => {
  void sending
    .stop()
    .then(() => store.close())
    .then(() => process.exit(0));
});
process.stdout.write('Baton is ready: http://127.0.0.1:0/ (it sends, and does nothing else)\n');
