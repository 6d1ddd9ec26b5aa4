-- Holds a revision until its time, in place of an older one of its story; repeated, it changes nothing.
-- KEYS  held (sorted set), held entries (hash), the story's hash
-- ARGV  story id, version, time of release (ms), routing as far as it is the same for any outcome
--       (JSON without its closing brace), end of the embargo (JSON), revision, story, tags (JSON)
-- Returns '' where it is held, or the newer version that was routed or is held already.
local held, entries, story = KEYS[1], KEYS[2], KEYS[3]
local id, version, head = ARGV[1], ARGV[2], ARGV[4]

local function superseded(old, by)
  redis.call('HSET', story, 'routed:' .. old, head .. ',"superseded_by":' .. by .. '}')
end

local packed = redis.call('HGET', entries, id)
local before = packed and cmsgpack.unpack(packed)[1]
for _, other in ipairs({redis.call('HGET', story, 'routed') or '', before or ''}) do
  if other ~= '' and newer(other, version) then
    superseded(version, other)
    return other
  end
end
if before and before ~= version then superseded(before, version) end
redis.call('ZADD', held, ARGV[3], id)
redis.call('HSET', entries, id, cmsgpack.pack({version, ARGV[6], ARGV[7], ARGV[8]}))
redis.call('HSET', story, 'routed:' .. version, head .. ',"held_until":' .. ARGV[5] .. '}')
return ''
