-- POLECAT. One row has lists of actors and of recipients: every actor stands against every recipient, all with the
-- row's own id and line. `None` was already read as empty.
WITH lists AS (
    SELECT *,
        string_split(coalesce(actor, ''), ';') AS actors,
        string_split(coalesce(actor_state, ''), ';') AS actor_states,
        string_split(coalesce(target, ''), ';') AS targets,
        string_split(coalesce(target_state, ''), ';') AS target_states
    FROM staged
),
-- States are counted where there are as many as names, or more; else the names are.
sides AS (
    SELECT *,
        greatest(len(actors), len(actor_states)) AS actor_count,
        greatest(len(targets), len(target_states)) AS target_count
    FROM lists
),
first_side AS (SELECT *, unnest(range(1, actor_count + 1)) AS i FROM sides),
pairs AS (SELECT *, unnest(range(1, target_count + 1)) AS j FROM first_side),
named AS (
    SELECT *,
        nullif(nullif(trim(actors[i]), ''), 'None') AS actor_name,
        nullif(nullif(trim(actor_states[i]), ''), 'None') AS actor_code,
        nullif(nullif(trim(targets[j]), ''), 'None') AS target_name,
        nullif(nullif(trim(target_states[j]), ''), 'None') AS target_code
    FROM pairs
)
SELECT
    line, stratum, id,
    day_of(day) AS day, day_of(day) AS day_last,
    coalesce(actor_code, actor_name) AS actor_key,
    coalesce(actor_name, actor_code) AS actor_raw,
    replace(actor_sectors, ';', ',') AS actor_words,
    coalesce(target_code, target_name) AS target_key,
    coalesce(target_name, target_code) AS target_raw,
    replace(target_sectors, ';', ',') AS target_words,
    upper(type) AS deed_key,
    lower(mode) AS mode,
    CAST(CASE upper(quad)
        WHEN 'VERBAL COOPERATION' THEN 1 WHEN 'MATERIAL COOPERATION' THEN 2
        WHEN 'VERBAL CONFLICT' THEN 3 WHEN 'MATERIAL CONFLICT' THEN 4
        ELSE TRY_CAST(quad AS INTEGER) END AS UTINYINT) AS quad,
    TRY_CAST(intensity AS FLOAT) AS intensity,
    CAST(NULL AS INTEGER) AS mentions, CAST(NULL AS INTEGER) AS sources,
    target_name IS NOT NULL OR target_code IS NOT NULL AS directed,
    place AS place_key,
    TRY_CAST(lat AS FLOAT) AS lat, TRY_CAST(lon AS FLOAT) AS lon,
    mended AS remark,
    CASE WHEN id IS NULL THEN 'no id'
        WHEN day_of(day) IS NULL THEN 'day is not a day'
        WHEN type IS NULL THEN 'no event type' END AS reject,
    day AS reject_words
FROM named
