-- Pairs of reports that may be versions of one article, and by what: the same address, the same
-- key of the same outlet, or the same headline of the same outlet within some days.
WITH named AS (
    SELECT id, source, key, sketch, coalesce(published_last, published_first) AS day,
        nullif(regexp_replace(trim(url), '^https?://(www\.)?|/*(#.*)?$', '', 'gi'), '') AS address,
        nullif(trim(regexp_replace(regexp_replace(
            lower(title), $marks, ' '), '[\s\p{P}\p{S}]+', ' ', 'g')), '') AS headline
    FROM reports
), of_address AS (
    SELECT * FROM named WHERE address IS NOT NULL
    QUALIFY count(*) OVER (PARTITION BY address) BETWEEN 2 AND $most::BIGINT
), of_key AS (
    SELECT * FROM named WHERE source IS NOT NULL AND key IS NOT NULL
    QUALIFY count(*) OVER (PARTITION BY source, key) BETWEEN 2 AND $most::BIGINT
), of_headline AS (
    SELECT * FROM named WHERE source IS NOT NULL AND headline IS NOT NULL
    QUALIFY count(*) OVER (PARTITION BY source, headline) BETWEEN 2 AND $most::BIGINT
), ties AS (
    SELECT one.id AS one, other.id AS other, 'same address' AS why
    FROM of_address AS one JOIN of_address AS other
        ON one.address = other.address AND one.id < other.id
    UNION ALL
    SELECT one.id, other.id, 'same key of the same outlet'
    FROM of_key AS one JOIN of_key AS other
        ON one.source = other.source AND one.key = other.key AND one.id < other.id
    UNION ALL
    SELECT one.id, other.id, 'same headline of the same outlet'
    FROM of_headline AS one JOIN of_headline AS other
        ON one.source = other.source AND one.headline = other.headline AND one.id < other.id
    WHERE coalesce(abs(datediff('day', one.day, other.day)) <= $days::INTEGER, true)
        AND coalesce(one.address = other.address, true)
)
SELECT one, other, list(why ORDER BY why) AS why, first.sketch, second.sketch,
    coalesce(first.headline = second.headline, false) AS same_headline
FROM ties JOIN named AS first ON first.id = one JOIN named AS second ON second.id = other
GROUP BY ALL
ORDER BY one, other
