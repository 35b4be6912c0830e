-- AlterTable
ALTER TABLE "follow_up" ADD COLUMN     "task" TEXT;

-- CreateTable
CREATE TABLE "huddle" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "team_id" TEXT NOT NULL,
    "rhythm" TEXT NOT NULL,
    "held_for" DATE,
    "moved_from" DATE,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "started_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "item_since" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "huddle_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "huddle_item" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "huddle_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "section" TEXT NOT NULL,
    "client_id" UUID,
    "person_id" TEXT,
    "reason" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "others" JSONB NOT NULL,
    "tier" TEXT,
    "seconds" INTEGER NOT NULL DEFAULT 0,
    "minutes" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reviewed_at" TIMESTAMPTZ(3),
    "taken_up_by" UUID,

    CONSTRAINT "huddle_item_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "huddle_attendance" (
    "organisation_id" TEXT NOT NULL,
    "huddle_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "late" BOOLEAN NOT NULL,
    "remote" BOOLEAN NOT NULL,
    "roles" TEXT[],
    "qualifications" TEXT[],

    CONSTRAINT "huddle_attendance_pkey" PRIMARY KEY ("organisation_id","huddle_id","person_id")
);

-- CreateTable
CREATE TABLE "huddle_recommendation" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "huddle_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "words" BYTEA,
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "to_id" TEXT,
    "due_on" DATE,
    "state" TEXT NOT NULL,
    "answered_by" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "huddle_recommendation_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "huddle_decision" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "huddle_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "words" BYTEA,
    "follow_up_id" UUID NOT NULL,
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "huddle_decision_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "discussion_request" (
    "organisation_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "words" BYTEA,
    "asked_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "huddle_id" UUID,

    CONSTRAINT "discussion_request_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateIndex
CREATE INDEX "huddle_organisation_id_team_id_starts_at_idx" ON "huddle"("organisation_id", "team_id", "starts_at");

-- CreateIndex
CREATE INDEX "huddle_item_organisation_id_client_id_idx" ON "huddle_item"("organisation_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "huddle_item_organisation_id_huddle_id_position_key" ON "huddle_item"("organisation_id", "huddle_id", "position");

-- CreateIndex
CREATE INDEX "huddle_recommendation_organisation_id_huddle_id_idx" ON "huddle_recommendation"("organisation_id", "huddle_id");

-- CreateIndex
CREATE INDEX "huddle_recommendation_organisation_id_to_id_state_idx" ON "huddle_recommendation"("organisation_id", "to_id", "state");

-- CreateIndex
CREATE INDEX "huddle_decision_organisation_id_huddle_id_idx" ON "huddle_decision"("organisation_id", "huddle_id");

-- CreateIndex
CREATE UNIQUE INDEX "huddle_decision_organisation_id_follow_up_id_key" ON "huddle_decision"("organisation_id", "follow_up_id");

-- CreateIndex
CREATE INDEX "discussion_request_organisation_id_client_id_idx" ON "discussion_request"("organisation_id", "client_id");

-- AddForeignKey
ALTER TABLE "huddle" ADD CONSTRAINT "huddle_organisation_id_team_id_fkey" FOREIGN KEY ("organisation_id", "team_id") REFERENCES "team"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "huddle_item" ADD CONSTRAINT "huddle_item_organisation_id_huddle_id_fkey" FOREIGN KEY ("organisation_id", "huddle_id") REFERENCES "huddle"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "huddle_item" ADD CONSTRAINT "huddle_item_organisation_id_client_id_fkey" FOREIGN KEY ("organisation_id", "client_id") REFERENCES "client"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "huddle_attendance" ADD CONSTRAINT "huddle_attendance_organisation_id_huddle_id_fkey" FOREIGN KEY ("organisation_id", "huddle_id") REFERENCES "huddle"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "huddle_attendance" ADD CONSTRAINT "huddle_attendance_organisation_id_person_id_fkey" FOREIGN KEY ("organisation_id", "person_id") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "huddle_recommendation" ADD CONSTRAINT "huddle_recommendation_organisation_id_huddle_id_fkey" FOREIGN KEY ("organisation_id", "huddle_id") REFERENCES "huddle"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "huddle_recommendation" ADD CONSTRAINT "huddle_recommendation_organisation_id_item_id_fkey" FOREIGN KEY ("organisation_id", "item_id") REFERENCES "huddle_item"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "huddle_recommendation" ADD CONSTRAINT "huddle_recommendation_organisation_id_made_by_fkey" FOREIGN KEY ("organisation_id", "made_by") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "huddle_recommendation" ADD CONSTRAINT "huddle_recommendation_organisation_id_to_id_fkey" FOREIGN KEY ("organisation_id", "to_id") REFERENCES "person"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "huddle_decision" ADD CONSTRAINT "huddle_decision_organisation_id_huddle_id_fkey" FOREIGN KEY ("organisation_id", "huddle_id") REFERENCES "huddle"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "huddle_decision" ADD CONSTRAINT "huddle_decision_organisation_id_item_id_fkey" FOREIGN KEY ("organisation_id", "item_id") REFERENCES "huddle_item"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "huddle_decision" ADD CONSTRAINT "huddle_decision_organisation_id_follow_up_id_fkey" FOREIGN KEY ("organisation_id", "follow_up_id") REFERENCES "follow_up"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "huddle_decision" ADD CONSTRAINT "huddle_decision_organisation_id_made_by_fkey" FOREIGN KEY ("organisation_id", "made_by") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "discussion_request" ADD CONSTRAINT "discussion_request_organisation_id_client_id_fkey" FOREIGN KEY ("organisation_id", "client_id") REFERENCES "client"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "discussion_request" ADD CONSTRAINT "discussion_request_organisation_id_asked_by_fkey" FOREIGN KEY ("organisation_id", "asked_by") REFERENCES "person"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "discussion_request" ADD CONSTRAINT "discussion_request_organisation_id_huddle_id_fkey" FOREIGN KEY ("organisation_id", "huddle_id") REFERENCES "huddle"("organisation_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
