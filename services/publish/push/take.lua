-- Looks at what is due for one partner in one lane; takes nothing away, so a crash loses nothing.
-- KEYS  due, log
-- ARGV  now (ms), at most so many
-- Returns {time of the next one that is not due yet or '', entry id, entry, entry id, entry, …};
-- entries that were trimmed from the log are dropped from due.
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
local later = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
local found = {later[2] or ''}
for _, id in ipairs(ids) do
  local entries = redis.call('XRANGE', KEYS[2], id, id)
  if #entries == 1 then
    found[#found + 1] = id
    found[#found + 1] = entries[1][2][2]
  else
    redis.call('ZREM', KEYS[1], id)
  end
end
return found
