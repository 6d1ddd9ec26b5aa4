-- Keeps formatted copy of a revision beside what its routing stored, unless it was called back since.
-- KEYS  the story's hash, its copy hash
-- ARGV  version, how long copy is kept (seconds), then field and body, field and body, …
if redis.call('HGET', KEYS[1], 'routed') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], unpack(ARGV, 3))
redis.call('EXPIRE', KEYS[2], ARGV[2])
return 1
