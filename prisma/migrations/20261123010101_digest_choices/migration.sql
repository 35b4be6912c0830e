-- AlterTable
ALTER TABLE "team" ADD COLUMN     "digest_at" TEXT,
ADD COLUMN     "digest_quiet_since" DATE;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "digest_at" TEXT,
ADD COLUMN     "digest_quiet_since" DATE,
ADD COLUMN     "digest_style" TEXT NOT NULL DEFAULT 'detailed';

