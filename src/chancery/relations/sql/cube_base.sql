-- All rows by both sides, step, type and quad class: whatever else is counted comes from here.
CREATE OR REPLACE TEMP TABLE base AS
SELECT actor, target, CAST({period} AS DATE) AS period, type, quad, {directed} AS directed,
    count(*) AS events, {weight_sum} AS weight_sum, {intensity_sum} AS intensity_sum,
    CAST(sum(mentions) AS BIGINT) AS mentions, CAST(sum(sources) AS BIGINT) AS origins
FROM counted GROUP BY ALL
