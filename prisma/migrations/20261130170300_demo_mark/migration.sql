-- AlterTable
ALTER TABLE "organisation" ADD COLUMN     "demo_at" TIMESTAMPTZ(3);
