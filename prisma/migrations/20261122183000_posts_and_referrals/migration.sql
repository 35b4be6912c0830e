-- CreateTable
CREATE TABLE "post" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "series" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "post_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "post_id" UUID NOT NULL,
    "workspace_id" TEXT,
    "platform" TEXT,
    "place" TEXT,
    "line" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "priority" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "holder" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "message_id" TEXT,
    "service_url" TEXT,
    "stale" BOOLEAN NOT NULL DEFAULT false,
    "shown" BYTEA,
    "reason" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "hold" (
    "organisation_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hold_pkey" PRIMARY KEY ("organisation_id","workspace_id","method","place")
);

-- CreateTable
CREATE TABLE "schedule" (
    "organisation_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "weekday" TEXT,
    "next_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "occurrence" (
    "organisation_id" TEXT NOT NULL,
    "schedule_id" TEXT NOT NULL,
    "local_date" DATE NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "occurrence_pkey" PRIMARY KEY ("organisation_id","schedule_id","local_date")
);

-- CreateTable
CREATE TABLE "referral" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "requester_id" TEXT NOT NULL,
    "to_person_id" TEXT,
    "to_team_id" TEXT,
    "to_partner_id" TEXT,
    "receiver_id" TEXT,
    "state" TEXT NOT NULL,
    "urgency" TEXT NOT NULL,
    "service" TEXT,
    "question" BYTEA,
    "reason" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "referral_event" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "reason" TEXT,
    "words" BYTEA,

    CONSTRAINT "referral_event_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateIndex
CREATE INDEX "post_organisation_id_kind_subject_idx" ON "post"("organisation_id", "kind", "subject");

-- CreateIndex
CREATE INDEX "post_organisation_id_series_idx" ON "post"("organisation_id", "series");

-- CreateIndex
CREATE UNIQUE INDEX "post_organisation_id_key_key" ON "post"("organisation_id", "key");

-- CreateIndex
CREATE INDEX "delivery_organisation_id_post_id_idx" ON "delivery"("organisation_id", "post_id");

-- CreateIndex
CREATE INDEX "delivery_state_next_at_priority_idx" ON "delivery"("state", "next_at", "priority");

-- CreateIndex
CREATE INDEX "delivery_organisation_id_line_idx" ON "delivery"("organisation_id", "line");

-- CreateIndex
CREATE INDEX "schedule_next_at_idx" ON "schedule"("next_at");

-- CreateIndex
CREATE INDEX "referral_organisation_id_client_id_idx" ON "referral"("organisation_id", "client_id");

-- CreateIndex
CREATE INDEX "referral_organisation_id_state_due_at_idx" ON "referral"("organisation_id", "state", "due_at");

-- CreateIndex
CREATE INDEX "referral_event_organisation_id_referral_id_at_idx" ON "referral_event"("organisation_id", "referral_id", "at");

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_organisation_id_post_id_fkey" FOREIGN KEY ("organisation_id", "post_id") REFERENCES "post"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_organisation_id_client_id_fkey" FOREIGN KEY ("organisation_id", "client_id") REFERENCES "client"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_organisation_id_requester_id_fkey" FOREIGN KEY ("organisation_id", "requester_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_organisation_id_to_person_id_fkey" FOREIGN KEY ("organisation_id", "to_person_id") REFERENCES "person"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_organisation_id_to_team_id_fkey" FOREIGN KEY ("organisation_id", "to_team_id") REFERENCES "team"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_organisation_id_to_partner_id_fkey" FOREIGN KEY ("organisation_id", "to_partner_id") REFERENCES "partner"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_organisation_id_receiver_id_fkey" FOREIGN KEY ("organisation_id", "receiver_id") REFERENCES "person"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "referral_event" ADD CONSTRAINT "referral_event_organisation_id_referral_id_fkey" FOREIGN KEY ("organisation_id", "referral_id") REFERENCES "referral"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
