-- Each index names who reads by it. What the planner did without them, over 20,000 clients: read the whole table.
-- DropIndex
DROP INDEX "delivery_state_next_at_priority_idx";

-- DropIndex
DROP INDEX "inbound_delivery_received_at_idx";

-- Readers: care/deliveries/ledger-records.ts, the newest copies; use-records.ts, what reached people since a moment.
-- CreateIndex
CREATE INDEX "delivery_organisation_id_created_at_id_idx" ON "delivery"("organisation_id", "created_at", "id");

-- Readers: care/week-reviews/work-records.ts, acts of a week; retention/records.ts, the oldest requests. Both of one
-- organisation, which the index before this one did not know.
-- CreateIndex
CREATE INDEX "inbound_delivery_organisation_id_received_at_idx" ON "inbound_delivery"("organisation_id", "received_at");

-- Reader: audit/list-events.ts, the trail of some days.
-- CreateIndex
CREATE INDEX "audit_event_organisation_id_at_idx" ON "audit_event"("organisation_id", "at");

-- Readers: care/week-reviews/unmet-records.ts and loop-records.ts, what happened to referrals within a period.
-- CreateIndex
CREATE INDEX "referral_event_organisation_id_at_idx" ON "referral_event"("organisation_id", "at");

-- Readers: care/week-reviews/loop-records.ts, a week's escalations; care/escalations, those an agenda looks back on.
-- CreateIndex
CREATE INDEX "escalation_organisation_id_raised_at_idx" ON "escalation"("organisation_id", "raised_at");
