-- The rows that are whole, or were made whole again.
CREATE OR REPLACE VIEW staged AS SELECT {picked}, mended, line FROM whole_rows WHERE damage IS NULL
