-- AlterTable
ALTER TABLE "person" ADD COLUMN     "phone" BYTEA;
