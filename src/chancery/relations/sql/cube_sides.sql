-- The rows that name a party on either side, each once; without a party, all rows.
INSERT INTO sides
SELECT actor, period, quad, sum(events), sum(coalesce(weight_sum, events))
FROM base WHERE actor IS NOT NULL GROUP BY actor, period, quad
UNION ALL
SELECT target, period, quad, sum(events), sum(coalesce(weight_sum, events))
FROM base WHERE target IS NOT NULL AND target IS DISTINCT FROM actor GROUP BY target, period, quad
UNION ALL
SELECT '*', period, quad, sum(events), sum(coalesce(weight_sum, events))
FROM base WHERE actor <> target GROUP BY period, quad
UNION ALL
SELECT NULL, period, quad, sum(events), sum(coalesce(weight_sum, events))
FROM base GROUP BY period, quad
