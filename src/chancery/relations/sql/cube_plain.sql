-- Every row as it is told.
CREATE OR REPLACE TEMP VIEW counted AS SELECT * FROM told
