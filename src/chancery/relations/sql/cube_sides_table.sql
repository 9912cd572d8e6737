-- Rows by the party that is named, summed up as they are counted. Every row stands in one sum that
-- is marked `once`, and a second time under its target where that is another party. `apart` says
-- that the two parties differ, and is NULL where one of them is not known.
CREATE OR REPLACE TABLE sides (
    party VARCHAR, once BOOLEAN, apart BOOLEAN, period DATE, quad UTINYINT, events BIGINT,
    weight DOUBLE
)
