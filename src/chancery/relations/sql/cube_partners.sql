-- What passes between one party and each other one, both ways.
SELECT CASE WHEN actor = $party THEN target ELSE actor END AS partner, period,
    sum(events) AS events,
    coalesce(sum(coalesce(weight, events)) FILTER (quad IN (1, 2)), 0) AS cooperation,
    coalesce(sum(coalesce(weight, events)) FILTER (quad IN (3, 4)), 0) AS conflict
FROM read_parquet({cells}) WHERE (actor = $party OR target = $party) AND actor <> target
GROUP BY ALL ORDER BY partner, period
