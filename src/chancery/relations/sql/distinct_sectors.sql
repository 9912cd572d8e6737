-- All words that tell a sector in a file.
SELECT actor_words FROM plain UNION SELECT target_words FROM plain
