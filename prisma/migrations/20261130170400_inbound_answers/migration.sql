-- AlterTable
ALTER TABLE "inbound_delivery" ADD COLUMN     "answer_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "answer_left" TEXT;
