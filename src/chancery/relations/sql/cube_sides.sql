-- Who is named in the cells just written, by either side.
INSERT INTO sides
SELECT actor, true, actor <> target, period, quad, sum(events), {weight_sum}
FROM read_parquet({cells}) GROUP BY ALL
UNION ALL
SELECT target, false, true, period, quad, sum(events), {weight_sum}
FROM read_parquet({cells}) WHERE actor <> target GROUP BY ALL
