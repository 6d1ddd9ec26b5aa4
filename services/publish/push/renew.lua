-- Takes or keeps a partner's lease.
-- KEYS  lease;  ARGV  who, for how long (ms)
-- Returns 1 if it is held by `who` now.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
