-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "acted_at" TIMESTAMPTZ(3),
ADD COLUMN     "folded_into" UUID;

-- AlterTable
ALTER TABLE "organisation" ADD COLUMN     "attention" JSONB NOT NULL DEFAULT '{}';
