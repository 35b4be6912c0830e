-- AlterTable
ALTER TABLE "organisation" ADD COLUMN     "crisis" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "team" ADD COLUMN     "policies" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "timer" (
    "organisation_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "timer_pkey" PRIMARY KEY ("organisation_id","kind","subject")
);

-- CreateTable
CREATE TABLE "escalation" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "client_id" UUID,
    "about" BYTEA,
    "team_id" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "note" BYTEA,
    "raised_by" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "policy" JSONB NOT NULL,
    "step" INTEGER NOT NULL DEFAULT 0,
    "owner_id" TEXT NOT NULL,
    "acknowledged_by" TEXT,
    "acknowledged_at" TIMESTAMPTZ(3),
    "second_by" TEXT,
    "second_at" TIMESTAMPTZ(3),
    "remind_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "late" BOOLEAN NOT NULL DEFAULT false,
    "outcome" TEXT,
    "disposition" TEXT,
    "resolved_by" TEXT,
    "resolved_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "escalation_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "escalation_event" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "escalation_id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "words" BYTEA,

    CONSTRAINT "escalation_event_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "escalation_notice" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "escalation_id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person_id" TEXT,
    "team_id" TEXT,
    "step" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "post_key" TEXT NOT NULL,

    CONSTRAINT "escalation_notice_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "duty_override" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "team_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "origin" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "duty_override_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "duty_cover" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "team_id" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "taken_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "duty_cover_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateIndex
CREATE INDEX "timer_due_at_idx" ON "timer"("due_at");

-- CreateIndex
CREATE INDEX "escalation_organisation_id_state_idx" ON "escalation"("organisation_id", "state");

-- CreateIndex
CREATE INDEX "escalation_organisation_id_client_id_idx" ON "escalation"("organisation_id", "client_id");

-- CreateIndex
CREATE INDEX "escalation_organisation_id_owner_id_idx" ON "escalation"("organisation_id", "owner_id");

-- CreateIndex
CREATE INDEX "escalation_event_organisation_id_escalation_id_sequence_idx" ON "escalation_event"("organisation_id", "escalation_id", "sequence");

-- CreateIndex
CREATE INDEX "escalation_notice_organisation_id_escalation_id_sequence_idx" ON "escalation_notice"("organisation_id", "escalation_id", "sequence");

-- CreateIndex
CREATE INDEX "duty_override_organisation_id_team_id_ends_at_idx" ON "duty_override"("organisation_id", "team_id", "ends_at");

-- CreateIndex
CREATE INDEX "duty_cover_organisation_id_team_id_state_idx" ON "duty_cover"("organisation_id", "team_id", "state");

-- AddForeignKey
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_organisation_id_client_id_fkey" FOREIGN KEY ("organisation_id", "client_id") REFERENCES "client"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_organisation_id_team_id_fkey" FOREIGN KEY ("organisation_id", "team_id") REFERENCES "team"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_organisation_id_raised_by_fkey" FOREIGN KEY ("organisation_id", "raised_by") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_organisation_id_owner_id_fkey" FOREIGN KEY ("organisation_id", "owner_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation_event" ADD CONSTRAINT "escalation_event_organisation_id_escalation_id_fkey" FOREIGN KEY ("organisation_id", "escalation_id") REFERENCES "escalation"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation_notice" ADD CONSTRAINT "escalation_notice_organisation_id_escalation_id_fkey" FOREIGN KEY ("organisation_id", "escalation_id") REFERENCES "escalation"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duty_override" ADD CONSTRAINT "duty_override_organisation_id_team_id_fkey" FOREIGN KEY ("organisation_id", "team_id") REFERENCES "team"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duty_override" ADD CONSTRAINT "duty_override_organisation_id_person_id_fkey" FOREIGN KEY ("organisation_id", "person_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duty_cover" ADD CONSTRAINT "duty_cover_organisation_id_team_id_fkey" FOREIGN KEY ("organisation_id", "team_id") REFERENCES "team"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duty_cover" ADD CONSTRAINT "duty_cover_organisation_id_asked_by_fkey" FOREIGN KEY ("organisation_id", "asked_by") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duty_cover" ADD CONSTRAINT "duty_cover_organisation_id_taken_by_fkey" FOREIGN KEY ("organisation_id", "taken_by") REFERENCES "person"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
