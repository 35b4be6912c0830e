-- AlterTable
ALTER TABLE "team" ADD COLUMN     "digest_in" TEXT;

-- AlterTable
ALTER TABLE "post" ADD COLUMN     "under" TEXT;
