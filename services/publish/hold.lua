-- Holds a revision until its time; repeated, it changes nothing.
-- KEYS  held (sorted set), held entries (hash), the story's hash
-- ARGV  member, time of release (ms), field routed:N, routing (JSON), revision, story, tags (JSON)
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], cmsgpack.pack({ARGV[5], ARGV[6], ARGV[7]}))
redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])
return 1
