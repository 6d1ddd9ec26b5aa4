-- Puts held revisions whose time has come back before publish, as if just classified.
-- KEYS  held (sorted set), held entries (hash), classified stream
-- ARGV  now (ms), at most so many
-- Returns how many were released.
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, member in ipairs(due) do
  local packed = redis.call('HGET', KEYS[2], member)
  if packed then
    local fields = cmsgpack.unpack(packed)
    redis.call('XADD', KEYS[3], '*', 'revision', fields[2], 'story', fields[3], 'tags', fields[4])
  end
  redis.call('ZREM', KEYS[1], member)
  redis.call('HDEL', KEYS[2], member)
end
return #due
