-- AlterTable
ALTER TABLE "organisation" ADD COLUMN     "looking" JSONB NOT NULL DEFAULT '{}';
