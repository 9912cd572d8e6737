-- The world's rows day by day, as counted and as weighted: what a change of coverage shows in.
COPY (
    SELECT day, count(*) AS events, {weight_sum} AS weight
    FROM told GROUP BY day ORDER BY day
) TO {target} (FORMAT parquet)
