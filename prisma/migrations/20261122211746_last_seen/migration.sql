-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "refused_by" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "identity" ADD COLUMN     "last_seen_at" TIMESTAMPTZ(3);
