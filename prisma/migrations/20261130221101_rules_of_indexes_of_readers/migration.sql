-- What is sent leaves these: they stay as small as what waits. Readers: delivery/backlog.ts (the metrics' counts by state),
-- delivery/claim.ts (when something is due next), delivery/sweep.ts and care/deliveries/records.ts (what is parked).
CREATE INDEX delivery_open ON "delivery" (state, next_at) WHERE state IN ('pending', 'sending', 'unknown', 'parked');
-- Readers: delivery/claim.ts, the messages to be drawn again in the order in which they are due, and when the next one is.
DROP INDEX delivery_stale;
CREATE INDEX delivery_stale ON "delivery" (next_at) WHERE stale AND state = 'sent';

-- Contacts of some days. Readers: care/week-reviews/contact-records.ts and work-records.ts.
CREATE INDEX contact_of_day ON "contact" (organisation_id, occurred_on) WHERE state = 'recorded';
-- Reader: care/week-reviews/work-records.ts, entries written within a period.
CREATE INDEX contact_logged ON "contact" (organisation_id, logged_at) WHERE state = 'recorded';

-- Readers: care/escalations, lists of what is open; care/referrals, what a leaver leaves open.
CREATE INDEX escalation_open ON "escalation" (organisation_id, team_id) WHERE state <> 'resolved';
CREATE INDEX referral_unclosed ON "referral" (organisation_id, receiver_id)
  WHERE state NOT IN ('draft', 'closed', 'entered-in-error');
-- Reader: care/week-reviews/loop-records.ts, what partners were asked and whether they answered.
CREATE INDEX referral_to_partner ON "referral" (organisation_id, to_partner_id) WHERE to_partner_id IS NOT NULL;
-- Reader: require-demo.ts, whether the clients of a local organisation are the demonstration's, at each start.
CREATE INDEX audit_event_of_demo ON "audit_event" (organisation_id, subject_id)
  WHERE actor = 'demo' AND verb = 'client.import';

-- Written once and changed thrice: room on the page for the changed row, beside the one it replaces.
ALTER TABLE "delivery" SET (fillfactor = 85);
ALTER TABLE "escalation" SET (fillfactor = 85);
ALTER TABLE "follow_up" SET (fillfactor = 85);
