-- Mirrored rows counted once and marked undirected. In a stratum of which only a part was drawn the
-- other row of a meeting may just not have been drawn: by Bayes' rule, with the share of mirrored
-- rows that the full strata show (all, where there is none), the row then stands for a half so far.
CREATE OR REPLACE TEMP VIEW counted AS
WITH shares AS (
    SELECT deed, avg(CAST(paired AS DOUBLE)) AS share FROM meetings WHERE weight = 1 GROUP BY deed
), undrawn AS (
    SELECT m.*,
        CASE WHEN m.weight <= 1 THEN 0
        ELSE coalesce(s.share, 1) * (1 - 1 / m.weight)
            / nullif(coalesce(s.share, 1) * (1 - 1 / m.weight) + 1 - coalesce(s.share, 1), 0)
        END AS chance
    FROM meetings m LEFT JOIN shares s USING (deed)
), folded AS (
    SELECT day, type, quad, intensity, mentions, sources,
        CASE WHEN (paired OR coalesce(chance, 0) > 0.5) AND actor > target
            THEN target ELSE actor END AS actor,
        CASE WHEN (paired OR coalesce(chance, 0) > 0.5) AND actor > target
            THEN actor ELSE target END AS target,
        CASE WHEN paired OR coalesce(chance, 0) > 0.5 THEN false ELSE directed END AS directed,
        -- In steps of 2⁻²⁰, so that sums do not hang on the order of the rows.
        CASE WHEN paired THEN weight
        ELSE round(weight * (1 - coalesce(chance, 0) / 2) * 1048576) / 1048576 END AS weight
    FROM undrawn WHERE NOT paired OR key_actor < key_target
)
SELECT day, actor, target, type, quad, directed, intensity, mentions, sources, weight FROM folded
UNION ALL
SELECT day, actor, target, type, quad, directed, intensity, mentions, sources, weight FROM told
WHERE type IS NULL OR type NOT IN (SELECT unnest({types}))
    OR key_actor IS NULL OR key_target IS NULL OR key_actor = key_target
