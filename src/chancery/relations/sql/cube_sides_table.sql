-- What names a party, summed up as the rows are counted; '*' is what passes between parties.
CREATE OR REPLACE TEMP TABLE sides (
    party VARCHAR, period DATE, quad UTINYINT, events BIGINT, weight DOUBLE
)
