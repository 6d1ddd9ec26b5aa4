-- Acknowledges entries of KEYS[1] and appends each one's results, unless somebody did so before.
-- KEYS[1]     the stream that is read; KEYS[2..] the streams that are appended to
-- ARGV[1]     the group
-- ARGV[2..]   per entry: id, number of results; per result: index into KEYS, number of
--             fields and values together, fields and values
-- Returns per entry 1 where this acknowledgement was the first, else 0.
local first, at = {}, 2
while at <= #ARGV do
  local id, results = ARGV[at], tonumber(ARGV[at + 1])
  at = at + 2
  local mine = redis.call('XACK', KEYS[1], ARGV[1], id)
  first[#first + 1] = mine
  for _ = 1, results do
    local stream, size = KEYS[tonumber(ARGV[at])], tonumber(ARGV[at + 1])
    if mine == 1 then
      redis.call('XADD', stream, '*', unpack(ARGV, at + 2, at + 1 + size))
    end
    at = at + 2 + size
  end
  if mine == 1 then redis.call('XDEL', KEYS[1], id) end
end
return first
