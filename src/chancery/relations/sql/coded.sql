-- One event schema for all: parties, sectors, kinds of deeds and places looked up, day by day.
SELECT
    CAST(p.id AS VARCHAR) AS id, p.day, p.day_last,
    a.party AS actor, p.actor_raw, coalesce(sa.sectors, a.sectors) AS actor_sectors,
    t.party AS target, p.target_raw, coalesce(st.sectors, t.sectors) AS target_sectors,
    d.type, coalesce(p.mode, d.mode) AS mode, coalesce(d.code, {unknown_code}) AS cameo,
    coalesce(p.quad, d.quad) AS quad,
    coalesce(p.intensity, d.score) AS intensity,
    p.mentions, p.sources, p.directed,
    c.party AS country, p.lat, p.lon,
    p.stratum,
    CAST(getvariable('file_number') AS SMALLINT) AS source_file,
    p.line AS source_row,
    p.remark,
    CAST(year(p.day) AS SMALLINT) AS year
FROM plain p
LEFT JOIN parties a ON a.key = p.actor_key AND p.day >= a.since AND p.day < a.until
LEFT JOIN parties t ON t.key = p.target_key AND p.day >= t.since AND p.day < t.until
LEFT JOIN parties c ON c.key = p.place_key AND p.day >= c.since AND p.day < c.until
LEFT JOIN sectors sa ON sa.words = p.actor_words
LEFT JOIN sectors st ON st.words = p.target_words
LEFT JOIN deeds d ON d.key = p.deed_key
WHERE p.reject IS NULL {unless_doubled}
