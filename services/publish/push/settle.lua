-- Writes down how a push ended. What was superseded meanwhile is not tried again.
-- KEYS  due (of the lane), deliveries, dead
-- ARGV  entry id, deliveries field, delivery (JSON), next attempt (ms) or '', letter (JSON) or ''
-- Returns 1 if the entry was still open.
local open = redis.call('ZSCORE', KEYS[1], ARGV[1])
if ARGV[4] ~= '' then
  if not open then return 0 end
  redis.call('ZADD', KEYS[1], ARGV[4], ARGV[1])
else
  redis.call('ZREM', KEYS[1], ARGV[1])
end
if open and ARGV[5] ~= '' then redis.call('XADD', KEYS[3], '*', 'letter', ARGV[5]) end
if open or ARGV[5] == '' then redis.call('HSET', KEYS[2], ARGV[2], ARGV[3]) end
return open and 1 or 0
