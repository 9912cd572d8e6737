-- The dyad-period table, with the rows from one party to another side by side. Without weights a row
-- stands for itself, and the column of weights is empty.
COPY (
    SELECT actor, target, CAST({period} AS DATE) AS period, type, quad,
        directed IS NOT FALSE AS directed, count(*) AS events, {weight_sum} AS weight,
        {intensity_sum} AS intensity_sum, CAST(sum(mentions) AS BIGINT) AS mentions,
        CAST(sum(sources) AS BIGINT) AS origins
    FROM counted WHERE {kept}
    GROUP BY ALL ORDER BY actor, target
) TO {target} (FORMAT parquet, ROW_GROUP_SIZE 32768)
