-- An empty table for what rows are joined with.
CREATE OR REPLACE TABLE {table} ({columns})
