-- The rows of a layer, with what each stands for; `key_actor` and `key_target` tell mirrored rows.
CREATE OR REPLACE TEMP VIEW told AS
SELECT e.id, e.day, e.actor, e.target, e.type, e.quad, e.cameo, e.intensity, e.mentions, e.sources,
    e.directed, {key_actor} AS key_actor, {key_target} AS key_target, {weight} AS weight
FROM read_parquet({files}, hive_partitioning = false) e {join_weights} {one_a_day}
